package executor

import (
	"strings"
	"testing"
)

func TestStockExecutorCountsItsResponses(t *testing.T) {
	const name, call = "root_.generated.go", "data.MarshalGQL(&buf)"
	text := stock(t, name)
	edited, err := editTexts(t, countResponses, map[string]string{name: text})
	if err != nil || strings.Contains(edited[name], call) || !strings.Contains(edited[name], "serial.Marshal(ctx, data, &buf)") {
		t.Errorf("%v: the bytes of responses are not counted", err)
	}
	if _, err := editTexts(t, countResponses, map[string]string{name: strings.ReplaceAll(text, call, "data.WriteTo(&buf)")}); err == nil {
		t.Error("an executor that writes responses in another way is not rejected")
	}
}
