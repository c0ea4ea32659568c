# Scripts to build, serve and test Convlens. `make` alone lists them.

# Everything is built with this toolchain and its SIMD experiment. The go
# command downloads it as a module, also where GOTOOLCHAIN=local is the
# machine's own setting: the environment counts for more.
export GOTOOLCHAIN := go1.27.4
export GOEXPERIMENT := simd

# On amd64 a goroutine that is preempted between two instructions comes back
# with the upper halves of its vector registers in use, and the mix of old and
# new vector instructions that Go 1.27 emits is then a hundred times slower. In
# WebAssembly nothing is preempted.
export GODEBUG := asyncpreemptoff=1

# For `make binary`: another system and processor than this machine's. The other
# programs must not hear of them.
unexport GOOS
unexport GOARCH

# For `make run`.
PORT ?= 8000
export PORT

# A folder with the four MNIST files, .gz or raw. Absolute, because go test
# runs in the folder of the package.
ifneq ($(MNIST_DIR),)
override MNIST_DIR := $(abspath $(MNIST_DIR))
export MNIST_DIR
endif

PROGRAMS := .cache/build
TOOLS := $(CURDIR)/.cache/bin

# Without paths and version control in the programs, the same source makes the
# same bytes, and so the same version of the site, everywhere.
COMPILE := go build -trimpath -buildvcs=false
WASM := GOOS=js GOARCH=wasm
# Tests in Chromium: TOOLS comes first for the browser's wrapper there.
IN_BROWSER := $(WASM) PATH="$(TOOLS):$$PATH" go test -exec "$(TOOLS)/wasm-test"

# Steps share the machine's cores and .cache, and their order is part of them.
.NOTPARALLEL:
.PHONY: help run site binary test test-quick docs bench imports clean
.PHONY: go programs browser format vet native generic wasm e2e

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: site ## build the site and serve it on this machine (PORT, default 8000)
	@exec $(PROGRAMS)/convlens serve

site: programs ## build the static site into web/dist (MNIST_DIR: folder with MNIST)
	@$(PROGRAMS)/convlens site -programs $(PROGRAMS)

binary: site ## one program with site and data in it, for a class without network (GOOS, GOARCH: for another machine)
	@name=$(PROGRAMS)/convlens-$$(env GOOS=$(GOOS) go env GOOS)-$$(env GOARCH=$(GOARCH) go env GOARCH)$$(env GOOS=$(GOOS) go env GOEXE); \
	env GOOS=$(GOOS) GOARCH=$(GOARCH) GOEXPERIMENT= $(COMPILE) -tags bundle -ldflags "-s -w" -o $$name ./web/convlens && \
	echo "The program is $$name."

test: format vet imports native generic wasm e2e docs ## all tests, in Chromium and Firefox too
	@echo "All tests passed."

test-quick: native ## native tests only

docs: site browser ## pages of Hugo and VitePress that embed Convlens
	@sh web/generators.sh .cache/docs
	PATH="$(TOOLS):$$PATH" go test -v -count=1 -tags e2e -run '^TestDocs' ./web

bench: site browser ## speeds in Chromium: the machine's ceiling, kernels, layers, runs
	$(WASM) $(COMPILE) -ldflags "-s -w" -o $(PROGRAMS)/bench.wasm ./wasm/bench
	PATH="$(TOOLS):$$PATH" go test -timeout 60m -tags e2e -run '^$$' -bench '^BenchmarkBrowser' -benchtime 1x ./web

imports: go ## check which package imports which
	go test -count=1 -run '^TestImports' ./web

clean: ## remove what was built (downloaded data stay in .cache/data)
	rm -rf $(PROGRAMS) $(TOOLS) web/dist

# Go switches toolchains from 1.21 on; an older one would report a syntax error
# in go.mod or an unknown experiment instead of its age.
go:
	@command -v go >/dev/null || { \
		echo "Go is not installed: https://go.dev/dl has it (1.21 or newer)." >&2; exit 1; }
	@minor=$$(GOTOOLCHAIN=local GOEXPERIMENT= go version | sed 's/.*go1\.\([0-9]*\).*/\1/'); \
	[ "$$minor" -ge 21 ] || { \
		echo "Go 1.$$minor is too old to fetch $(GOTOOLCHAIN): install Go 1.21 or newer from https://go.dev/dl." >&2; exit 1; }
	@GOEXPERIMENT= go version >/dev/null || { \
		echo "$(GOTOOLCHAIN) could not be downloaded from $$(GOTOOLCHAIN=local GOEXPERIMENT= go env GOPROXY)." >&2; exit 1; }
	@go version >/dev/null 2>&1 || { \
		echo "$$(GOTOOLCHAIN=local GOEXPERIMENT= go version) stumbles over GOEXPERIMENT=$(GOEXPERIMENT), as Go 1.24 does:" \
		"install Go 1.26 or newer from https://go.dev/dl." >&2; exit 1; }

# The site's program is nearly all that a first visit downloads. It is built
# twice: a browser without SIMD can't load one that contains any. Go's second
# JSON package would add 10% to it; nothing in it reads JSON often. The page's
# views are called a few times a second, and these packages of Go's library not
# often either, so that inlining would only make them larger. For goapp.mod see
# wasm/goapp.sh.
SELDOM := convlens/app convlens/nn/intake convlens/nn/lab convlens/nn/wire github.com/maxence-charriere/... encoding/json fmt image image/draw \
	image/gif net/url reflect regexp/... slices strings syscall/js time
SIZE := -ldflags "-s -w" $(SELDOM:%=-gcflags=%=-l)

programs: go
	@mkdir -p $(PROGRAMS)
	@sh wasm/goapp.sh .cache
	$(WASM) GOEXPERIMENT=simd,nojsonv2 $(COMPILE) $(SIZE) -modfile .cache/goapp.mod -o $(PROGRAMS)/app.wasm ./wasm
	$(WASM) GOEXPERIMENT=nojsonv2 $(COMPILE) $(SIZE) -modfile .cache/goapp.mod -o $(PROGRAMS)/app-generic.wasm ./wasm
	@cp -f "$$(go env GOROOT)/lib/wasm/wasm_exec.js" $(PROGRAMS)/
	$(COMPILE) -o $(PROGRAMS)/convlens ./web/convlens

browser: go
	@sh web/browser.sh "$(TOOLS)"
	@go build -o "$(TOOLS)/wasmbrowsertest" github.com/agnivade/wasmbrowsertest

format: go
	@unformatted=$$("$$(go env GOROOT)/bin/gofmt" -l app nn wasm web); \
	[ -z "$$unformatted" ] || { echo "not formatted with gofmt:" $$unformatted >&2; exit 1; }

vet: go
	go vet ./...
	go vet -tags e2e ./web/...
	$(WASM) go vet ./app/... ./nn/... ./wasm/...

native: go
	go test ./...

# The same tests as for those who have no SIMD experiment: with the machine's
# own Go, if it is one that go.mod accepts.
generic: go
	@minor=$$(GOTOOLCHAIN=local GOEXPERIMENT= go version | sed 's/.*go1\.\([0-9]*\).*/\1/'); \
	if [ "$$minor" -ge 26 ]; then \
		echo "GOTOOLCHAIN=local GOEXPERIMENT= go test ./...   (Go 1.$$minor)"; \
		GOTOOLCHAIN=local GOEXPERIMENT= go test ./...; \
	else \
		echo "GOEXPERIMENT= go test ./...   (the machine's own Go 1.$$minor is older than go.mod asks for)"; \
		GOEXPERIMENT= go test ./...; \
	fi

wasm: go browser
	$(IN_BROWSER) -count=1 ./nn/...

# The site in web/dist as a visitor gets it. With SHOTS=1 the tests take pictures on
# their way, into .cache/shots.
e2e: binary browser
	PATH="$(TOOLS):$$PATH" go test -v -count=1 -timeout 60m -tags e2e -run '^TestE2E' ./web
