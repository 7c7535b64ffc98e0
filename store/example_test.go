package store_test

import (
	"context"
	"fmt"
	"time"

	"chancery/diplomacy"
	"chancery/store"
	"chancery/store/storetest"
)

// Example writes a person, an office and a tenure, and reads a page of links.
func Example() {
	ctx := context.Background()
	s := storetest.NewModel(time.Now) // bolt.Open opens one in a file
	defer s.Close()

	minister := &diplomacy.Office{Thing: diplomacy.Thing{Slug: "minister", Names: []diplomacy.Name{{Value: "Minister"}}}, Type: "MINISTER"}
	ann := &diplomacy.Person{Thing: diplomacy.Thing{Slug: "ann", Names: []diplomacy.Name{{Value: "Ann"}}}}
	done, err := s.Write(ctx, store.Commit{Author: "example"}, func(w store.Writer) error {
		if err := w.Put(ctx, minister, ann); err != nil {
			return err
		}
		return w.Put(ctx, &diplomacy.Statement{
			Predicate: diplomacy.HoldsOffice, Subject: ann.ID, Object: minister.ID, Valid: diplomacy.MustParseTime("2016-05/.."),
		})
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("transaction", done.Number, "made", done.Changes, "changes")

	snapshot, err := s.Read(ctx, store.View{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer snapshot.Release()
	pages, err := snapshot.Links(ctx, store.LinkQuery{
		Of:    []diplomacy.ID{minister.ID},
		Along: []store.Arc{{Kind: diplomacy.HoldsOffice, Direction: store.In}},
		Page:  store.Page{Limit: 20},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, link := range pages[0].Links {
		fmt.Println("held by ann:", link.Node == ann.ID)
	}
	// Output:
	// transaction 1 made 3 changes
	// held by ann: true
}
