package command

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

// healthCommand requests /readyz of a local server, for containers that have no other
// HTTP client.
type healthCommand struct {
	TLSCert       string        `name:"tls-cert" placeholder:"FILE" help:"The server's --tls-cert; if given, HTTPS is used. The file is not read."`
	TLSKey        string        `name:"tls-key" placeholder:"FILE" help:"The server's --tls-key; accepted so that both share an environment, and not read."`
	Listen        string        `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"The server's --listen (default: ${default})."`
	MetricsListen string        `placeholder:"HOST:PORT" help:"The server's --metrics-listen; used instead of --listen if given (default: none)."`
	Timeout       time.Duration `default:"3s" placeholder:"DURATION" help:"How long to wait for the response (default: ${default})."`
}

// Help is shown by health --help.
func (*healthCommand) Help() string {
	return `It takes the options of chancery serve, or the same environment, and requests /readyz. The
exit code is 0 if the graph is open, otherwise 1 with the reason on standard error.

Examples:

    chancery health
    chancery health --listen=:9000`
}

// Run sends one request.
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
	// The certificate has the name by which other machines reach the server.
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("request the readiness of the server: %w", err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s responds %s: %s", address, response.Status, strings.TrimSpace(string(text)))
	}
	return err
}

// address returns the URL of the probe. For a server that listens on all addresses it is
// 127.0.0.1: containers may not resolve localhost.
func (c *healthCommand) address() (string, error) {
	scheme, listen := tlsOptions{TLSCert: c.TLSCert}.scheme(), c.Listen
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
