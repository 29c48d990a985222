# Greenlight. `make help` lists what there is.
#
# The work is done by the small programs in scripts/; this file is their index.

export CARGO_TARGET_DIR ?= $(HOME)/.cache/greenlight/target
export GREENLIGHT_SITE ?= $(CARGO_TARGET_DIR)/site

# Settings for the program: make run ARGS='--addr 127.0.0.1:4000'.
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run build dev check test bench

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build what changed, then start; settings: make run ARGS='--help'
	@exec "$(CARGO_TARGET_DIR)/release/greenlight" $(ARGS)

build: ## the server and the site that it serves
	@python3 scripts/build.py

dev: ## as run, and again after every change
	@python3 scripts/dev.py $(ARGS)

check: ## the quick part of test: format, lints, and the tests that need no browser
	@python3 scripts/test.py --quick

test: ## everything, with its own set-up
	@python3 scripts/test.py

bench: build ## how fast, how small
	@python3 scripts/bench.py
