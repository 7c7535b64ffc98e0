package store_test

import (
	"testing"

	"chancery/diplomacy"
	"chancery/store"
)

func TestNameTest(t *testing.T) {
	names := []diplomacy.Name{{Value: "Mevlüt Çavuşoğlu"}, {Value: "Мевлют Чавушоглу"}}
	for test, want := range map[store.NameTest]bool{
		{}:                                       true,
		{Contains: "CAVUS"}:                      true,
		{Contains: "чавуш"}:                      true,
		{StartsWith: "mevlut", Contains: "oglu"}: true,
		{StartsWith: "mevlut", Contains: "чавуш"}: false, // not of one name
		{StartsWith: "çavuş"}:                     false,
		{Equals: "mevlut  cavusoglu"}:             true,
		{Equals: "mevlut"}:                        false,
		{Contains: " "}:                           false, // folds to nothing
		{StartsWith: "\u0301"}:                    false,
		{StartsWith: "mevlut", Equals: "\u200f"}:  false,
	} {
		if got := test.Passes(names); got != want {
			t.Errorf("%+v passes: %v, want %v", test, got, want)
		}
	}
}
