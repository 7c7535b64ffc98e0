package exchange_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
	"chancery/store/storetest"
)

// entityLine is the line of an entity with what its kind requires.
func entityLine(kind diplomacy.Kind, slug, more string) string {
	if terms := diplomacy.FacetTerms(kind, diplomacy.FacetKind); len(terms) > 0 {
		more += fmt.Sprintf(`,"kind":%q`, terms[0])
	}
	return fmt.Sprintf(`{"type":%q,"slug":%q,"names":[{"value":"x"}]%s}`+"\n", kind, slug, more)
}

// TestReferencesOfEntitiesAreImportedAndExported does so for each field of the
// table in which entities refer to others. The target stands on a later line.
func TestReferencesOfEntitiesAreImportedAndExported(t *testing.T) {
	for _, kind := range diplomacy.EntityKinds {
		for _, field := range diplomacy.ReferenceFields(kind) {
			t.Run(fmt.Sprint(kind, ".", field.Name), func(t *testing.T) { entityReference(t, kind, field) })
		}
	}
}

func entityReference(t *testing.T, kind diplomacy.Kind, field diplomacy.ReferenceField) {
	target := field.Kinds[0]
	spelled := fmt.Sprintf(`,%q:"%s/target"`, field.Name, target)
	text := entityLine(kind, "referrer", spelled) + entityLine(target, "target", "")
	s := storetest.NewModel(time.Now)
	for _, want := range []exchange.Tally{{Created: 2}, {Unchanged: 2}} {
		report, err := exchange.Import(t.Context(), s, by, file(text), exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := report.Total(diplomacy.Kind.IsEntity); got != want {
			t.Errorf("imported %+v, want %+v", got, want)
		}
	}
	exported := exportText(t, s)
	if !strings.Contains(exported, spelled) {
		t.Errorf("the export lacks %s:\n%s", spelled, exported)
	}
	other := storetest.NewModel(time.Now)
	if _, err := exchange.Import(t.Context(), other, by, file(exported), exchange.Options{}); err != nil {
		t.Fatal(err)
	}
	if again := exportText(t, other); again != exported {
		t.Errorf("exported, imported and exported again:\n%s\nwant\n%s", again, exported)
	}
	dangling := entityLine(kind, "other", strings.Replace(spelled, "/target", "/nowhere", 1))
	_, err := exchange.Import(t.Context(), s, by, file(dangling), exchange.Options{})
	if err == nil || !strings.HasPrefix(err.Error(), "f:1: "+field.Name+": ") {
		t.Errorf("import of a reference to nothing: %v, want %s rejected", err, field.Name)
	}
}

func exportText(t *testing.T, s store.Store) string {
	t.Helper()
	snapshot, err := s.Read(t.Context(), store.Everything(0))
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Release()
	var b strings.Builder
	if err := exchange.Export(t.Context(), snapshot, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
