# lifecircle. "make help" lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
ADDR    ?= 127.0.0.1:8080
CACHE   := $(CURDIR)/.cache
TOOLS   := $(CACHE)/tools
GOBUILD := CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)"

GOFUMPT     := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2

.PHONY: help demo test check bench build fmt web setup-test e2e fuzz

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: build ## run the main job on the built-in example and serve the map
	bin/lifecircle demo --addr $(ADDR)

build: web ## build bin/lifecircle, one static binary with the web page inside
	@echo "building bin/lifecircle ($(VERSION))"
	@$(GOBUILD) -o bin/lifecircle ./cmd/lifecircle

web: web/dist/index.html

web/dist/index.html: web/package-lock.json $(shell find web/src web/public web/index.html web/*.ts web/*.js -type f 2>/dev/null)
	@echo "building the web page"
	@cd web && npm ci --no-audit --no-fund --loglevel=error && npm run --silent build

test: setup-test build check ## install what the tests need, then pass all tests
	LIFECIRCLE_REQUIRE=all .ci/gotest -- ./...
	LIFECIRCLE_REQUIRE=all CGO_ENABLED=1 .ci/gotest -race -short -- ./geo/... ./coverage/... ./api/...
	cd web && npm run --silent check && npm run --silent test
	.ci/e2e

setup-test: ## install the servers and tools that the tests talk to (Debian packages)
	@.ci/setup

check: $(TOOLS)/gofumpt $(TOOLS)/staticcheck ## format, vet, staticcheck
	@unformatted=$$($(TOOLS)/gofumpt -l cmd geo coverage api data web/*.go); if [ -n "$$unformatted" ]; then echo "make fmt would change: $$unformatted"; exit 1; fi
	go vet ./...
	$(TOOLS)/staticcheck ./...

fmt: $(TOOLS)/gofumpt ## format the Go code
	$(TOOLS)/gofumpt -l -w cmd geo coverage api data web/*.go

bench: ## run the benchmarks (compare the ratios, not the milliseconds)
	go test -run '^$$' -bench . -benchmem ./geo/... ./coverage/... ./data/... ./api/... ./cmd/...

fuzz: ## fuzz every parser for FUZZTIME each (default 30s)
	@.ci/fuzz $${FUZZTIME:-30s}

$(TOOLS)/gofumpt:
	@echo "installing $(GOFUMPT)"; GOBIN=$(TOOLS) go install $(GOFUMPT)

$(TOOLS)/staticcheck:
	@echo "installing $(STATICCHECK)"; GOBIN=$(TOOLS) go install $(STATICCHECK)
