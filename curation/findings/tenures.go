package findings

import (
	"cmp"
	"maps"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// singleSeat are the kinds of office that one person holds at a time.
var singleSeat = diplomacy.Terms{"HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "FOREIGN_MINISTER", "MINISTER", "AMBASSADOR", "SECRETARY_GENERAL"}

// maxCompared is how many tenures of one office, or persons of one name, are compared
// with each other.
const maxCompared = 200

func deadHolder(n *neighbourhood, f *fact) []doubt {
	p := n.entity.(*diplomacy.Person)
	if f.Predicate != diplomacy.HoldsOffice || !lastsAfter(f.Valid, p.Died) {
		return nil
	}
	return []doubt{doubtOf(ids(f.id, n.id), "%s holds %s (%s), but died %s.", n.name(n.id), n.name(f.object), f.Valid, p.Died)}
}

func tenureBeforeBirth(n *neighbourhood, f *fact) []doubt {
	p := n.entity.(*diplomacy.Person)
	if f.Predicate != diplomacy.HoldsOffice || !beginsBefore(f.Valid, p.Born) {
		return nil
	}
	return []doubt{doubtOf(ids(f.id, n.id), "%s holds %s (%s), but was born %s.", n.name(n.id), n.name(f.object), f.Valid, p.Born)}
}

// overlappingTenures compares the tenures of one person. Those that different sources
// support are a contradiction of sources instead.
func overlappingTenures(n *neighbourhood) []doubt {
	var doubts []doubt
	for _, p := range n.overlapping() {
		if !disjoint(p.a.evidence, p.b.evidence) {
			doubts = append(doubts, doubtOf(ids(p.a.id, p.b.id), "%s holds %s twice at the same time (%s, %s).", n.name(n.id), n.name(p.a.object), p.a.Valid, p.b.Valid))
		}
	}
	return doubts
}

// factPair is two statements.
type factPair struct{ a, b *fact }

// overlapping returns the pairs of tenures of a person in one office at one time.
func (n *neighbourhood) overlapping() []factPair {
	byOffice := map[diplomacy.ID][]*fact{}
	for _, f := range n.facts {
		if f.Predicate == diplomacy.HoldsOffice && f.Rank != "DEPRECATED" && f.Role != "DESIGNATE" {
			byOffice[f.object] = append(byOffice[f.object], f)
		}
	}
	var pairs []factPair
	for _, office := range slices.Sorted(maps.Keys(byOffice)) {
		pairs = append(pairs, overlaps(byOffice[office], func(a, b *fact) bool { return a.Rank == b.Rank })...)
	}
	return pairs
}

// overlaps returns the pairs of statements whose times overlap and that pass.
func overlaps(facts []*fact, passes func(a, b *fact) bool) []factPair {
	var pairs []factPair
	for i, a := range facts {
		for _, b := range facts[max(0, i-maxCompared):i] {
			if passes(a, b) && overlap(a.Valid, b.Valid) {
				pairs = append(pairs, factPair{a, b})
			}
		}
	}
	return pairs
}

func twoHolders(n *neighbourhood) []doubt {
	if !singleSeat.Has(n.entity.(*diplomacy.Office).Type) {
		return nil
	}
	var doubts []doubt
	for _, p := range overlaps(n.held, bothSubstantive) {
		doubts = append(doubts, doubtOf(ids(p.b.id, p.a.id), "%s is held by %s (%s) and by %s (%s) at the same time.",
			n.name(n.id), n.name(p.b.subject), p.b.Valid, n.name(p.a.subject), p.a.Valid))
	}
	return doubts
}

// bothSubstantive reports whether two tenures exclude each other: a PREFERRED one
// decides between them.
func bothSubstantive(a, b *fact) bool {
	return a.subject != b.subject && a.Role == "SUBSTANTIVE" && b.Role == "SUBSTANTIVE" && a.Rank == b.Rank && a.Rank != "DEPRECATED"
}

// sameNames returns the pairs of persons around an office or event that share a name.
func (n *neighbourhood) sameNames() []pair {
	var persons []diplomacy.ID
	for _, f := range slices.Concat(n.facts, n.held) {
		if f.Predicate == diplomacy.HoldsOffice && n.id.Kind() == diplomacy.KindOffice || f.Predicate == diplomacy.ParticipatedIn {
			persons = append(persons, f.subject)
		}
	}
	slices.Sort(persons)
	byName, pairs := map[string][]diplomacy.ID{}, map[pair]bool{}
	for _, id := range slices.Compact(persons) {
		person, ok := n.records[id].(*diplomacy.Person)
		if !ok {
			continue
		}
		for _, name := range foldedNames(person) {
			for _, other := range byName[name][max(0, len(byName[name])-maxCompared):] {
				pairs[pairOf(id, other)] = true
			}
			byName[name] = append(byName[name], id)
		}
	}
	return slices.SortedFunc(maps.Keys(pairs), func(p, q pair) int { return cmp.Or(cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b)) })
}

// foldedNames returns the names of a person, each once.
func foldedNames(p *diplomacy.Person) []string {
	var names []string
	for _, name := range p.Names {
		names = append(names, store.FoldName(name.Value))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func namesakes(n *neighbourhood) []doubt {
	var doubts []doubt
	for _, p := range n.sameNames() {
		a, b := n.records[p.a].(*diplomacy.Person), n.records[p.b].(*diplomacy.Person)
		if n.judged[p] || begunAfter(a.Born, b.Died) || begunAfter(b.Born, a.Died) || begunAfter(a.Born, b.Born) || begunAfter(b.Born, a.Born) {
			continue
		}
		doubts = append(doubts, doubtOf(ids(p.b, p.a), "%s and %s at %s may be one person.", n.name(p.b), n.name(p.a), n.name(n.id)))
	}
	return doubts
}
