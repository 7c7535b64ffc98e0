package curation

import (
	"context"
	"fmt"
	"strings"

	"chancery/diplomacy"
	"chancery/store"
)

// address is what a reference names a record by: a label, a key or an id.
type address struct {
	label bool
	key   store.Key
	id    diplomacy.ID
}

// address reads a reference. A type's name holds no colon and a scheme no slash,
// so whichever comes first tells the two apart.
func (r Ref) address() (address, error) {
	text := string(r)
	if r.isLabel() {
		return address{label: true}, nil
	}
	if name, slug, found := strings.Cut(text, "/"); found {
		if kind, ok := diplomacy.ParseKind(name); ok && kind.IsEntity() {
			return address{key: store.Key{Kind: kind, Scheme: store.SchemeSlug, Value: slug}}, nil
		}
	}
	if i, err := diplomacy.ParseIdentifier(text); err == nil && i.Scheme != store.SchemeSlug {
		return address{key: store.Key{Scheme: i.Scheme, Value: i.Value}}, nil
	}
	id, err := diplomacy.ParseID(text)
	if err != nil {
		return address{}, fmt.Errorf("%s is no reference: want an id, Type/slug, scheme:value, or a label of the same commit such as _:a", diplomacy.Shorten(text))
	}
	return address{id: id}, nil
}

// isLabel reports whether the reference is to a record of the same commit.
func (r Ref) isLabel() bool { return strings.HasPrefix(string(r), "_:") }

// kind is that of the record as far as the reference tells it.
func (a address) kind() diplomacy.Kind {
	if a.id != 0 {
		return a.id.Kind()
	}
	return a.key.Kind
}

// directory holds the current records that references name.
type directory struct {
	ctx     context.Context
	r       store.Reader
	records map[Ref]diplomacy.Record
}

func newDirectory(ctx context.Context, r store.Reader) *directory {
	return &directory{ctx, r, map[Ref]diplomacy.Record{}}
}

// learn looks up those references that named nothing until now, all at once.
func (d *directory) learn(refs ...Ref) error {
	var keys []store.Key
	var byKey, byID []Ref
	var ids []diplomacy.ID
	for _, ref := range refs {
		switch a, err := ref.address(); {
		case err != nil || a.label || d.records[ref] != nil:
		case a.id != 0:
			ids, byID = append(ids, a.id), append(byID, ref)
		default:
			keys, byKey = append(keys, a.key), append(byKey, ref)
		}
	}
	found, err := d.r.Find(d.ctx, keys)
	if err != nil {
		return err
	}
	records, err := d.r.Records(d.ctx, append(ids, found...))
	if err != nil {
		return err
	}
	for i, ref := range append(byID, byKey...) {
		if records[i] != nil {
			d.records[ref] = records[i]
		}
	}
	return nil
}

// missing says in words that a reference names nothing, and since when.
func (d *directory) missing(ref Ref) (string, error) {
	a, err := ref.address()
	switch {
	case err != nil:
		return err.Error(), nil
	case a.label:
		return fmt.Sprintf("no change of this commit has the label %s", diplomacy.Shorten(string(ref))), nil
	case a.id == 0:
		return fmt.Sprintf("there is no %s", diplomacy.Shorten(string(ref))), nil
	}
	versions, err := d.r.Versions(d.ctx, []diplomacy.ID{a.id}, 0, 1)
	if err != nil {
		return "", err
	}
	if len(versions[0]) > 0 && versions[0][0].Header().Until != 0 {
		return fmt.Sprintf("%s was closed by transaction %d", ref, versions[0][0].Header().Until), nil
	}
	return fmt.Sprintf("there is no %s", ref), nil
}

// codeOf is the code of a reference that names nothing.
func codeOf(ref Ref) Code {
	if _, err := ref.address(); err != nil {
		return Invalid
	}
	return Unknown
}
