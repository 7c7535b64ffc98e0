module chancery

go 1.26.0

require (
	github.com/99designs/gqlgen v0.17.98 // generates the executor from the schema
	github.com/KimMachineGun/automemlimit v1.0.1 // memory of the container, cgroup v1 and v2, or of the machine, as the garbage collector's limit
	github.com/agnivade/levenshtein v1.2.2 // suggests the field meant by a misspelt one; gqlparser requires it anyway
	github.com/alecthomas/kong v1.17.0 // command line: commands, flags, environment, help
	github.com/biter777/countries v1.7.5 // ISO 3166-1 codes of the sample's states
	github.com/coder/websocket v1.8.15 // WebSocket frames and handshakes; the protocol above them is our own, since gqlgen's close codes are wrong
	github.com/coreos/go-oidc/v3 v3.21.0 // OpenID Connect: discovery, key rotation, checks of JSON Web Tokens
	github.com/felixge/httpsnoop v1.1.0 // status and size for the request log without hiding Flush and Hijack
	github.com/fxamacker/cbor/v2 v2.10.0 // encoding of records: a standard (RFC 8949) that grows without a schema compiler
	github.com/go-json-experiment/json v1.27.2 // strict JSON for imports: rejects duplicate keys and invalid UTF-8, reports positions
	github.com/google/go-cmp v0.7.0 // readable differences in tests
	github.com/hashicorp/golang-lru/v2 v2.0.7 // bounded caches of decoded records and of persisted documents; gqlgen requires it anyway
	github.com/klauspost/compress v1.20.4 // gzip of responses: content negotiation, a minimum size, pooled buffers
	github.com/mozillazg/go-unidecode v0.2.0 // slugs in a-z from names in any script
	github.com/oauth2-proxy/mockoidc v0.0.0-20261103160011-e06ed0b7cb7f // OpenID provider for tests, with key rotation
	github.com/prometheus/client_golang v1.25.0 // metrics in Prometheus's formats
	github.com/rogpeppe/go-internal v1.16.0 // testscript and txtar for tests; file locks as the go command has them
	github.com/rs/cors v1.11.1 // preflight requests and CORS headers
	github.com/schollz/progressbar/v3 v3.19.1 // progress bar of long imports
	github.com/shopspring/decimal v1.6.0 // exact decimal figures
	github.com/vektah/gqlparser/v2 v2.5.64 // GraphQL parser of gqlgen: look-ahead reads its documents, tests its schema
	go.etcd.io/bbolt v1.5.0 // the file
	go.opentelemetry.io/otel v1.47.0 // trace contexts (W3C) and the semantic conventions
	go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp v1.47.0 // sends spans over OTLP with the standard environment variables, retries and TLS
	go.opentelemetry.io/otel/sdk v1.47.0 // makes, samples and batches spans
	go.opentelemetry.io/otel/trace v1.47.0 // interface of spans
	go.uber.org/goleak v1.3.0 // leaked goroutines fail tests
	golang.org/x/sync v0.24.0 // weighted semaphores in order of arrival; gqlgen requires it anyway
	golang.org/x/sys v0.49.0 // TCP_USER_TIMEOUT, by which vanished clients are noticed
	golang.org/x/term v0.47.0 // whether standard error is a terminal
	golang.org/x/text v0.43.0 // language tags, currencies, Unicode normalization, CLDR names of states
	pgregory.net/rapid v1.3.0 // property and model-based tests
)

require (
	github.com/beorn7/perks v1.0.1 // indirect
	github.com/cenkalti/backoff/v5 v5.0.3 // indirect
	github.com/cespare/xxhash/v2 v2.3.0 // indirect
	github.com/go-jose/go-jose/v4 v4.1.9 // indirect
	github.com/go-logr/logr v1.4.4 // indirect
	github.com/go-logr/stdr v1.2.2 // indirect
	github.com/go-viper/mapstructure/v2 v2.5.0 // indirect
	github.com/goccy/go-yaml v1.19.2 // indirect
	github.com/golang-jwt/jwt/v5 v5.3.1 // indirect
	github.com/google/uuid v1.6.0 // indirect
	github.com/grpc-ecosystem/grpc-gateway/v2 v2.30.0 // indirect
	github.com/mitchellh/colorstring v0.0.0-20190213212951-d06e56a500db // indirect
	github.com/munnerz/goautoneg v0.0.0-20191010083416-a7dc8b61c822 // indirect
	github.com/pbnjay/memory v0.0.0-20210728143218-7b4eea64cf58 // indirect
	github.com/prometheus/client_model v0.6.3 // indirect
	github.com/prometheus/common v0.72.0 // indirect
	github.com/prometheus/procfs v0.22.0 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/sosodev/duration v1.4.0 // indirect
	github.com/urfave/cli/v3 v3.14.0 // indirect
	github.com/x448/float16 v0.8.4 // indirect
	go.opentelemetry.io/auto/sdk v1.2.1 // indirect
	go.opentelemetry.io/otel/exporters/otlp/otlptrace v1.47.0 // indirect
	go.opentelemetry.io/otel/log v1.47.0 // indirect
	go.opentelemetry.io/otel/metric v1.47.0 // indirect
	go.opentelemetry.io/proto/otlp v1.11.0 // indirect
	golang.org/x/mod v0.42.0 // indirect
	golang.org/x/net v0.61.0 // indirect
	golang.org/x/oauth2 v0.37.0 // indirect
	golang.org/x/tools v0.52.0 // indirect
	google.golang.org/genproto/googleapis/api v0.0.0-20260928230214-8a89bd6388cc // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260928230214-8a89bd6388cc // indirect
	google.golang.org/grpc v1.83.2 // indirect
	google.golang.org/protobuf v1.36.12 // indirect
)

tool github.com/99designs/gqlgen
