# Targets a person runs: deps, build, test, soak, bench. The README says what each is for.
SWIFT ?= swift
.PHONY: deps build test soak bench format

deps:
	@.ci/deps

build: deps
	$(SWIFT) build -c release --omit-frame-pointers

test: build
	$(SWIFT) test
	python3 Tests/MachineCode/check_loop.py
	.build/release/virga wast Tests/Differential/corpus/*.wast
	python3 Tests/Differential/run.py --seconds 30

soak: build
	python3 Tests/Differential/run.py --modules 20000
	python3 Tests/Fuzzing/fuzz.py

bench: build
	python3 Tests/Benchmarks/bench.py
