// Package fields fills records from the fields that a curator gives: values as JSON has
// them, by the names of the files of package exchange.
package fields

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"chancery/diplomacy"
)

// member is a field of a type: a reference to another record, or a value at an index.
type member struct {
	index []int
	ref   *diplomacy.ReferenceField
}

// MainName is the field that stands for the value of an entity's first name.
const MainName = "name"

// members are the fields that a curator gives of records of a kind, by their names;
// MainName is not among them.
func members(kind diplomacy.Kind) map[string]member {
	t := reflect.TypeOf(diplomacy.NewRecord(kind)).Elem()
	all := map[string]member{}
	for _, f := range reflect.VisibleFields(t) {
		if name := memberName(kind, f); name != "" {
			all[name] = member{index: f.Index}
		}
	}
	fields := diplomacy.ReferenceFields(kind)
	for i := range fields {
		if len(fields[i].Kinds) > 0 {
			all[fields[i].Name] = member{ref: &fields[i]}
		}
	}
	return all
}

// memberName returns the name of a field that is no reference; it is empty for what is
// not given but kept by the store, and for what the predicate does not carry.
func memberName(kind diplomacy.Kind, f reflect.StructField) string {
	rule, name := diplomacy.RuleOf(kind), nameOf(f)
	switch {
	case rule != nil && f.Name == "Role":
		return rule.Role
	case f.Anonymous, name == "id", name == "-":
		return ""
	}
	if own, ok := ownFields[name]; ok && rule != nil && rule.Fields&own == 0 {
		return ""
	}
	return name
}

// ownFields are those that only some predicates carry.
var ownFields = map[string]diplomacy.Fields{
	"startMode":      diplomacy.FieldStartMode,
	"endCause":       diplomacy.FieldEndCause,
	"delegationHead": diplomacy.FieldDelegationHead,
}

// nameOf is the name of a field in files.
func nameOf(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// Names returns the names of fields in their order.
func Names[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }

// Known reports whether there are records of a kind that a curator gives.
func Known(kind diplomacy.Kind) bool { return memberOf[kind] != nil }

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
