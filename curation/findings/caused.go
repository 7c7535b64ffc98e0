package findings

import (
	"context"
	"slices"

	"chancery/diplomacy"
	"chancery/store"
)

// MaxCaused is how many entities ExamineChanges examines.
const MaxCaused = MaxExamined

// Consequences are the findings around changes of some records.
type Consequences struct {
	// Complete says that nothing was left out.
	Complete bool

	// owners were examined; before are those and what is merged with them, which a state
	// before the changes may show apart.
	owners, before []diplomacy.ID
	found          []Finding
}

// ExamineChanges examines what changes of some records concern, after they were made, by
// the rules that report mistakes: not those of the severity INFO. Of many changes it
// considers the first MaxChanges, and examines MaxCaused entities around them. A Writer shows
// merged entities apart: what that alone makes doubtful is left out, and what only their
// merged records would show is not found. Errors are those of the Reader.
func ExamineChanges(ctx context.Context, after store.Reader, changed []diplomacy.ID) (*Consequences, error) {
	touched, err := touchedBy(ctx, after, changed[:min(len(changed), MaxChanges)])
	if err != nil {
		return nil, err
	}
	owners := touched.owners()
	c := &Consequences{Complete: len(changed) <= MaxChanges && len(owners) <= MaxCaused, owners: owners[:min(len(owners), MaxCaused)]}
	if c.found, err = doubted(ctx, after, c.owners); err != nil {
		return c, err
	}
	return c, c.readMerged(ctx, after)
}

// readMerged finds what is merged with the owners, and with what is doubtful if the Reader
// shows that apart.
func (c *Consequences) readMerged(ctx context.Context, after store.Reader) error {
	concerned := slices.Clone(c.owners)
	_, apart := after.(store.Writer)
	for i := range c.found {
		if apart {
			concerned = append(concerned, c.found[i].Entities...)
		}
	}
	concerned = ascending(concerned)
	same, err := after.Same(ctx, concerned)
	if err != nil {
		return err
	}
	canonical := map[diplomacy.ID]diplomacy.ID{}
	c.before = slices.Clone(c.owners)
	for i, group := range same {
		for _, r := range group {
			canonical[concerned[i]] = group[0].Header().ID
			if slices.Contains(c.owners, concerned[i]) {
				c.before = append(c.before, r.Header().ID)
			}
		}
	}
	c.before = ascending(c.before)
	if apart {
		c.Complete = c.Complete && len(c.before) == len(c.owners)
		c.found = slices.DeleteFunc(c.found, func(f Finding) bool { return concernsMerged(&f, canonical) })
	}
	return nil
}

// concernsMerged reports whether two of the entities of a finding are merged.
func concernsMerged(f *Finding, canonical map[diplomacy.ID]diplomacy.ID) bool {
	seen := map[diplomacy.ID]bool{}
	for _, id := range f.Entities {
		if seen[canonical[id]] {
			return true
		}
		seen[canonical[id]] = true
	}
	return false
}

// Caused returns the findings that were not there before the changes, in the order of All;
// all of them for a nil Reader. Errors are those of the Reader.
func (c *Consequences) Caused(ctx context.Context, before store.Reader) ([]Finding, error) {
	if len(c.found) == 0 || before == nil {
		return c.found, nil
	}
	var old []Finding
	for some := range slices.Chunk(c.before, MaxExamined) {
		found, err := doubted(ctx, before, some)
		if err != nil {
			return nil, err
		}
		old = append(old, found...)
	}
	return slices.DeleteFunc(c.found, func(f Finding) bool {
		return slices.ContainsFunc(old, func(o Finding) bool { return sameDoubt(&f, &o) })
	}), nil
}

// doubted examines entities by the rules that report mistakes.
func doubted(ctx context.Context, r store.Reader, entities []diplomacy.ID) ([]Finding, error) {
	found, err := examine(ctx, r, entities, func(rule *Rule) bool { return rule.Severity != "INFO" })
	slices.SortFunc(found, compareFindings)
	return slices.CompactFunc(found, func(a, b Finding) bool { return compareFindings(a, b) == 0 }), err
}

// sameDoubt reports whether findings of two states are of one rule and about the same
// statements and evidence; or, if of entities alone, about the same of those. The ids of
// entities change when they are merged.
func sameDoubt(a, b *Finding) bool {
	return a.Rule == b.Rule && slices.Equal(facts(a.Records), facts(b.Records))
}

func facts(records []diplomacy.ID) []diplomacy.ID {
	some := slices.DeleteFunc(slices.Clone(records), func(id diplomacy.ID) bool { return id.Kind().IsEntity() })
	if len(some) == 0 {
		return records
	}
	return some
}
