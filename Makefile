# Targets a person runs: up, deps, build, test, soak, bench, image-root. The README says what each is for.
SWIFT ?= swift
.PHONY: up deps build test soak bench image-root format

deps:
	@.ci/deps

build: deps
	$(SWIFT) build -c release --omit-frame-pointers

# Serves a sample app until it is interrupted.
up: build
	@echo "Try: curl http://127.0.0.1:3000/hello/world"
	@.build/release/virga up -f spin-manifests/hello

# Tests run as released code does: unoptimised, the official suites would take most of an hour. One
# build serves them all: `virga` too is the one beside the tests.
TEST_BUILD := -c release --omit-frame-pointers -Xswiftc -enable-testing --scratch-path .build-test
test soak: export VIRGA := $(CURDIR)/.build-test/release/virga

test: deps
	$(SWIFT) build --build-tests $(TEST_BUILD)
	$(SWIFT) test --skip-build $(TEST_BUILD)
	$(VIRGA) wast Tests/Differential/corpus/*.wast
	python3 Tests/MachineCode/check_loop.py
	python3 Tests/Differential/run.py --seconds 30
	python3 Tests/Differential/components.py --seconds 30
	python3 Tests/Differential/commands.py
	python3 Tests/Differential/component_invocations.py
	python3 Tests/Differential/wasi.py
	python3 Tests/FunctionHostTests/Scripts/request_soak.py $(VIRGA) ../shared/fixtures 20000
	deploy/test

# VIRGA_SOAK=1 lets the tests take their full lengths.
soak: build test
	VIRGA_SOAK=1 $(SWIFT) test --skip-build $(TEST_BUILD)
	python3 Tests/Differential/run.py --modules 20000
	python3 Tests/Differential/components.py --types 400
	python3 Tests/Differential/component_names.py
	python3 Tests/Fuzzing/fuzz.py
	python3 Tests/FunctionHostTests/Scripts/request_soak.py $(VIRGA) ../shared/fixtures
	VIRGA_SOAK=1 deploy/test kubernetes
	.ci/soak-sanitizers
	.ci/soak-front

bench: build
	python3 Tests/Benchmarks/bench.py
	python3 Tests/Benchmarks/component_calls.py
	python3 Tests/Benchmarks/serve.py
	python3 Tests/Benchmarks/up.py
	.ci/bench-front

# What the program needs where there is nothing else: see deploy/Containerfile.
image-root: build
	@deploy/make-image-root .build/release/virga .build/image-root

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests
