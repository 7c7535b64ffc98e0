package machine

import (
	"fmt"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest/internal/model"
	"chancery/store/storetest/internal/testbed"

	"pgregory.net/rapid"
)

// pair is one state as both see it.
type pair struct {
	engine store.Snapshot
	model  *model.View
}

// read opens a state in some view, of the past if known is not zero; nothing if
// neither has it.
func (r *rivals) read(t *rapid.T, known diplomacy.TxNumber) (pair, bool) {
	of := drawView(t, known)
	engine, err := r.engine.Read(testbed.Background, of)
	reference, referenceErr := r.model.Read(testbed.Background, of)
	agree(t, fmt.Sprintf("read as of %d", known), nil, err, nil, referenceErr)
	if referenceErr != nil {
		return pair{}, false
	}
	testbed.Equal(t, "revision", engine.Revision(), reference.Revision())
	return pair{engine, reference.(*model.View)}, true
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
	q := drawQuestion(t, p.model.Ids(), false)
	engine, err := q.ask(p.engine)
	model, modelErr := q.ask(p.model)
	agree(t, q.what, engine, err, model, modelErr)
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
	order         model.Order
	engine, model store.Cursor
}

// page reads a page between places of the list as it is, or of times before.
func (r *rivals) page(t *rapid.T) {
	p, done, ok := r.state(t)
	if !ok {
		return
	}
	defer done()
	order, rollOf := drawRoll(t, p.model.Ids())
	engine, model := rollOf(p.engine), rollOf(p.model)
	page := drawPage(t)
	page.Limit %= store.MaxPage
	enginePage, modelPage := page, page
	r.mark(t, order, engine.All(), model.All())
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
	testbed.Equal(t, what, testbed.IDsAt(got), testbed.IDsAt(want))
	testbed.Equal(t, "flags of "+what, flags, wantFlags)
}

// drawRoll draws a list and names its order, in which its cursors are good.
func drawRoll(t *rapid.T, ids []diplomacy.ID) (model.Order, func(store.Reader) testbed.Roll) {
	if rapid.IntRange(0, 3).Draw(t, "entities") == 0 {
		q := drawListQuery(t, ids)
		o := model.OrderOfList(q)
		o.Of += q.Kind.String()
		return o, func(r store.Reader) testbed.Roll { return testbed.MustReader{Tester: t, Reader: r}.ListRoll(q) }
	}
	q := drawLinkQuery(t, ids)
	return model.OrderOfLinks(q), func(r store.Reader) testbed.Roll { return testbed.MustReader{Tester: t, Reader: r}.LinkRoll(q) }
}

// mark keeps the places of a list, after comparing it.
func (r *rivals) mark(t *rapid.T, o model.Order, engine, model []testbed.Stop) {
	testbed.Equal(t, fmt.Sprint(o), testbed.IDsAt(engine), testbed.IDsAt(model))
	for i := range model {
		r.marks = append(r.marks, bookmark{o, engine[i].Cursor, model[i].Cursor})
	}
}

func (r *rivals) marked(o model.Order) []bookmark {
	var places []bookmark
	for _, m := range r.marks {
		if m.order == o {
			places = append(places, m)
		}
	}
	return places
}
