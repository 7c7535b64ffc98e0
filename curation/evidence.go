package curation

import (
	"chancery/curation/findings"
	"chancery/diplomacy"
)

// requireEvidence asks for evidence of every statement that this commit makes, or
// whose evidence it withdraws; or marks the transaction, if that is allowed.
func (r *run) requireEvidence() error {
	given, unclear := r.failedEvidence()
	if unclear {
		return nil // it may be for any of them; its own problem is reported
	}
	var ids []diplomacy.ID
	var of []*pendingChange
	for _, c := range r.changes {
		if id := c.bares(); id != 0 && !given[id] {
			ids, of = append(ids, id), append(of, c)
		}
	}
	bare, err := findings.WithoutEvidence(r.ctx, r.w, ids)
	if err != nil {
		return err
	}
	for i, c := range of {
		if bare[ids[i]] && !r.request.Unsourced {
			c.fault(Unsourced, nil, "%s", c.evidenceWanted())
		}
	}
	if len(bare) > 0 {
		r.w.MarkUnsourced()
	}
	return nil
}

// bares returns the statement that the change may leave without evidence; zero for
// none.
func (c *pendingChange) bares() diplomacy.ID {
	switch e, withdrawn := c.current.(*diplomacy.Evidence); {
	case c.Action == Put && c.current == nil && c.id.Kind().IsStatement():
		return c.id
	case c.Action == Close && withdrawn && c.id != 0 && e.About.Kind().IsStatement():
		return e.About
	}
	return 0
}

func (c *pendingChange) evidenceWanted() string {
	if c.Action == Close {
		return "is the last evidence of " + c.current.(*diplomacy.Evidence).About.String() + "; give another in the same commit, or close the statement, or set unsourced if it is meant to have none"
	}
	return "has no evidence; give some in the same commit, or set unsourced if it is meant to have none"
}

// failedEvidence returns the statements for which the request gives evidence that
// could not be put; unclear if a subject could not be found.
func (r *run) failedEvidence() (given map[diplomacy.ID]bool, unclear bool) {
	given = map[diplomacy.ID]bool{}
	for _, c := range r.changes {
		e, ok := c.record.(*diplomacy.Evidence)
		if !ok || !c.failed || c.current != nil {
			continue
		}
		given[e.About] = true
		unclear = unclear || c.reported([]string{"about"})
	}
	return given, unclear
}
