# Clopos Desk. `make help` lists what can be done; every target sets up what it needs, from nothing.
.POSIX:
.NOTPARALLEL:
.DEFAULT_GOAL := help
PY := .venv/bin/python
BIN := .venv/bin

help:       ## this list
	@sed -n 's/^\([a-z]*\): .*## /  make \1 |/p' Makefile | sed 's/ *|/\t/' | expand -t 18

demo: setup ## fill a store with a year of one restaurant and open it (without a screen: files in demo-output/)
	@packaging/demo.sh

test: setup-test lint ## everything that must be true before a commit
	@echo "== tests, cheap ones first; stops at the first failure"
	@$(PY) -m pytest -x -q $(PYTEST)

lint: setup ## format, lint, types, import rules
	@echo "== format and lint"
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet --no-cache .
	@echo "== types"
	@$(BIN)/mypy --no-error-summary
	@echo "== import rules"
	@$(BIN)/lint-imports --no-logo 2>&1 || { echo "the import rules are in pyproject.toml"; exit 1; }

bench:      ## the measurements in tests/benchmarks, as one JSON in build/benchmarks.json
	@packaging/setup.sh run test bench
	@mkdir -p build
	@$(PY) -m tests.benchmarks --out build/benchmarks.json

package:    ## a program folder and a .deb in dist/, started once to see that they work
	@packaging/setup.sh run package
	@packaging/build.sh
	@packaging/smoke.sh dist/clopos-desk/clopos-desk

setup:      ## system packages, .venv from the lock file, compiled catalogues
	@packaging/setup.sh run

setup-test:
	@packaging/setup.sh run test

lock: setup ## choose the versions anew and write requirements.lock
	@packaging/lock.sh

clean:      ## remove everything that was made here
	rm -rf .venv build dist demo-output *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find resources -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help demo test lint bench package setup setup-test lock clean
