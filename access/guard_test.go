package access_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"chancery/access"
	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// recorder is a store that records its calls.
type recorder struct {
	store.Store
	view    store.View
	by      store.Commit
	closed  bool
	copied  bool
	checked bool
}

func newRecorder() *recorder { return &recorder{Store: storetest.NewModel(clock)} }

func (r *recorder) Read(ctx context.Context, view store.View) (store.Snapshot, error) {
	r.view = view
	return r.Store.Read(ctx, view)
}

func (r *recorder) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	r.by = by
	return r.Store.Write(ctx, by, fn)
}

func (r *recorder) Committed() (diplomacy.TxNumber, <-chan struct{}) { return 7, make(chan struct{}) }

func (r *recorder) Check(ctx context.Context) iter.Seq2[string, error] {
	r.checked = true
	return r.Store.Check(ctx)
}

func (r *recorder) Copy(context.Context, io.Writer) (diplomacy.TxNumber, error) {
	r.copied = true
	return 7, nil
}

func (r *recorder) Close() error {
	r.closed = true
	return r.Store.Close()
}

// principals are one of each role.
var principals = []access.Principal{
	access.NoRole: {},
	access.Reader: {Name: "Rada", Role: access.Reader},
	access.Editor: {Name: "Edil", Role: access.Editor},
	access.Admin:  {Name: "Aida", Role: access.Admin},
}

func putTopic(slug string) func(store.Writer) error {
	return func(w store.Writer) error {
		return w.Put(context.Background(), &diplomacy.Topic{Thing: diplomacy.Thing{Slug: slug, Names: []diplomacy.Name{{Value: slug}}}})
	}
}

// actions are all methods of a store with the lowest role that may call them.
var actions = []struct {
	name  string
	least access.Role
	do    func(store.Store) error
}{
	{"read", access.Reader, func(s store.Store) error {
		snapshot, err := s.Read(context.Background(), store.View{})
		if err == nil {
			snapshot.Release()
		}
		return err
	}},
	{"write", access.Editor, func(s store.Store) error {
		_, err := s.Write(context.Background(), store.Commit{}, putTopic("trade"))
		return err
	}},
	{"check", access.Admin, func(s store.Store) error {
		for _, err := range s.Check(context.Background()) {
			return err
		}
		return nil
	}},
	{"copy", access.Admin, func(s store.Store) error {
		_, err := s.(store.Copier).Copy(context.Background(), io.Discard)
		return err
	}},
	{"close", access.Admin + 1, store.Store.Close},
}

func TestGuardPermitsWhatTheRolePermits(t *testing.T) {
	for _, action := range actions {
		for _, p := range principals {
			under := newRecorder()
			err := action.do(access.GuardWithLog(under, p, slog.New(slog.DiscardHandler)))
			if may := p.Role >= action.least; may && err != nil || !may && !errors.Is(err, store.ErrForbidden) {
				t.Errorf("role %v, %s: permitted %v; got error %v", p.Role, action.name, may, err)
			}
			if under.closed || (under.checked || under.copied) && p.Role < access.Admin || under.by.Author != "" && p.Role < access.Editor {
				t.Errorf("role %v: %s reached the store", p.Role, action.name)
			}
		}
	}
}

func TestOnlyTheRoleDecidesWhetherRestrictedRecordsAreRead(t *testing.T) {
	for _, p := range principals[access.Reader:] {
		under := newRecorder()
		if _, err := under.Write(t.Context(), store.Commit{}, putTopic("trade")); err != nil {
			t.Fatal(err)
		}
		for _, asked := range []store.View{{}, {Restricted: true}, {Apart: true}, {Known: 1}, store.Everything(1)} {
			snapshot, err := access.Guard(under, p).Read(t.Context(), asked)
			if err != nil {
				t.Fatal(err)
			}
			snapshot.Release()
			want := asked
			want.Restricted = p.Role >= access.Editor
			if under.view != want {
				t.Errorf("role %v asked for %+v and got %+v", p.Role, asked, under.view)
			}
		}
	}
}

func TestOnlyAdminsWriteAsOtherAuthors(t *testing.T) {
	asked := store.Commit{Author: "Somebody", Message: "why", Reverts: 3, Time: noon.Add(time.Hour)}
	own := store.Commit{Message: "why", Reverts: 3}
	ownOfEditor, ownOfAdmin := own, own
	ownOfEditor.Author = "Edil"
	ownOfAdmin.Author = "Aida"
	for _, test := range []struct {
		role        access.Role
		asked, want store.Commit
	}{
		{access.Editor, asked, ownOfEditor},
		{access.Editor, own, ownOfEditor},
		{access.Admin, asked, asked},
		{access.Admin, own, ownOfAdmin},
	} {
		under := newRecorder()
		_, err := access.GuardWithLog(under, principals[test.role], slog.New(slog.DiscardHandler)).Write(t.Context(), test.asked, putTopic("trade"))
		if err != nil || under.by != test.want {
			t.Errorf("%v wrote %+v as %+v: %v", test.role, test.asked, under.by, err)
		}
	}
}

func TestCommittedRequiresReader(t *testing.T) {
	for _, p := range principals {
		number, later := access.Guard(newRecorder(), p).Committed()
		if told := number == 7 && later != nil; told != (p.Role >= access.Reader) {
			t.Errorf("role %v: Committed returned %d", p.Role, number)
		}
	}
}

func TestEachWriteIsAuditedWithoutItsContent(t *testing.T) {
	broken := errors.New("disk on fire: secret words")
	for _, test := range []struct {
		name string
		role access.Role
		in   error // of the store
		fn   func(store.Writer) error
		want []string
	}{
		{"written", access.Editor, nil, putTopic("secret"), []string{"level=INFO", "outcome=written", "principal=Edil", "role=editor", "transaction=1", "changes=1", "messageLength=6", "remote=192.0.2.1:80"}},
		{"as another author", access.Admin, nil, putTopic("secret"), []string{"outcome=written", "principal=Aida", `inTheNameOf="Some body"`}},
		{"nothing", access.Editor, nil, func(store.Writer) error { return nil }, []string{"outcome=unchanged", "transaction=0"}},
		{"forbidden", access.Reader, nil, putTopic("secret"), []string{"outcome=forbidden", "principal=Rada"}},
		{"rejected", access.Editor, nil, func(store.Writer) error { return broken }, []string{"level=INFO", "outcome=refused"}},
		{"fault", access.Editor, broken, putTopic("secret"), []string{"level=ERROR", "outcome=fault"}},
		{"full", access.Editor, store.ErrFull, putTopic("secret"), []string{"level=ERROR", "outcome=fault"}},
		{"unknown", access.Editor, store.ErrOutcomeUnknown, putTopic("secret"), []string{"level=ERROR", "outcome=unknown"}},
	} {
		var log bytes.Buffer
		ctx := access.WithCaller(t.Context(), access.Caller{Remote: "192.0.2.1:80"})
		guard := access.GuardWithLog(failing{newRecorder(), test.in}, principals[test.role], slog.New(slog.NewTextHandler(&log, nil)))
		_, err := guard.Write(ctx, store.Commit{Author: "Some body", Message: "sécret"}, test.fn)
		line := log.String()
		if strings.Count(line, "\n") != 1 || strings.Contains(line, "secret") || strings.Contains(line, "sécret") {
			t.Errorf("%s: %q", test.name, line)
		}
		if missing := slices.IndexFunc(test.want, func(part string) bool { return !strings.Contains(line, part) }); missing >= 0 {
			t.Errorf("%s: no %s in %s (%v)", test.name, test.want[missing], line, err)
		}
	}
}

// failing is a store whose writes fail, unless its error is nil.
type failing struct {
	store.Store
	err error
}

func (f failing) Write(ctx context.Context, by store.Commit, fn func(store.Writer) error) (diplomacy.Transaction, error) {
	if f.err != nil {
		return diplomacy.Transaction{}, f.err
	}
	return f.Store.Write(ctx, by, fn)
}

func TestNamesCannotForgeAnAuditRecord(t *testing.T) {
	var log bytes.Buffer
	p := access.Principal{Name: "x\nlevel=INFO msg=write outcome=written", Role: access.Editor}
	guard := access.GuardWithLog(newRecorder(), p, slog.New(slog.NewTextHandler(&log, nil)))
	if _, err := guard.Write(t.Context(), store.Commit{}, putTopic("trade")); err != nil {
		t.Fatal(err)
	}
	if strings.Count(log.String(), "\n") != 1 {
		t.Errorf("more than one record: %q", &log)
	}
}
