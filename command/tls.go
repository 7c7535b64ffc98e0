package command

// tlsOptions are the flags for HTTPS.
type tlsOptions struct {
	TLSCert string `name:"tls-cert" and:"tls" placeholder:"FILE" help:"PEM file with the TLS certificate and its chain, to serve HTTPS; reloaded when it changes (default: HTTP)."`
	TLSKey  string `name:"tls-key" and:"tls" placeholder:"FILE" help:"PEM file with the private key of --tls-cert; reloaded with it."`
}

func (o tlsOptions) scheme() string {
	if o.TLSCert == "" {
		return "http"
	}
	return "https"
}
