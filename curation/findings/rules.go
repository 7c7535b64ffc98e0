package findings

import "chancery/diplomacy"

// Rules is the table of rules: a new one is a row here, its function, and a case in
// testdata/rules. docs/findings.md and the enum FindingKind of the schema follow from
// the table.
var Rules = []Rule{
	{
		Code: "UNSOURCED", Severity: "WARNING",
		Explanation: "The statement has no evidence: it was committed as unsourced or imported so, or its last evidence was withdrawn.",
		Suggestion:  "Add evidence, or withdraw the statement.",
		find:        unsourced,
	},
	{
		Code: "DEAD_HOLDER", Severity: "ERROR", Of: only(diplomacy.KindPerson),
		Explanation: "The person is in office after the day of his or her death.",
		Suggestion:  "End the tenure no later than the death; or correct the date of death, or the person.",
		find:        eachFact(deadHolder),
	},
	{
		Code: "TENURE_BEFORE_BIRTH", Severity: "ERROR", Of: only(diplomacy.KindPerson),
		Explanation: "The tenure begins before its holder was born.",
		Suggestion:  "Correct the beginning of the tenure or the date of birth; or give the tenure to another person of the same name.",
		find:        eachFact(tenureBeforeBirth),
	},
	{
		Code: "OVERLAPPING_TENURES", Severity: "WARNING", Of: only(diplomacy.KindPerson),
		Explanation: "One person holds one office twice at the same time.",
		Suggestion:  "Keep one tenure with the evidence of both, or correct the dates.",
		find:        overlappingTenures,
	},
	{
		Code: "TWO_HOLDERS", Severity: "WARNING", Of: only(diplomacy.KindOffice),
		Explanation: "Two persons hold an office with a single seat at the same time, both as substantive holders.",
		Suggestion:  "Correct the end of the first tenure, mark one as ACTING, or rank the better supported one PREFERRED.",
		find:        twoHolders,
	},
	{
		Code: "NAMESAKE", Severity: "WARNING", Of: kindsOf(diplomacy.KindOffice, diplomacy.KindEvent),
		Explanation: "Two persons of the same name held one office or took part in one event, and no judgement says whether they are the same.",
		Suggestion:  "Judge whether they are the SAME or DIFFERENT.",
		find:        namesakes,
	},
	{
		Code: "AFTER_DISSOLUTION", Severity: "ERROR",
		Explanation: "The statement holds after one of its ends was dissolved.",
		Suggestion:  "End the statement no later than the dissolution, move it to the successor, or correct the date of dissolution.",
		find:        eachFact(afterDissolution),
	},
	{
		Code: "BEFORE_FOUNDING", Severity: "WARNING",
		Explanation: "The statement holds before one of its ends was founded.",
		Suggestion:  "Correct the beginning, move the statement to the predecessor, or correct the date of founding.",
		find:        eachFact(beforeFounding),
	},
	{
		Code: "CIRCLE", Severity: "ERROR",
		Explanation: "Statements lead from an entity back to itself where that is impossible: it would succeed, follow, contain or be a part of itself.",
		Suggestion:  "Withdraw the statement of the circle that has the weakest evidence, or turn it round.",
		find:        circles,
	},
	{
		Code: "HELD_IN_FUTURE", Severity: "ERROR", Of: only(diplomacy.KindEvent),
		Explanation: "The event was recorded as HELD before the day on which it is dated.",
		Suggestion:  "Correct the date, or set the status to SCHEDULED or ANNOUNCED.",
		find:        heldInFuture,
	},
	{
		Code: "PARTICIPANT_TWICE", Severity: "WARNING", Of: only(diplomacy.KindEvent),
		Explanation: "An actor took part in an event twice, in the same role and for the same side.",
		Suggestion:  "Keep one participation with the evidence of both.",
		find:        participantTwice,
	},
	{
		Code: "PARTICIPANT_NOT_ALIVE", Severity: "ERROR", Of: kindsOf(diplomacy.KindEvent, diplomacy.KindAgreement),
		Explanation: "A person took part or signed after his or her death, or before birth.",
		Suggestion:  "Correct the date of the event, or name the right person.",
		find:        eachFact(participantNotAlive),
	},
	{
		Code: "PARTICIPANT_NOT_EXISTING", Severity: "WARNING", Of: kindsOf(diplomacy.KindEvent, diplomacy.KindAgreement),
		Explanation: "A state or body took part before it was founded or after it was dissolved.",
		Suggestion:  "Correct the date, or name the predecessor or successor.",
		find:        eachFact(participantNotExisting),
	},
	{
		Code: "SAME_MEETING", Severity: "WARNING", Of: only(diplomacy.KindEvent),
		Explanation: "Two events of one kind took place at about the same day between the same sides.",
		Suggestion:  "Judge whether they are the SAME or DIFFERENT, or relate them by a statement such as ON_MARGINS_OF.",
		find:        sameMeeting,
	},
	{
		Code: "FIGURES_DISAGREE", Severity: "WARNING", Of: only(diplomacy.KindObservation),
		Explanation: "A total differs from the sum of its parts for the same reporter, partner, period and unit, by more than rounding explains.",
		Suggestion:  "Compare the figures with their source.",
		find:        figuresDisagree,
	},
	{
		Code: "LATER_THAN_SOURCE", Severity: "WARNING",
		Explanation: "A date is later than every source that supports it, or a source asserts a date later than its own publication.",
		Suggestion:  "Compare the date with the source; if the source is a page that changes, record when it was retrieved.",
		find:        laterThanSource,
	},
	{
		Code: "TITLE_DIFFERS", Severity: "WARNING",
		Explanation: "A source gives a title that is not among the names of the office.",
		Suggestion:  "Add the title to the names of the office, or name the office that is meant.",
		find:        evidenceDoubts("DIFFERS"),
	},
	{
		Code: "STALE_EVIDENCE", Severity: "WARNING",
		Explanation: "The statement changed after its evidence was recorded or confirmed.",
		Suggestion:  "Compare the source with the statement, and confirm or withdraw the evidence.",
		find:        evidenceDoubts("STALE"),
	},
	{
		Code: "QUOTE_NOT_FOUND", Severity: "WARNING",
		Explanation: "The text that was kept of the source does not contain the quote.",
		Suggestion:  "Correct the quote.",
		find:        evidenceDoubts("QUOTE_NOT_FOUND"),
	},
	{
		Code: "SOURCES_CONTRADICT", Severity: "WARNING",
		Explanation: "Sources contradict each other: one contradicts what another supports, or they date one thing differently.",
		Suggestion:  "Decide which source to follow, and rank the other statement DEPRECATED.",
		find:        sourcesContradict,
	},
	{
		Code: "SINGLE_SOURCED", Severity: "INFO",
		Explanation: "Statements rest on one source alone.",
		Suggestion:  "Look for a second, independent source.",
		find:        singleSourced,
	},
	{
		Code: "ONE_SIDED", Severity: "INFO", Of: only(diplomacy.KindEvent),
		Explanation: "All sources of an event between several sides were issued by one of them.",
		Suggestion:  "Look for a source of another side, or an independent one.",
		find:        oneSided,
	},
}

func only(k diplomacy.Kind) []diplomacy.Kind        { return []diplomacy.Kind{k} }
func kindsOf(ks ...diplomacy.Kind) []diplomacy.Kind { return ks }
