package telemetry

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"
)

// TracingFromEnv returns the tracer provider that OpenTelemetry's environment variables
// configure, which sends spans by OTLP over HTTP; nil if they name no endpoint. stop sends
// the remaining spans, and is never nil. Failures to send are logged. A process has at most
// one.
func TracingFromEnv(ctx context.Context, version string, log *slog.Logger) (provider trace.TracerProvider, stop func(context.Context) error, err error) {
	stop = func(context.Context) error { return nil }
	on, err := tracingEnabled(os.Getenv)
	if err != nil || !on {
		return nil, stop, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces could not be sent", "error", err) }))
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, stop, fmt.Errorf("send traces: %w", err)
	}
	// The environment overrides these attributes.
	attributes, err := resource.New(ctx, resource.WithAttributes(semconv.ServiceName("chancery"), semconv.ServiceVersion(version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, stop, errors.Join(fmt.Errorf("read OTEL_RESOURCE_ATTRIBUTES: %w", err), exporter.Shutdown(ctx))
	}
	made := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(attributes))
	return made, made.Shutdown, nil
}

// tracingEnabled reports whether the environment configures traces. It fails if it asks for
// an exporter or a protocol that is not supported.
func tracingEnabled(get func(string) string) (bool, error) {
	endpoint := firstOf(get, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
	exporter := get("OTEL_TRACES_EXPORTER")
	if strings.EqualFold(get("OTEL_SDK_DISABLED"), "true") || exporter == "none" || endpoint == "" {
		return false, nil
	}
	if exporter != "" && exporter != "otlp" {
		return false, fmt.Errorf("OTEL_TRACES_EXPORTER: %s is not supported; use otlp", exporter)
	}
	if protocol := firstOf(get, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
		return false, fmt.Errorf("OTEL_EXPORTER_OTLP_PROTOCOL: %s is not supported; use http/protobuf", protocol)
	}
	at, err := url.Parse(endpoint)
	if err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https" {
		return false, errors.New("OTEL_EXPORTER_OTLP_ENDPOINT: not a URL such as http://localhost:4318")
	}
	return true, nil
}

func firstOf(get func(string) string, names ...string) string {
	for _, name := range names {
		if value := get(name); value != "" {
			return value
		}
	}
	return ""
}
