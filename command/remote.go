package command

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"chancery/diplomacy"
	"chancery/server"
)

// remote is a running server, and the token with which a command asks it.
type remote struct {
	Server string `placeholder:"URL" help:"Address of a running server, such as http://127.0.0.1:8080 (default: none, the file is read)."`
	Token  string `placeholder:"TOKEN" help:"Token of an admin; better in the environment, since other users of the machine see command lines (default: none)."`
}

// Validate rejects what is not the URL of a server.
func (r remote) Validate() error {
	if r.Server == "" {
		return nil
	}
	at, err := url.Parse(r.Server)
	if err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
		return fmt.Errorf("--server: %q is not a URL such as http://127.0.0.1:8080", r.Server)
	}
	return nil
}

// errIncomplete is returned for a copy that was cut on its way, or altered.
var errIncomplete = errors.New("the copy is incomplete; try again")

// copyTo writes a copy of the server's graph and returns its last transaction.
func (r remote) copyTo(ctx context.Context, to io.Writer) (diplomacy.TxNumber, error) {
	address := strings.TrimSuffix(r.Server, "/") + server.BackupPath
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	if r.Token != "" {
		request.Header.Set("Authorization", "Bearer "+r.Token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, fmt.Errorf("request a copy of the graph: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s responds %s: %s", address, response.Status, reasonOf(response))
	}
	last, err := receive(response, to)
	if err != nil {
		return 0, fmt.Errorf("copy the graph of %s: %w", r.Server, err)
	}
	return last, nil
}

// receive writes the body of a copy, and returns its last transaction if the body is whole.
func receive(response *http.Response, to io.Writer) (diplomacy.TxNumber, error) {
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(to, sum), response.Body); errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, errIncomplete
	} else if err != nil {
		return 0, err
	}
	last, err := strconv.ParseUint(response.Trailer.Get(server.TransactionTrailer), 10, 64)
	if err != nil || response.Trailer.Get(server.DigestTrailer) != server.ContentDigest(sum) {
		return 0, errIncomplete
	}
	return diplomacy.TxNumber(last), nil
}

// reasonOf returns the message of a response that is a GraphQL error, or else its beginning.
func reasonOf(response *http.Response) string {
	text, _ := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	var body struct {
		Errors []struct{ Message string }
	}
	if json.Unmarshal(text, &body) == nil && len(body.Errors) > 0 {
		return body.Errors[0].Message
	}
	return strings.TrimSpace(string(text))
}
