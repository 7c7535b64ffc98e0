package e2e

import (
	"bufio"
	"flag"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestUnreadSubscriptions follows transactions over many WebSockets, none of which is read:
// the server's memory stays bounded, and it answers others.
func TestUnreadSubscriptions(t *testing.T) {
	crowd := 500
	if flag.Lookup("long").Value.String() == "true" { // of package storetest
		crowd = 9_000
	}
	p := startProgram(t, "--no-sample", "--slow=1m")
	token := p.token("writer")
	sockets := make([]*bufio.Reader, crowd)
	for i := range sockets {
		sockets[i] = p.follow(t, "message")
	}
	before := p.peak(t)
	for i := range 30 {
		changes := strings.Repeat(fmt.Sprintf(`{putSource: {name: \"%s\", kind: WEB_PAGE}}`, strings.Repeat(fmt.Sprint("a", i), 100)), 20)
		body := `{"query":"mutation { commit(input: {message: \"` + strings.Repeat("x", 1_000) + `\", changes: [` + changes + `]}) { transaction { number } } }"}`
		_, text := send(t, http.MethodPost, "http://"+p.address+"/graphql", body, "Content-Type", "application/json", "Authorization", "Bearer "+token)
		if !strings.HasPrefix(text, `{"data":{"commit":{"transaction":{"number":`) {
			t.Fatalf("%.500s", text)
		}
	}
	p.expectAnswer(t)
	peak := p.peak(t)
	t.Logf("%d unread subscriptions: the server took at most %d MB, %d MB when they were opened", crowd, peak>>20, before>>20)
	if more := peak - before; more > 384<<20 && !racing {
		t.Errorf("it took %d MB more for what was not read", more>>20)
	}
	for _, conn := range p.open {
		conn.Close()
	}
}
