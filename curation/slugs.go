package curation

import (
	"strconv"

	"chancery/curation/slug"
	"chancery/diplomacy"
	"chancery/store"
)

func slugKey(e diplomacy.Entity) store.Key {
	return store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: e.Base().Slug}
}

// assignSlugs gives each entity without a slug one that is free in the store and in
// the request: the plain one, or otherwise that with -2, -3 and so on. It asks the
// store for the holders of many slugs at once, of twice as many in each next call.
func (r *run) assignSlugs(changes []*pendingChange) error {
	for _, c := range changes {
		if e, ok := c.record.(diplomacy.Entity); ok && c.failed && e.Base().Slug == "" {
			c.fail([]string{"slug"}) // a consequence
		}
	}
	s := &slugs{numbered: map[store.Key]*numberedSlugs{}, of: map[*pendingChange]*numberedSlugs{}, changing: r.byTarget}
	for factor := 1; ; factor *= 2 {
		s.restart(r.changes)
		waiting := s.assign(changes)
		if len(waiting) == 0 {
			s.apply()
			return nil
		}
		var keys []store.Key
		for _, n := range waiting {
			for i := range n.waiting * factor {
				keys = append(keys, n.key(n.known()+i+1))
			}
		}
		holders, err := r.w.Find(r.ctx, keys)
		if err != nil {
			return err
		}
		for _, n := range waiting {
			s.learn(n, holders[:n.waiting*factor])
			holders = holders[n.waiting*factor:]
		}
	}
}

// slugs assigns slugs by the holders that it knows so far; it starts again when it has
// to know more.
type slugs struct {
	numbered map[store.Key]*numberedSlugs
	of       map[*pendingChange]*numberedSlugs
	changing map[diplomacy.ID]*pendingChange

	reserved map[store.Key]bool // given by the request, or assigned
	released map[store.Key]bool // given up by changes that come before
	assigned map[*pendingChange]string
}

// numberedSlugs are a plain slug, which has the number 1, and that with -2, -3 and so
// on.
type numberedSlugs struct {
	plain   store.Key
	taken   int            // up to this number all are held by entities that do not change
	holders []diplomacy.ID // of the next numbers; zero for a free slug
	next    int            // the number to try next
	waiting int            // entities whose number depends on unknown holders
}

// known returns the last number whose holder is known.
func (n *numberedSlugs) known() int { return n.taken + len(n.holders) }

func (n *numberedSlugs) key(number int) store.Key {
	key := n.plain
	if number > 1 {
		key.Value += "-" + strconv.Itoa(number)
	}
	return key
}

func (s *slugs) restart(changes []*pendingChange) {
	s.reserved, s.released, s.assigned = map[store.Key]bool{}, map[store.Key]bool{}, map[*pendingChange]string{}
	for _, n := range s.numbered {
		n.next, n.waiting = n.taken+1, 0
	}
	for _, c := range changes {
		if e, ok := c.record.(diplomacy.Entity); ok && e.Base().Slug != "" {
			s.reserved[slugKey(e)] = true
		}
	}
}

// learn notes the holders of the numbers after those that are known.
func (s *slugs) learn(n *numberedSlugs, holders []diplomacy.ID) {
	n.holders = append(n.holders, holders...)
	for len(n.holders) > 0 && n.holders[0] != 0 && s.changing[n.holders[0]] == nil {
		n.taken++
		n.holders = n.holders[1:]
	}
}

func (s *slugs) apply() {
	for c, slug := range s.assigned {
		c.record.(diplomacy.Entity).Base().Slug = slug
	}
}

// assign assigns slugs in the order of the changes, and returns the plain slugs for
// which it has to know more holders.
func (s *slugs) assign(changes []*pendingChange) (waiting []*numberedSlugs) {
	for _, c := range changes {
		e, ok := c.record.(diplomacy.Entity)
		switch {
		case !ok || c.failed:
		case e.Base().Slug != "":
			s.release(c, e.Base().Slug)
		default:
			n := s.numbers(c, e)
			if n.waiting > 0 || !s.number(c, n) {
				if n.waiting++; n.waiting == 1 {
					waiting = append(waiting, n)
				}
			}
		}
	}
	return waiting
}

func (s *slugs) numbers(c *pendingChange, e diplomacy.Entity) *numberedSlugs {
	if n := s.of[c]; n != nil {
		return n
	}
	plain := store.Key{Kind: e.Kind(), Scheme: store.SchemeSlug, Value: slug.Plain(e)}
	n := s.numbered[plain]
	if n == nil {
		n = &numberedSlugs{plain: plain, next: 1}
		s.numbered[plain] = n
	}
	s.of[c] = n
	return n
}

// number assigns the first free number; false if its holder is unknown.
func (s *slugs) number(c *pendingChange, n *numberedSlugs) bool {
	for ; n.next <= n.known(); n.next++ {
		key := n.key(n.next)
		if free := n.holders[n.next-n.taken-1] == 0 || s.released[key]; free && !s.reserved[key] {
			s.assigned[c], s.reserved[key] = key.Value, true
			n.next++
			s.release(c, key.Value)
			return true
		}
	}
	return false
}

// release notes that the slug which an entity had is free for the changes after it.
func (s *slugs) release(c *pendingChange, slug string) {
	if was, ok := c.current.(diplomacy.Entity); ok && was.Base().Slug != slug {
		s.released[slugKey(was)] = true
	}
}
