package exchange_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"chancery/diplomacy"
	"chancery/exchange"
	"chancery/store"
	"chancery/store/storetest"
)

func ExampleImport() {
	const lines = `{"type":"Person","slug":"ann","names":[{"value":"Ann"}]}
{"type":"Office","slug":"envoy","names":[{"value":"Envoy"}],"kind":"AMBASSADOR"}
{"type":"HOLDS_OFFICE","subject":"Person/ann","object":"Office/envoy","valid":"2020/.."}
`
	ctx := context.Background()
	graph := storetest.NewModel(time.Now) // or bolt.Open
	files := []exchange.File{{Name: "graph.ndjson", Reader: strings.NewReader(lines)}}
	report, err := exchange.Import(ctx, graph, store.Commit{Author: "ann", Message: "first import"}, files, exchange.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Total(diplomacy.Kind.IsEntity).Created, "entities,", report.Total(diplomacy.Kind.IsStatement).Created, "statement")

	snapshot, err := graph.Read(ctx, store.Everything(0))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer snapshot.Release()
	if err := exchange.Export(ctx, snapshot, os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 2 entities, 1 statement
	// {"type":"Person","slug":"ann","names":[{"value":"Ann"}]}
	// {"type":"Office","slug":"envoy","names":[{"value":"Envoy"}],"kind":"AMBASSADOR"}
	// {"type":"HOLDS_OFFICE","subject":"Person/ann","object":"Office/envoy","valid":"2020/..","rank":"NORMAL","capacity":"SUBSTANTIVE"}
}

func ExampleRefused() {
	const lines = `{"type":"HOLDS_OFFICE","subject":"Person/nobody","object":"Office/envoy"}`
	files := []exchange.File{{Name: "graph.ndjson", Reader: strings.NewReader(lines)}}
	_, err := exchange.Import(context.Background(), storetest.NewModel(time.Now), store.Commit{}, files, exchange.Options{})
	fmt.Println(err)
	// Output:
	// graph.ndjson:1: subject: "Person/nobody" is neither in the files nor in the store
	// graph.ndjson:1: object: "Office/envoy" is neither in the files nor in the store
}
