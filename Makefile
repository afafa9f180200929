# Every target sets up what it needs; CONTRIBUTING.md tells more.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
RUNNING := $(VENV)/.running
WORKING := $(VENV)/.working
SPARK = { command -v java >/dev/null || scripts/system-packages openjdk-17-jre-headless; } \
  && $(PIP) --require-hashes -r requirements/spark.txt || echo "Spark could not be installed." >&2
# It asks for an older OpenFisca and an older Arrow than ours: an environment of its own.
SURVEY_MANAGER = $(PYTHON) -m venv build/survey-manager \
  && build/survey-manager/bin/pip install --quiet --disable-pip-version-check --require-hashes \
  -r requirements/survey-manager.txt

.PHONY: help install run test lint format bench prove lock clean

help: ## Show the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

install: $(WORKING) ## Create .venv with everything that developing needs

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Vanzelf needs Python 3.11 or newer: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	  || { rm -rf $(VENV); scripts/system-packages python3-venv && $(PYTHON) -m venv $(VENV); }

$(RUNNING): requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Vanzelf runs on ..."
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(WORKING): requirements/dev.txt $(RUNNING)
	@echo "Installing what testing needs ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

run: $(RUNNING) ## The main job at work: an invented Ghent, a check over all of it, and the site
	@exec $(BIN)/vanzelf demo

test: $(WORKING) ## Pass the tests
	@scripts/browser-tools
	@scripts/card-tools
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(WORKING) ## Form, lint, types and layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(WORKING) ## Put the code in form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(WORKING) ## Measure speed: medians with their spread, and against others
	@$(PIP) --require-hashes -r requirements/bench.txt || echo "zen-engine and OpenFisca could not be installed." >&2
	@$(SPARK)
	@$(SURVEY_MANAGER) || echo "OpenFisca-Survey-Manager could not be installed." >&2
	@mkdir -p build/peers && cp tests/bench/peers/package.json tests/bench/peers/package-lock.json build/peers/
	@cd build/peers && npm ci --silent --no-audit --no-fund || echo "feelin could not be installed: it takes npm." >&2
	@$(BIN)/python -m tests.bench

prove: $(WORKING) ## The long proofs at full size; results go to docs/proofs
	@$(PIP) --require-hashes -r requirements/prove.txt || echo "atheris could not be installed." >&2
	@$(SPARK)
	@$(BIN)/python -m tests.prove

lock: $(WORKING) ## Pin the dependencies anew, with hashes and without addresses
	@for extra in run:--extra=build "dev:--extra=build --extra=dev" bench:--extra=bench \
	  prove:--extra=prove spark:--extra=spark card:--extra=card; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --universal --no-emit-index-url --no-header \
	    --python-version 3.11 pyproject.toml $${extra#*:} -o requirements/$${extra%%:*}.txt; done
	@$(BIN)/uv pip compile --quiet --generate-hashes --universal --no-emit-index-url --no-header \
	  --python-version 3.11 requirements/survey-manager.in -o requirements/survey-manager.txt

clean: ## Remove the environment and the demo's data
	@rm -rf $(VENV) .data build
