package curation_test

import (
	"fmt"

	"chancery/curation"
	"chancery/diplomacy"
)

// requestShapes prepare a store and return a request of some size.
var requestShapes = map[string]func(p *preparation, size int) func() error{
	"new events of one name and day": func(p *preparation, size int) func() error {
		return p.committing(times(size, func(int) curation.Change { return call("Call") }))
	},
	"statements with evidence": func(p *preparation, size int) func() error {
		return p.committing(attended(size))
	},
	"statements with evidence that refer by slug": func(p *preparation, size int) func() error {
		p.commit(parties())
		return p.committing(attendedBySlug(size))
	},
	"updates by slug": func(p *preparation, size int) func() error {
		p.commit(numberedTopics(size))
		return p.committing(described(size, "new"))
	},
	"renames of which each waits for the next": func(p *preparation, size int) func() error {
		p.commit(numberedTopics(size))
		return p.committing(times(size, func(i int) curation.Change {
			return patch(diplomacy.KindTopic, fmt.Sprint("Topic/t-", i), curation.Fields{"slug": fmt.Sprint("t-", i+1)})
		}))
	},
	"closing everything": func(p *preparation, size int) func() error {
		return p.committing(closing(p.commit(attended(size))))
	},
	"closing what is referred to": func(p *preparation, size int) func() error {
		made := p.commit(attended(size))
		made.Outcomes = entitiesOf(made.Outcomes)
		return refused(p.committing(closing(made)))
	},
	"problems with references, keys and values": func(p *preparation, size int) func() error {
		p.commit(parties())
		changes := times(size, func(i int) curation.Change {
			absent := diplomacy.MakeID(diplomacy.KindPerson, uint64(i+1)).String()
			return curation.Change{Kind: diplomacy.ParticipatedIn, Fields: curation.Fields{"subject": absent, "object": "Event/none"}}
		})
		changes = append(changes, times(size, func(int) curation.Change { return topicCalled("ann") })...)
		return refused(p.committing(append(changes, described(size, "of nothing")...)))
	},
	"new, changed, confirmed and closed records": func(p *preparation, size int) func() error {
		made := p.commit(attended(size))
		changes := attendedBySlug(size)
		for i, o := range made.Outcomes {
			switch {
			case o.Kind.IsStatement() && i%2 == 0:
				changes = append(changes, patch(o.Kind, o.ID.String(), curation.Fields{"rank": "PREFERRED"}))
			case o.Kind.IsStatement():
				changes = append(changes, curation.Change{Action: curation.Close, Target: curation.Ref(o.ID.String())})
			}
		}
		return p.committing(changes)
	},
	"reverting what was made": func(p *preparation, size int) func() error {
		return p.reverting(p.commit(attended(size)))
	},
	"reverting what was closed": func(p *preparation, size int) func() error {
		return p.reverting(p.commit(closing(p.commit(attended(size)))))
	},
	"reverting what was changed since": func(p *preparation, size int) func() error {
		p.commit(numberedTopics(size))
		first := p.commit(described(size, "first"))
		p.commit(described(size, "second"))
		return refused(p.reverting(first))
	},
	"judging and undoing in a large group": func(p *preparation, size int) func() error {
		made := p.commit(numberedTopics(size + 1)).Outcomes
		judge := func(i int) (curation.Judged, error) {
			return curation.Judge(p.Context(), p.store, curation.JudgeRequest{
				A: curation.Ref(made[i].ID.String()), B: curation.Ref(made[i+1].ID.String()), Verdict: "SAME", Reasons: []string{"one name"},
			})
		}
		for i := range min(size, 100) - 1 {
			if _, err := judge(i); err != nil {
				p.Fatal(err)
			}
		}
		return func() error {
			judged, err := judge(min(size, 100) - 1)
			if err != nil {
				return err
			}
			_, err = curation.Undo(p.Context(), p.store, curation.UndoRequest{Judgement: curation.Ref(judged.Judgement.ID.String())})
			return err
		}
	},
}

func times(n int, change func(i int) curation.Change) []curation.Change {
	changes := make([]curation.Change, n)
	for i := range changes {
		changes[i] = change(i)
	}
	return changes
}

func call(name string) curation.Change {
	return curation.Change{Kind: diplomacy.KindEvent, Fields: curation.Fields{"name": name, "kind": "CONVERSATION", "date": "2020-04-27"}}
}

func topicCalled(slug string) curation.Change {
	return curation.Change{Kind: diplomacy.KindTopic, Fields: curation.Fields{"name": slug, "slug": slug}}
}

func numberedTopics(size int) []curation.Change {
	return times(size, func(i int) curation.Change { return topicCalled(fmt.Sprint("t-", i)) })
}

// described patches each of the numbered topics.
func described(size int, text string) []curation.Change {
	return times(size, func(i int) curation.Change {
		return patch(diplomacy.KindTopic, fmt.Sprint("Topic/t-", i), curation.Fields{"description": text})
	})
}

func patch(kind diplomacy.Kind, target string, fields curation.Fields) curation.Change {
	return curation.Change{Action: curation.Patch, Kind: kind, Target: curation.Ref(target), Fields: fields}
}

// closing closes all records that a commit made.
func closing(made curation.Result) []curation.Change {
	return times(len(made.Outcomes), func(i int) curation.Change {
		return curation.Change{Action: curation.Close, Target: curation.Ref(made.Outcomes[i].ID.String())}
	})
}

func entitiesOf(outcomes []curation.Outcome) (entities []curation.Outcome) {
	for _, o := range outcomes {
		if o.Kind.IsEntity() {
			entities = append(entities, o)
		}
	}
	return entities
}

// parties are a person, a topic and a source.
func parties() []curation.Change {
	return []curation.Change{
		{Kind: diplomacy.KindPerson, Label: "_:ann", Fields: curation.Fields{"name": "Ann", "slug": "ann"}},
		topicCalled("ann"),
		{Kind: diplomacy.KindSource, Label: "_:gazette", Fields: curation.Fields{"name": "Gazette", "slug": "gazette", "kind": "BOOK"}},
	}
}

// attended makes the parties, and events that the person attended, with evidence.
func attended(size int) []curation.Change {
	return append(parties(), attendedBy("_:ann", "_:gazette", size)...)
}

// attendedBySlug makes the events for parties that are there already.
func attendedBySlug(size int) []curation.Change {
	return attendedBy("Person/ann", "Source/gazette", size)
}

func attendedBy(person, source string, size int) (changes []curation.Change) {
	for i := range size {
		event, part := call(fmt.Sprint("Call ", i)), fmt.Sprint("_:part", i)
		event.Label = fmt.Sprint("_:event", i)
		changes = append(changes, event,
			curation.Change{Kind: diplomacy.ParticipatedIn, Label: part, Fields: curation.Fields{"subject": person, "object": event.Label}},
			curation.Change{Kind: diplomacy.KindEvidence, Fields: curation.Fields{"about": part, "source": source}})
	}
	return changes
}
