# Every target makes .venv itself when it is missing or older than the requirements.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
.DEFAULT_GOAL := help

.PHONY: help demo console test check bench torture picture format requirements dist audit

help: ## show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements/development.txt pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/development.txt
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP) ## the whole control room on a throw-away folder, marked OEFENING
	@$(BIN)/meldkamer demo

console: $(STAMP) ## the operator's console on MELDKAMER_HOME
	@$(BIN)/meldkamer console

test: $(STAMP) ## the everyday test suite
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow"

check: $(STAMP) ## format, lint, types and import directions
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP) ## ratios against a floor measured in the same run
	$(BIN)/python -m benches

torture: $(STAMP) ## the long, seeded proofs, with their figures
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/torture.txt || \
		echo "NOT RUN: the coverage-guided fuzzer cannot be installed here (requirements/torture.txt)"
	$(BIN)/python -m pytest -m slow -s

picture: $(STAMP) ## draw docs/console.svg, the picture in the README
	@$(BIN)/python -m tests.picture

dist: $(STAMP) ## one archive for a site without internet, in dist/
	@$(BIN)/python -m console.release

audit: $(STAMP) ## ask for known weaknesses in what a site gets
	@$(BIN)/python -m console.release.audit

format: $(STAMP) ## rewrite the code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

requirements: $(STAMP) ## resolve the pinned, hashed requirement files again
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml -c requirements/constraints.txt $(COMPILE) -o requirements/runtime.txt
	$(BIN)/uv pip compile pyproject.toml requirements/development.in -c requirements/constraints.txt $(COMPILE) -o requirements/development.txt
	$(BIN)/uv pip compile requirements/torture.in -c requirements/constraints.txt $(COMPILE) -o requirements/torture.txt

COMPILE := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --quiet
