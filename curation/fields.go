package curation

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"chancery/diplomacy"
)

// member is where a field of a type is.
type member struct {
	index []int
	ref   bool // it names another record
}

// mainName is the field that stands for the value of an entity's first name.
const mainName = "name"

// members are the fields that a curator gives of records of a kind, by their names;
// mainName is not among them.
func members(kind diplomacy.Kind) map[string]member {
	t := reflect.TypeOf(diplomacy.NewRecord(kind)).Elem()
	all := map[string]member{}
	for _, f := range reflect.VisibleFields(t) {
		if name, ref := memberName(kind, f); name != "" {
			all[name] = member{f.Index, ref}
		}
	}
	return all
}

// memberName is empty for what is not given but kept by the store, and for what the
// predicate does not carry.
func memberName(kind diplomacy.Kind, f reflect.StructField) (name string, ref bool) {
	rule := diplomacy.RuleOf(kind)
	switch tag := nameOf(f); {
	case f.Anonymous, tag == "id":
		return "", false
	case rule != nil && f.Name == "Role":
		return rule.Role, false
	case f.Type == reflect.TypeFor[diplomacy.ID]():
		name, ref = strings.ToLower(f.Name[:1])+f.Name[1:], true
	case tag != "-":
		name = tag
	}
	if own, ok := ownFields[name]; ok && rule != nil && rule.Fields&own == 0 {
		return "", false
	}
	return name, ref
}

// ownFields are those that only some predicates carry.
var ownFields = map[string]diplomacy.Fields{
	"startMode":      diplomacy.FieldStartMode,
	"endCause":       diplomacy.FieldEndCause,
	"onBehalfOf":     diplomacy.FieldOnBehalfOf,
	"inCapacityOf":   diplomacy.FieldInCapacityOf,
	"delegationHead": diplomacy.FieldDelegationHead,
}

// nameOf is the name of a field in files.
func nameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// names lists fields in their order.
func names[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }

// memberOf holds the members of all kinds, which do not change.
var memberOf = func() map[diplomacy.Kind]map[string]member {
	all := map[diplomacy.Kind]map[string]member{diplomacy.KindEvidence: members(diplomacy.KindEvidence)}
	for _, kind := range diplomacy.EntityKinds {
		all[kind] = members(kind)
	}
	for _, rule := range diplomacy.Vocabulary {
		all[rule.Predicate] = members(rule.Predicate)
	}
	return all
}()
