package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"chancery/diplomacy"
)

const recordMeeting = `mutation($slug: String!, $text: String!) {
  commit(input: {idempotencyKey: $slug, changes: [
    {putSource: {ref: "_:source", slug: $slug, name: $slug, kind: WEB_PAGE, snapshot: $text}}
    {recordEvent: {slug: $slug, name: $slug, kind: MEETING, status: HELD, date: "2020-02-06", evidence: {source: "_:source"}, participants: [
      {participant: "Person/mevlut-cavusoglu"} {participant: "Person/chingiz-aydarbekov"}
    ]}}
  ]}) { transaction { number } userErrors { message } }
}`

// commitConcurrently has clients commit, and returns the commits by the number of their transaction.
// The texts of some take several pages.
func (p *running) commitConcurrently(t *testing.T, each int) map[string]commitSent {
	t.Helper()
	token := p.token("writer")
	var mutex sync.Mutex
	commits := map[string]commitSent{}
	var clients sync.WaitGroup
	for client := range 16 {
		clients.Go(func() {
			for i := range each {
				c := commitSent{slug: fmt.Sprintf("meeting-%d-%d", client, i)}
				c.text = strings.Repeat(c.slug, 1+i%10*i%10*40)
				c.number = p.commitMeeting(t, token, c)
				mutex.Lock()
				commits[fmt.Sprint(c.number)] = c
				mutex.Unlock()
			}
		})
	}
	clients.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return commits
}

// commitMeeting commits and returns the number of the transaction. The response is not compressed,
// so that it can be found in the log.
func (p *running) commitMeeting(t *testing.T, token string, c commitSent) (number diplomacy.TxNumber) {
	variables, _ := json.Marshal(map[string]string{"slug": c.slug, "text": c.text}) // strings can be encoded
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.address+"/graphql", strings.NewReader(asking(recordMeeting, string(variables))))
	if err != nil {
		t.Error(err)
		return 0
	}
	request.Header = http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + token}, "Accept-Encoding": {"identity"}}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if _, bad := fmt.Sscanf(string(text), `{"data":{"commit":{"transaction":{"number":%d}`, &number); err != nil || bad != nil {
		t.Errorf("a commit was answered %.300s, %v", text, err)
	}
	return number
}
