package main

import (
	"bytes"
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
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the stories see into their golden files")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chancery": main})
}

// TestStories runs the program itself, as a person would; each file of
// testdata/script is one story.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
		Deadline:            time.Now().Add(2 * time.Minute), // a program that does not end is a failure too
		Setup: func(e *testscript.Env) error {
			e.Values["servers"] = new(servers)
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

// exits CODE PROGRAM [args…] wants that exit code.
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

// servers are those that a story has started; the last one is asked and ended.
type servers []*server

type server struct {
	*exec.Cmd
	out, log transcript
}

// transcript collects what a program writes; several goroutines may use it.
type transcript struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (o *transcript) Write(p []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.Write(p)
}

func (o *transcript) String() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.String()
}

// serve [args…] starts `chancery serve` on a free port and sets $ADDRESS and $URL.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	s := &server{Cmd: exec.Command("chancery", append([]string{"serve", "--listen=127.0.0.1:0"}, args...)...)}
	all := ts.Value("servers").(*servers)
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
	ts.Fatalf("the server does not say where it is: %s%s", &s.out, &s.log)
}

// terminate sends SIGTERM to the server and wants it to end with exit code 0;
// stdout and stderr then look into what it wrote.
func terminate(ts *testscript.TestScript, _ bool, _ []string) {
	all := *ts.Value("servers").(*servers)
	s := all[len(all)-1]
	ts.Check(s.Process.Signal(syscall.SIGTERM))
	err := s.Wait()
	_, _ = io.WriteString(ts.Stdout(), s.out.String())
	_, _ = io.WriteString(ts.Stderr(), s.log.String())
	ts.Check(err)
}

// get STATUS PATH wants that status; stdout is the body, stderr the headers.
func get(ts *testscript.TestScript, _ bool, args []string) {
	request, err := http.NewRequest(http.MethodGet, ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	ask(ts, request, args[0])
}

// post STATUS FILE sends the file to /graphql: a .graphql file as the query of
// a request, any other as it is.
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

// watch STATUS PATH asks the address that the server's log gives for metrics.
func watch(ts *testscript.TestScript, _ bool, args []string) {
	all := *ts.Value("servers").(*servers)
	found := regexp.MustCompile(`msg=metrics address=(http://[^/]+)`).FindStringSubmatch(all[len(all)-1].log.String())
	if found == nil {
		ts.Fatalf("the log names no address for metrics")
	}
	request, err := http.NewRequest(http.MethodGet, found[1]+args[1], nil)
	ts.Check(err)
	ask(ts, request, args[0])
}

// certify makes cert.pem and key.pem, which stories trust.
func certify(ts *testscript.TestScript, _ bool, _ []string) {
	certificate, key, err := selfSigned(1)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("cert.pem"), certificate, 0o600))
	ts.Check(os.WriteFile(ts.MkAbs("key.pem"), key, 0o600))
}

// trusting follows no redirect.
var trusting = &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}

// bearerOf FILE sends the token in the file with what is asked from now on;
// without a file it sends none.
func bearerOf(ts *testscript.TestScript, _ bool, args []string) {
	token := ""
	if len(args) > 0 {
		token = strings.TrimSpace(ts.ReadFile(args[0]))
	}
	ts.Setenv("TOKEN", token)
}

// ask sends $TOKEN, and $HOST as the host asked, if they are set.
func ask(ts *testscript.TestScript, request *http.Request, status string) {
	if token := ts.Getenv("TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	request.Host = ts.Getenv("HOST")
	answer, err := trusting.RoundTrip(request)
	ts.Check(err)
	defer answer.Body.Close()
	_, err = io.Copy(ts.Stdout(), answer.Body)
	ts.Check(err)
	ts.Check(answer.Header.Write(ts.Stderr()))
	if strconv.Itoa(answer.StatusCode) != status {
		ts.Fatalf("%s %s: status %d, want %s", request.Method, request.URL, answer.StatusCode, status)
	}
}
