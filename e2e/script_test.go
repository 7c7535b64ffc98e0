package e2e

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "update the golden files of the scripts")

// TestStories runs the program as the scripts in testdata/script say.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Deadline:            time.Now().Add(5 * time.Minute), // fails if a program hangs; the race detector on a busy machine takes long
		Setup: func(e *testscript.Env) error {
			e.Values["servers"] = new(started)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"bearer":    bearerOf,
			"certify":   certify,
			"cut":       cut,
			"empty":     empty,
			"exits":     exits,
			"foreign":   foreign,
			"serve":     serve,
			"terminate": terminate,
			"get":       get,
			"post":      post,
			"watch":     watch,
		},
	})
}

// exits CODE PROGRAM [args…] fails unless the program ends with that exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// started are the servers that a script has started; its commands use the last one.
type started []*programServer

type programServer struct {
	*exec.Cmd
	out, log transcript
}

// serve [args…] starts `chancery serve` on a free port and sets $ADDRESS and $URL.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	s := &programServer{Cmd: exec.Command("chancery", append([]string{"serve", "--listen=127.0.0.1:0"}, args...)...)}
	all := ts.Value("servers").(*started)
	*all = append(*all, s)
	s.Dir, s.Stdout, s.Stderr = ts.MkAbs("."), &s.out, &s.log
	ts.Check(s.Start())
	ts.Defer(func() { _ = s.Process.Kill() })
	for range 300 {
		if found := regexp.MustCompile(`https?://([^/]+)`).FindStringSubmatch(s.out.String()); found != nil {
			ts.Setenv("URL", found[0])
			ts.Setenv("ADDRESS", found[1])
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	ts.Fatalf("the server has not printed its address: %s%s", &s.out, &s.log)
}

// terminate sends SIGTERM to the server and fails unless it ends with exit code 0. stdout
// and stderr then match its output.
func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	all := *ts.Value("servers").(*started)
	s := all[len(all)-1]
	ts.Check(s.Process.Signal(syscall.SIGTERM))
	err := s.Wait()
	_, _ = io.WriteString(ts.Stdout(), s.out.String())
	_, _ = io.WriteString(ts.Stderr(), s.log.String())
	ts.Check(err)
}

// get STATUS PATH fails unless the response has that status; stdout then matches the
// body, stderr the headers.
func get(ts *testscript.TestScript, _ bool, args []string) {
	request, err := http.NewRequest(http.MethodGet, ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	ask(ts, request, args[0])
}

// post STATUS FILE posts the file to /graphql: a .graphql file as the query of a request,
// any other unchanged.
func post(ts *testscript.TestScript, _ bool, args []string) {
	body := ts.ReadFile(args[1])
	if strings.HasSuffix(args[1], ".graphql") {
		encoded, err := json.Marshal(map[string]string{"query": body})
		ts.Check(err)
		body = string(encoded)
	}
	request, err := http.NewRequest(http.MethodPost, ts.Getenv("URL")+"/graphql", strings.NewReader(body))
	ts.Check(err)
	request.Header.Set("Content-Type", "application/json")
	ask(ts, request, args[0])
}

// watch STATUS PATH is get at the address of the metrics, which it finds in the log.
func watch(ts *testscript.TestScript, _ bool, args []string) {
	all := *ts.Value("servers").(*started)
	found := regexp.MustCompile(`msg=metrics address=(http://[^/]+)`).FindStringSubmatch(all[len(all)-1].log.String())
	if found == nil {
		ts.Fatalf("the log has no address of the metrics")
	}
	request, err := http.NewRequest(http.MethodGet, found[1]+args[1], nil)
	ts.Check(err)
	ask(ts, request, args[0])
}

// certify creates cert.pem and key.pem, which scripts trust.
func certify(ts *testscript.TestScript, _ bool, _ []string) {
	certificate, key, err := selfSigned()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("cert.pem"), certificate, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("key.pem"), key, 0o600))
}

// trusting follows no redirect.
var trusting = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}

// bearerOf FILE sends the token in the file with the requests that follow, or none if no
// file is given.
func bearerOf(ts *testscript.TestScript, _ bool, args []string) {
	token := ""
	if len(args) > 0 {
		token = strings.TrimSpace(ts.ReadFile(args[0]))
	}
	ts.Setenv("TOKEN", token)
}

// ask sends a request with $TOKEN, and $HOST as its host, if they are set.
func ask(ts *testscript.TestScript, request *http.Request, status string) {
	if token := ts.Getenv("TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	request.Host = ts.Getenv("HOST")
	response, err := trusting.RoundTrip(request)
	ts.Check(err)
	defer response.Body.Close()
	_, err = io.Copy(ts.Stdout(), response.Body)
	ts.Check(err)
	ts.Check(response.Header.Write(ts.Stderr()))
	if strconv.Itoa(response.StatusCode) != status {
		ts.Fatalf("%s %s: status %d, want %s", request.Method, request.URL, response.StatusCode, status)
	}
}
