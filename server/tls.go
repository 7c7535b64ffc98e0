package server

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
)

// certificate is a TLS certificate that is reloaded when its files change, as
// programs do that renew certificates.
type certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu     sync.Mutex
	loaded [2]os.FileInfo // the files when they were loaded last
	pair   *tls.Certificate
}

// loadCertificate returns nil if no files are named.
func loadCertificate(certFile, keyFile string, log *slog.Logger) (*certificate, error) {
	if certFile == "" {
		return nil, nil
	}
	c := &certificate{certFile: certFile, keyFile: keyFile, log: log}
	return c, c.load()
}

// config leaves the choice of versions and ciphers to the library: TLS 1.2 and later,
// at present.
func (c *certificate) config() *tls.Config { return &tls.Config{GetCertificate: c.get} }

// get is called for each connection. It costs two calls of stat; a TLS handshake
// costs hundreds of times that.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed() {
		if err := c.load(); err != nil { // perhaps one file is new and the other not yet
			c.log.Warn("the certificate could not be reloaded; the old one stays in use", "error", err)
		} else {
			c.log.Info("the certificate was reloaded", "expires", c.pair.Leaf.NotAfter)
		}
	}
	return c.pair, nil
}

// load loads both files. If that fails, they are not loaded again before they change.
func (c *certificate) load() error {
	for i, name := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return fmt.Errorf("load the TLS certificate: %w", err)
		}
		c.loaded[i] = info
	}
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return fmt.Errorf("load the TLS certificate %s with the key %s: %w", c.certFile, c.keyFile, err)
	}
	c.pair = &pair
	return nil
}

func (c *certificate) changed() bool {
	for i, name := range []string{c.certFile, c.keyFile} {
		info, err := os.Stat(name)
		if err != nil {
			return false // the file is being replaced
		}
		if old := c.loaded[i]; !os.SameFile(info, old) || info.Size() != old.Size() || !info.ModTime().Equal(old.ModTime()) {
			return true
		}
	}
	return false
}
