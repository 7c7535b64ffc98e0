package diplomacy

import "slices"

// references checks that the references of a record are there if required, and
// of the kinds that the table allows. Of names the kind of record in messages.
func (p *Problems) references(r Record, of string) {
	for ref := range References(r) {
		switch id := *ref.ID; {
		case id == 0 && ref.Required:
			p.add(ref.Name, "is missing")
		case id == 0:
		case len(ref.Kinds) == 0:
			p.add(ref.Name, "%s does not carry it", of)
		case !slices.Contains(ref.Kinds, id.Kind()):
			p.add(ref.Name, "is of type %s; %s allows %s", typeName(id.Kind()), of, list(ref.Kinds))
		case id == r.Header().ID:
			p.add(ref.Name, "is the record itself")
		}
	}
}

// typeName is the name of a kind, and that it is unknown where there is no such
// kind.
func typeName(k Kind) string {
	if name := k.String(); name != "" {
		return name
	}
	return "unknown"
}

// list names kinds in a message.
func list(kinds []Kind) string {
	switch {
	case len(kinds) == len(EntityKinds):
		return "any entity"
	case len(kinds) > len(EntityKinds):
		return "any entity or statement"
	}
	names := make(Terms, len(kinds))
	for i, k := range kinds {
		names[i] = Term(k.String())
	}
	return names.String()
}
