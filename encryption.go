package main

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
)

// encryption is what the server proves itself by, if it is asked for TLS.
type encryption struct {
	TLSCert string `name:"tls-cert" and:"tls" placeholder:"FILE" help:"Serve HTTPS with the certificate in this file, PEM, those that vouch for it behind it; it is read anew when it changes."`
	TLSKey  string `name:"tls-key" and:"tls" placeholder:"FILE" help:"The certificate's private key, PEM."`
}

func (e encryption) scheme() string {
	if e.TLSCert == "" {
		return "http"
	}
	return "https"
}

// certificate reads the files; nil if there are none.
func (e encryption) certificate(log *slog.Logger) (*certificate, error) {
	if e.TLSCert == "" {
		return nil, nil
	}
	c := &certificate{encryption: e, log: log}
	return c, c.read()
}

// certificate is that of files which are replaced while we serve, as programs do
// that renew them.
type certificate struct {
	encryption
	log *slog.Logger

	mu   sync.Mutex
	seen [2]os.FileInfo // as the files were when they were read last
	kept *tls.Certificate
}

// config is for a server. Which versions and ciphers are good enough is left to the
// library: TLS 1.2 and later, at present.
func (c *certificate) config() *tls.Config { return &tls.Config{GetCertificate: c.get} }

// get is asked with each connection. It costs two looks at the file system; a
// connection costs hundreds of times that.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed() {
		if err := c.read(); err != nil { // perhaps one file is new and the other not yet
			c.log.Warn("the old certificate stays in use", "error", err)
		} else {
			c.log.Info("the certificate was read anew", "expires", c.kept.Leaf.NotAfter)
		}
	}
	return c.kept, nil
}

// read reads both files. If they are no good, they are not read again before they
// change.
func (c *certificate) read() error {
	for i, name := range []string{c.TLSCert, c.TLSKey} {
		info, err := os.Stat(name)
		if err != nil {
			return fmt.Errorf("read the certificate: %w", err)
		}
		c.seen[i] = info
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return fmt.Errorf("read the certificate in %s and its key in %s: %w", c.TLSCert, c.TLSKey, err)
	}
	c.kept = &pair
	return nil
}

func (c *certificate) changed() bool {
	for i, name := range []string{c.TLSCert, c.TLSKey} {
		info, err := os.Stat(name)
		if err != nil {
			return false // one that is being replaced will be back
		}
		if was := c.seen[i]; !os.SameFile(info, was) || info.Size() != was.Size() || !info.ModTime().Equal(was.ModTime()) {
			return true
		}
	}
	return false
}
