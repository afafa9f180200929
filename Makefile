# Every target sets up what it needs; see CONTRIBUTING.md.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help install run test lint format bench prove lock messages clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

install: $(STAMP) ## Create .venv with the pinned dependencies

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Vanzelf needs Python 3.11 or newer; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); scripts/system-packages python3-venv && $(PYTHON) -m venv $(VENV); }

$(STAMP): requirements/dev.txt pyproject.toml | $(BIN)/python
	@echo "Installing the pinned dependencies ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(STAMP) ## Show the main job at work: the invented city, a run, a check and the site
	@$(BIN)/vanzelf demo

test: $(STAMP) ## Pass the tests
	@scripts/browser-tools
	@$(BIN)/pytest -n 2 --dist loadgroup

lint: $(STAMP) ## Format, lint, types and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP) ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(STAMP) ## Measure speed, as medians with the spread
	@$(BIN)/python -m tests.bench

prove: $(STAMP) ## The long proofs at full size; results go to docs/proofs
	@$(BIN)/python -m tests.prove

lock: $(STAMP) ## Pin the dependencies anew, with hashes
	@$(BIN)/uv pip compile --quiet --generate-hashes --universal --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile --quiet --generate-hashes --universal --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

clean: ## Remove the environment and the demo's data
	@rm -rf $(VENV) .data
