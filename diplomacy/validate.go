package diplomacy

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// entity checks the fields that entities of every type have, and the references
// of this one.
func (p *Problems) entity(e Entity) {
	p.references(e, e.Kind().String())
	t := e.Base()
	if !validSlug(t.Slug) {
		p.add("slug", "%s: want 1 to %d lower-case letters a-z, digits and single hyphens between them", Shorten(t.Slug), MaxSlug)
	}
	if len(t.Names) == 0 {
		p.add("names", "is empty; an entity has at least one name")
	}
	p.atMost("names", len(t.Names), MaxNames)
	p.atMost("identifiers", len(t.Identifiers), MaxIdentifiers)
	for i := range t.Names {
		p.name("names["+strconv.Itoa(i)+"]", &t.Names[i])
	}
	for i, identifier := range t.Identifiers {
		p.identifier("identifiers["+strconv.Itoa(i)+"]", identifier)
	}
	p.text("description", t.Description, MaxText, true)
}

func (p *Problems) atMost(field string, n, most int) {
	if n > most {
		p.add(field, "has %d elements; at most %d are allowed", n, most)
	}
}

func (p *Problems) name(field string, n *Name) {
	p.visibleName(field+".value", n.Value)
	p.text(field+".value", n.Value, MaxName, false)
	p.languageTag(field+".language", n.Language)
	if n.Script != "" {
		if script, err := language.ParseScript(n.Script); err != nil || script.String() != n.Script {
			p.add(field+".script", "%s is not an ISO 15924 code such as Latn or Cyrl", Shorten(n.Script))
		}
	}
	p.term(field+".kind", n.Kind, NameKinds, false)
}

func (p *Problems) languageTag(field, tag string) {
	if tag == "" {
		return
	}
	if canonical, err := CanonicalLanguage(tag); err != nil {
		p.add(field, "%v", err)
	} else if canonical != tag {
		p.add(field, "%s is spelled %q", Shorten(tag), canonical)
	}
}

func (p *Problems) identifier(field string, i Identifier) {
	if !validSlug(i.Scheme) {
		p.add(field, "the scheme %s: want lower-case letters, digits and hyphens", Shorten(i.Scheme))
	}
	if i.Scheme == "slug" {
		p.add(field, "slug is not an identifier scheme; set the entity's slug instead")
	}
	if strings.TrimSpace(i.Value) == "" {
		p.add(field, "the value is empty")
	}
	p.text(field, i.Value, MaxIdentifier, false)
}

func (p *Problems) link(field, address string) {
	if address == "" {
		return
	}
	p.text(field, address, MaxName, false)
	if u, err := url.Parse(address); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		p.add(field, "%s is not an http or https address", Shorten(address))
	}
}

// validSlug reports whether a slug consists of words of a-z and 0-9 joined by
// single hyphens.
func validSlug(slug string) bool {
	if slug == "" || len(slug) > MaxSlug || slug[0] == '-' || slug[len(slug)-1] == '-' || strings.Contains(slug, "--") {
		return false
	}
	for _, c := range []byte(slug) {
		if c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

// unit checks a unit of measure: a currency or one of ObservationUnits.
func (p *Problems) unit(field, unit string) {
	if ObservationUnits.Has(Term(unit)) {
		return
	}
	if !isCurrency(unit) {
		p.add(field, "%s is neither an ISO 4217 currency code nor one of %s", Shorten(unit), ObservationUnits)
	}
}

// coordinates checks "latitude,longitude".
func (p *Problems) coordinates(field, text string) {
	if text == "" {
		return
	}
	latitude, longitude, found := strings.Cut(text, ",")
	if !found || !within(latitude, 90) || !within(longitude, 180) {
		p.add(field, "%s is not latitude,longitude in decimal degrees, such as 40.4093,49.8671", Shorten(text))
	}
}

// maxDegrees is the longest number of degrees, in bytes: some twenty places after
// the point, more than any map gives.
const maxDegrees = 25

// within reports whether a text is a plain decimal number from -most to most.
func within(text string, most float64) bool {
	if len(text) > maxDegrees || strings.Trim(text, "-.0123456789") != "" {
		return false
	}
	degrees, err := strconv.ParseFloat(text, 64)
	return err == nil && -most <= degrees && degrees <= most
}
