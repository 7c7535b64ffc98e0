package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// healthCommand asks a server on this machine whether it can be asked, for
// containers that have nothing else to do so with.
type healthCommand struct {
	TLSCert       string        `name:"tls-cert" placeholder:"FILE" help:"The server's certificate; if given, it is asked over HTTPS. The file is not read."`
	TLSKey        string        `name:"tls-key" placeholder:"FILE" help:"The server's private key; not needed, and not read."`
	Listen        string        `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where the server listens (default: ${default})."`
	MetricsListen string        `placeholder:"HOST:PORT" help:"Where it answers the probes without TLS; asked instead, if given."`
	Timeout       time.Duration `default:"3s" placeholder:"DURATION" help:"How long to wait (default: ${default})."`
}

// Help is shown by health --help.
func (*healthCommand) Help() string {
	return `It takes the options of chancery serve, or the same environment, and asks /readyz:
exit code 0 if the graph is open, else 1 and the reason.

Examples:

    chancery health
    chancery health --listen=:9000`
}

// Run asks once.
func (c *healthCommand) Run(ctx context.Context) error {
	address, err := c.address()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	// The certificate names the server as others reach it, not as this machine does.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	answer, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("ask whether the server is ready: %w", err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s says %s: %s", address, answer.Status, strings.TrimSpace(string(said)))
	}
	return err
}

// address is where to ask; a server that listens everywhere also listens here. That
// is given by number: in a container nobody may know what localhost is.
func (c *healthCommand) address() (string, error) {
	scheme, listen := encryption{TLSCert: c.TLSCert}.scheme(), c.Listen
	if c.MetricsListen != "" {
		scheme, listen = "http", c.MetricsListen
	}
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + "://" + net.JoinHostPort(host, port) + "/readyz", nil
}
