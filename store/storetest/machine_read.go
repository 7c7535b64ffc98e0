package storetest

import (
	"fmt"

	"chancery/diplomacy"
	"chancery/store"

	"pgregory.net/rapid"
)

// pair is one state as both see it.
type pair struct {
	engine store.Snapshot
	model  *view
}

// read opens a state in some view, of the past if known is not zero; nothing if
// neither has it.
func (r *rivals) read(t *rapid.T, known diplomacy.TxNumber) (pair, bool) {
	of := drawView(t, known)
	engine, err := r.engine.Read(background, of)
	model, modelErr := r.model.Read(background, of)
	agree(t, fmt.Sprintf("read as of %d", known), nil, err, nil, modelErr)
	if modelErr != nil {
		return pair{}, false
	}
	equal(t, "revision", engine.Revision(), model.Revision())
	return pair{engine, model.(*view)}, true
}

// state draws the present, some past, or a snapshot kept since.
func (r *rivals) state(t *rapid.T) (p pair, done func(), ok bool) {
	if len(r.held) > 0 && rapid.Bool().Draw(t, "held") {
		return pick(t, "which", r.held...), func() {}, true
	}
	p, ok = r.read(t, diplomacy.TxNumber(pick(t, "known", 0, 0, 0, 1, 2, 3, 5, 8, 13)))
	if !ok {
		return p, nil, false
	}
	return p, func() { p.engine.Release() }, true
}

// ask puts one question to both.
func (r *rivals) ask(t *rapid.T) {
	p, done, ok := r.state(t)
	if !ok {
		return
	}
	defer done()
	q := drawQuestion(t, p.model.ids(), false)
	engine, err := q.ask(p.engine)
	model, modelErr := q.ask(p.model)
	agree(t, q.what, engine, err, model, modelErr)
}

// ids are those of all records that there ever were.
func (v *view) ids() []diplomacy.ID {
	var ids []diplomacy.ID
	for _, moment := range v.past {
		for _, change := range moment.changes {
			if change.Action == "CREATED" {
				ids = append(ids, change.Record)
			}
		}
	}
	return ids
}

// hold keeps a snapshot, or lets all go.
func (r *rivals) hold(t *rapid.T) {
	if len(r.held) == 3 {
		r.release()
	}
	if p, ok := r.read(t, 0); ok {
		r.held = append(r.held, p)
	}
}

func (r *rivals) release() {
	for _, p := range r.held {
		p.engine.Release()
	}
	r.held = nil
}

// bookmark is a place as the cursors of both have it.
type bookmark struct {
	order         order
	engine, model store.Cursor
}

// page reads a page between places of the list as it is, or of times before.
func (r *rivals) page(t *rapid.T) {
	p, done, ok := r.state(t)
	if !ok {
		return
	}
	defer done()
	order, rollOf := drawRoll(t, p.model.ids())
	engine, model := rollOf(p.engine), rollOf(p.model)
	page := drawPage(t)
	page.Limit %= store.MaxPage
	enginePage, modelPage := page, page
	r.mark(t, order, engine.all(), model.all())
	if places := r.marked(order); len(places) > 0 {
		if rapid.Bool().Draw(t, "after") {
			m := pick(t, "after", places...)
			enginePage.After, modelPage.After = m.engine, m.model
		}
		if rapid.Bool().Draw(t, "before") {
			m := pick(t, "before", places...)
			enginePage.Before, modelPage.Before = m.engine, m.model
		}
	}
	got, flags := engine(enginePage)
	want, wantFlags := model(modelPage)
	what := fmt.Sprintf("%v between %q and %q", order, modelPage.After, modelPage.Before)
	equal(t, what, idsAt(got), idsAt(want))
	equal(t, "flags of "+what, flags, wantFlags)
}

// drawRoll draws a list and names its order, in which its cursors are good.
func drawRoll(t *rapid.T, ids []diplomacy.ID) (order, func(store.Reader) roll) {
	if rapid.IntRange(0, 3).Draw(t, "entities") == 0 {
		q := drawListQuery(t)
		o := orderOfList(q)
		o.of += q.Kind.String()
		return o, func(r store.Reader) roll { return look{t, r}.listRoll(q) }
	}
	q := drawLinkQuery(t, ids)
	return orderOfLinks(q), func(r store.Reader) roll { return look{t, r}.linkRoll(q) }
}

// mark keeps the places of a list, after comparing it.
func (r *rivals) mark(t *rapid.T, o order, engine, model []stop) {
	equal(t, fmt.Sprint(o), idsAt(engine), idsAt(model))
	for i := range model {
		r.marks = append(r.marks, bookmark{o, engine[i].cursor, model[i].cursor})
	}
}

func (r *rivals) marked(o order) []bookmark {
	var places []bookmark
	for _, m := range r.marks {
		if m.order == o {
			places = append(places, m)
		}
	}
	return places
}
