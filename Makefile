# Short names for what CONTRIBUTING.md describes.
.PHONY: run test generate lint ci

run:
	go run .

test:
	go test ./...

generate:
	go generate ./graph/... ./web

lint:
	golangci-lint run

ci:
	.ci/run
