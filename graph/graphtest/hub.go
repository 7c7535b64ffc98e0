package graphtest

import (
	"fmt"
	"strings"
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

// WriteHub writes a graph whose records have very many of everything: the state hub took
// part in links meetings, which the source archive supports; the person many is merged with
// links/10 others, each with a judgement; the topic storied has links/10 versions and the
// archive a text of ten bytes for each link.
func WriteHub(t testing.TB, s store.Store, links int) {
	t.Helper()
	const perTransaction = 1_000
	var state, source diplomacy.ID
	Commit(t, s, func(w store.Writer) error {
		p := NewPutter(w)
		source = p.Entity(&diplomacy.Source{Type: "NEWS_ARTICLE", Snapshot: strings.Repeat("as written", links)}, "archive")
		state = p.Entity(&diplomacy.State{}, "hub")
		p.Entity(&diplomacy.Topic{}, "storied")
		p.merged(links / 10)
		return p.Err
	})
	for from := 0; from < links; from += perTransaction {
		Commit(t, s, func(w store.Writer) error {
			p := NewPutter(w)
			for i := from; i < min(from+perTransaction, links); i++ {
				event := p.Entity(&diplomacy.Event{Type: "MEETING", Date: diplomacy.MustParseTime(fmt.Sprintf("2020-%02d-%02d", i%12+1, i%28+1))}, fmt.Sprint("meeting-", i))
				p.Link(source, diplomacy.ParticipatedIn, state, event)
			}
			return p.Err
		})
	}
	for i := range links / 10 {
		Commit(t, s, func(w store.Writer) error { return SetDescription(w, "Topic", "storied", fmt.Sprint("version ", i)) })
	}
}

// merged writes a person and others that are merged into it.
func (p *Putter) merged(others int) {
	many := p.Entity(&diplomacy.Person{}, "many")
	for i := range others {
		twin := p.Entity(&diplomacy.Person{}, fmt.Sprint("twin-", i))
		p.Record(&diplomacy.Judgement{A: many, B: twin, Verdict: "SAME", Reasons: []string{"a test"}})
	}
}
