package main

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

// issuer makes certificates for this machine.
type issuer struct {
	t     *testing.T
	files encryption
	roots *x509.CertPool
}

func newIssuer(t *testing.T, dir string) *issuer {
	return &issuer{t, encryption{filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}, x509.NewCertPool()}
}

// issue writes a new certificate and its key over the old ones, and trusts it.
func (i *issuer) issue(serial int64) {
	i.t.Helper()
	certificate, key, err := selfSigned(serial)
	if err != nil || !i.roots.AppendCertsFromPEM(certificate) {
		i.t.Fatal(err)
	}
	i.replace(i.files.TLSCert, certificate)
	i.replace(i.files.TLSKey, key)
}

// selfSigned makes a certificate for this machine and its key, in PEM.
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

// replace replaces a file at once, as programs do that renew certificates.
func (i *issuer) replace(name string, content []byte) {
	i.t.Helper()
	if err := os.WriteFile(name+".new", content, 0o600); err != nil {
		i.t.Fatal(err)
	}
	if err := os.Rename(name+".new", name); err != nil {
		i.t.Fatal(err)
	}
}

// encrypted serves with the issuer's files.
func (i *issuer) encrypted(log io.Writer) (s *site, address string) {
	i.t.Helper()
	listener, err := new(net.ListenConfig).Listen(i.t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		i.t.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(log, nil))
	certificate, err := i.files.certificate(logger)
	if err != nil {
		i.t.Fatal(err)
	}
	s = newSite(listener, &access.Door{Anonymous: true}, logger, siteOptions{certificate: certificate})
	i.t.Cleanup(func() { s.server.Close() })
	return s, listener.Addr().String()
}

// serial is that of the certificate which the server proves itself by now.
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

func TestACertificateIsReadAnewWhenItChanges(t *testing.T) {
	i := newIssuer(t, t.TempDir())
	i.issue(1)
	var log transcript
	_, address := i.encrypted(&log)
	if got := i.serial(address); got != 1 {
		t.Fatalf("serial %d", got)
	}
	i.issue(2)
	if got := i.serial(address); got != 2 {
		t.Errorf("serial %d after it was renewed: %s", got, &log)
	}
	// Half of a renewal, and then no certificate at all: the old one stays.
	old, err := os.ReadFile(i.files.TLSCert)
	if err != nil {
		t.Fatal(err)
	}
	i.issue(3)
	renewed, err := os.ReadFile(i.files.TLSCert)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range [][]byte{old, []byte("no certificate")} {
		if err := os.WriteFile(i.files.TLSCert, wrong, 0o600); err != nil {
			t.Fatal(err)
		}
		if got := i.serial(address); got != 2 {
			t.Errorf("serial %d from half of a renewal", got)
		}
		i.serial(address) // which does not complain again
	}
	if n := strings.Count(log.String(), "the old certificate stays in use"); n != 2 {
		t.Errorf("told %d times; want twice: %s", n, &log)
	}
	if err := os.WriteFile(i.files.TLSCert, renewed, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := i.serial(address); got != 3 {
		t.Errorf("serial %d when the renewal was whole: %s", got, &log)
	}
}

func TestWhatIsNoCertificateIsRefusedAtTheStart(t *testing.T) {
	i := newIssuer(t, t.TempDir())
	if _, err := i.files.certificate(slog.Default()); err == nil || !strings.Contains(err.Error(), "cert.pem") {
		t.Errorf("without files: %v", err)
	}
	i.issue(1)
	if err := os.WriteFile(i.files.TLSKey, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := i.files.certificate(slog.Default()); err == nil || !strings.Contains(err.Error(), "key.pem") {
		t.Errorf("with a key that is none: %v", err)
	}
	if none, err := (encryption{}).certificate(slog.Default()); none != nil || err != nil {
		t.Errorf("not asked for: %v, %v", none, err)
	}
}

// TestOverTLS: by HTTP/2, by nothing older than TLS 1.2, and sockets too.
func TestOverTLS(t *testing.T) {
	i := newIssuer(t, t.TempDir())
	i.issue(1)
	s, address := i.encrypted(io.Discard)
	s.gate.open(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if conn, err := websocket.Accept(w, r, nil); err == nil {
			_ = conn.Write(r.Context(), websocket.MessageText, []byte("hello"))
			_ = conn.Close(websocket.StatusNormalClosure, "")
		}
	}))
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
		t.Error("TLS 1.1 is spoken")
	}
	conn, _, err := websocket.Dial(t.Context(), "wss://"+address+graphPath, &websocket.DialOptions{ //nolint:bodyclose // Dial leaves none to close
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
