# Targets a person runs: deps, build, test, soak, bench. The README says what each is for.
SWIFT ?= swift
.PHONY: deps build test soak bench format

deps:
	@.ci/deps

build: deps
	$(SWIFT) build -c release --omit-frame-pointers

test: build
	$(SWIFT) test

soak: build
	.ci/soak-front

bench: build
	.ci/bench-front
