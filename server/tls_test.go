package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chancery/access"

	"github.com/coder/websocket"
)

// issuer issues certificates for this machine.
type issuer struct {
	t         *testing.T
	cert, key string // the names of the files
	roots     *x509.CertPool
}

func newIssuer(t *testing.T, dir string) *issuer {
	return &issuer{t, filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), x509.NewCertPool()}
}

// issue replaces the certificate and its key, and trusts the new one.
func (i *issuer) issue(serial int64) {
	i.t.Helper()
	certificate, key, err := selfSigned(serial)
	if err != nil || !i.roots.AppendCertsFromPEM(certificate) {
		i.t.Fatal(err)
	}
	i.replace(i.cert, certificate)
	i.replace(i.key, key)
}

// selfSigned returns a certificate for this machine and its key, in PEM.
func selfSigned(serial int64) (certificate, private []byte, err error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "chancery"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true,
	}
	certificate, err = x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err == nil {
		private, err = x509.MarshalPKCS8PrivateKey(key)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), err
}

// replace replaces a file atomically, as programs do that renew certificates.
func (i *issuer) replace(name string, content []byte) {
	i.t.Helper()
	if err := os.WriteFile(name+".new", content, 0o600); err != nil {
		i.t.Fatal(err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		i.t.Fatal(err)
	}
}

// encrypted starts a server with the issuer's files.
func (i *issuer) encrypted(log io.Writer) (s *Server, address string) {
	i.t.Helper()
	s, url := newServerWith(i.t, Options{
		Authenticator: &access.TokenAuthenticator{AllowAnonymous: true}, CertFile: i.cert, KeyFile: i.key, Logger: slog.New(slog.NewTextHandler(log, nil)),
	})
	return s, strings.TrimPrefix(url, "http://")
}

// serial returns the serial number of the certificate that the server presents.
func (i *issuer) serial(address string) int64 {
	i.t.Helper()
	dialer := tls.Dialer{Config: &tls.Config{RootCAs: i.roots}}
	conn, err := dialer.DialContext(i.t.Context(), "tcp", address)
	if err != nil {
		i.t.Fatal(err)
	}
	defer conn.Close()
	return conn.(*tls.Conn).ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

func TestRenewedCertificateIsReloaded(t *testing.T) {
	i := newIssuer(t, t.TempDir())
	i.issue(1)
	var log logBuffer
	_, address := i.encrypted(&log)
	if got := i.serial(address); got != 1 {
		t.Fatalf("serial %d", got)
	}
	i.issue(2)
	if got := i.serial(address); got != 2 {
		t.Errorf("serial %d after it was renewed: %s", got, &log)
	}
	// An incomplete renewal, and then an invalid certificate: the old one stays.
	old, err := os.ReadFile(i.cert)
	if err != nil {
		t.Fatal(err)
	}
	i.issue(3)
	renewed, err := os.ReadFile(i.cert)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range [][]byte{old, []byte("no certificate")} {
		if err := os.WriteFile(i.cert, wrong, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := i.serial(address); got != 2 {
			t.Errorf("serial %d during an incomplete renewal", got)
		}
		i.serial(address) // which does not log the failure again
	}
	if n := strings.Count(log.String(), "the old one stays in use"); n != 2 {
		t.Errorf("logged %d times; want twice: %s", n, &log)
	}
	if err := os.WriteFile(i.cert, renewed, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := i.serial(address); got != 3 {
		t.Errorf("serial %d after the complete renewal: %s", got, &log)
	}
}

func TestInvalidCertificateIsRejectedAtStart(t *testing.T) {
	i := newIssuer(t, t.TempDir())
	if _, err := loadCertificate(i.cert, i.key, slog.Default()); err == nil || !strings.Contains(err.Error(), "cert.pem") {
		t.Errorf("without files: %v", err)
	}
	i.issue(1)
	if err := os.WriteFile(i.key, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := loadCertificate(i.cert, i.key, slog.Default()); err == nil || !strings.Contains(err.Error(), "key.pem") {
		t.Errorf("with an invalid key: %v", err)
	}
	if none, err := loadCertificate("", "", slog.Default()); none != nil || err != nil {
		t.Errorf("without files: %v, %v", none, err)
	}
}

// TestTLSServesHTTP2AndWebSockets also rejects TLS 1.1.
func TestTLSServesHTTP2AndWebSockets(t *testing.T) {
	i := newIssuer(t, t.TempDir())
	i.issue(1)
	s, address := i.encrypted(io.Discard)
	s.Ready(Graph{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if conn, err := websocket.Accept(w, r, nil); err == nil {
			_ = conn.Write(r.Context(), websocket.MessageText, []byte("hello"))
			_ = conn.Close(websocket.StatusNormalClosure, "")
		}
	})})
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: i.roots}, ForceAttemptHTTP2: true}}
	defer client.CloseIdleConnections()
	answer, err := client.Get("https://" + address + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.ProtoMajor != 2 || answer.StatusCode != http.StatusOK {
		t.Errorf("%s, %s", answer.Proto, answer.Status)
	}
	old := tls.Dialer{Config: &tls.Config{RootCAs: i.roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}}
	if conn, err := old.DialContext(t.Context(), "tcp", address); err == nil {
		conn.Close()
		t.Error("TLS 1.1 is accepted")
	}
	conn, _, err := websocket.Dial(t.Context(), "wss://"+address+Path, &websocket.DialOptions{ //nolint:bodyclose // Dial leaves none to close
		HTTPClient: &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: i.roots}}},
		HTTPHeader: http.Header{"Origin": {"https://" + address}},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.CloseNow()
	if _, text, err := conn.Read(t.Context()); err != nil || string(text) != "hello" {
		t.Errorf("over a socket: %s, %v", text, err)
	}
}
