package command

import "testing"

func TestHealthRequestsTheServersAddress(t *testing.T) {
	for want, c := range map[string]healthCommand{
		"http://127.0.0.1:8080/readyz":     {Listen: ":8080"},
		"http://127.0.0.1:8081/readyz":     {Listen: "0.0.0.0:8081"},
		"http://127.0.0.1:8082/readyz":     {Listen: "[::]:8082"},
		"http://[::1]:8083/readyz":         {Listen: "[::1]:8083"},
		"https://graph.example:443/readyz": {Listen: "graph.example:443", TLSCert: "cert.pem"},
		"http://127.0.0.1:9090/readyz":     {Listen: ":443", TLSCert: "cert.pem", MetricsListen: ":9090"},
	} {
		if got, err := c.address(); err != nil || got != want {
			t.Errorf("for %s: %s, %v; want %s", c.Listen, got, err, want)
		}
	}
	if _, err := (&healthCommand{Listen: "8084"}).address(); err == nil {
		t.Error("an address without a port is accepted")
	}
}
