package overlay

import (
	"slices"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/bolt/internal/layout"
	"chancery/store/bolt/internal/mvcc"
)

// Shows reports whether the link at a cursor, which is not hidden, is shown: of merged
// statements, the canonical one is.
func (l *Resolver) Shows(s *mvcc.Cursor) (bool, error) {
	via, of, node := s.Via(), s.Of(), s.Node()
	if !l.Merges {
		return true, nil
	}
	if len(l.Owners) > 1 && of > node && mirrored(s.Arc.Kind) && l.isOwner(node) {
		return false, nil // it is shown from its other end, which is merged with this one
	}
	if !via.Kind().IsStatement() {
		return true, nil
	}
	if may, err := l.mayDuplicate(s, node); !may || err != nil {
		return err == nil, err
	}
	first, err := l.Canonical(via)
	return first == via, err
}

// LinkHidden is Hidden for a record with a link in this state: at present it is current,
// so the table decides.
func (l *Resolver) LinkHidden(via diplomacy.ID) (bool, error) {
	if !l.Hides || l.Past {
		return l.Hidden(via)
	}
	return l.Value(layout.Restricted, layout.RestrictedKey(via)) != nil, nil
}

// mirrored reports whether links of a kind have the same direction from both ends.
func mirrored(kind diplomacy.Kind) bool {
	if rule := diplomacy.RuleOf(kind); rule != nil {
		return rule.Symmetric
	}
	return kind == diplomacy.KindJudgement
}

func (l *Resolver) isOwner(node diplomacy.ID) bool {
	_, found := slices.BinarySearch(l.Owners, node)
	return found
}

// mayDuplicate reports whether the statement at a cursor may say the same as one with a
// smaller ID. If neither of the entities that the link names is merged, that one is an
// entry right before it.
func (l *Resolver) mayDuplicate(s *mvcc.Cursor, node diplomacy.ID) (bool, error) {
	if len(l.Owners) > 1 {
		return true, nil
	}
	if group, err := l.group(node); len(group) > 0 || err != nil {
		return true, err
	}
	const others = diplomacy.FieldOnBehalfOf | diplomacy.FieldInCapacityOf
	if diplomacy.RuleOf(s.Arc.Kind).Fields&others == 0 {
		return false, nil
	}
	if l.Past {
		return true, nil
	}
	return s.FollowsSame(layout.StartNodeSize, l.LinkHidden)
}

// Node returns the canonical node of the link at a cursor, and its facts with the facets
// of that node.
func (l *Resolver) Node(s *mvcc.Cursor) (diplomacy.ID, layout.Facts, error) {
	stored := s.Node()
	node, err := l.Canonical(stored)
	if node == stored || err != nil {
		return node, s.Facts, err
	}
	r, err := l.Record(node)
	if err != nil {
		return 0, nil, err
	}
	e, _ := r.(diplomacy.Entity)
	return node, layout.AppendFacts(nil, s.Facts.Span(), s.Facts[layout.AtRole], s.Facts[layout.AtRank], e), nil
}

// Show turns a link as it is stored into one as it is shown.
func (l *Resolver) Show(link *store.Link, s *mvcc.Cursor) error {
	node, facts, err := l.Node(s)
	link.Node, link.Facets = node, facts.Facets(node.Kind())
	return err
}
