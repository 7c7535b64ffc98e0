package bolt

import (
	"bytes"

	"chancery/diplomacy"
	"chancery/store"
)

func (l *lens) shows(s *strand) (bool, error) {
	via, owner, node := number[diplomacy.ID](s.rest[16:]), number[diplomacy.ID](s.prefix), number[diplomacy.ID](s.rest[8:])
	if hidden, err := l.hidesLink(via); hidden || err != nil {
		return false, err
	}
	if !l.joins {
		return true, nil
	}
	if len(l.of) > 1 && owner > node && s.mirrored() && l.ofGroup(node) {
		return false, nil // it is shown from its other end, which is of the group too
	}
	if !via.Kind().IsStatement() {
		return true, nil
	}
	if suspect, err := l.suspects(s, node); !suspect || err != nil {
		return err == nil, err
	}
	first, err := l.canonical(via)
	return first == via, err
}

func (l *lens) hidesLink(via diplomacy.ID) (bool, error) {
	if !l.hides || l.past {
		return l.hiddenThen(via)
	}
	return l.value(restricted, restrictedKey(via)) != nil, nil
}

func (s *strand) mirrored() bool {
	if rule := diplomacy.RuleOf(s.arc.Kind); rule != nil {
		return rule.Symmetric
	}
	return s.arc.Kind == diplomacy.KindJudgement
}

func (l *lens) ofGroup(node diplomacy.ID) bool {
	_, found := find(l.of, node)
	return found
}

func (l *lens) suspects(s *strand, node diplomacy.ID) (bool, error) {
	if len(l.of) > 1 {
		return true, nil
	}
	if group, err := l.group(node); len(group) > 0 || err != nil {
		return true, err
	}
	const others = diplomacy.FieldOnBehalfOf | diplomacy.FieldInCapacityOf
	if diplomacy.RuleOf(s.arc.Kind).Fields&others == 0 {
		return false, nil
	}
	return l.past || s.follows(), nil
}

func (s *strand) follows() bool {
	at := append(bytes.Clone(s.prefix), s.rest...)
	k, _ := s.cursor.Prev()
	follows := bytes.HasPrefix(k, at[:len(s.prefix)+groupSize])
	if k == nil {
		s.cursor.Seek(at)
	} else {
		s.cursor.Next()
	}
	return follows
}

func (l *lens) node(s *strand) (diplomacy.ID, facts, error) {
	stored := number[diplomacy.ID](s.rest[8:])
	node, err := l.canonical(stored)
	if node == stored || err != nil {
		return node, s.facts, err
	}
	r, err := l.record(node)
	if err != nil {
		return 0, nil, err
	}
	e, _ := r.(diplomacy.Entity)
	return node, appendFacts(nil, s.facts.span(), s.facts[atRole], s.facts[atRank], e), nil
}

func (l *lens) show(link *store.Link, s *strand) error {
	node, facts, err := l.node(s)
	link.Node, link.Facets = node, facts.facets(node.Kind())
	return err
}
