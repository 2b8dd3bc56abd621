# Two commands for a newcomer: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
# Real files in place of invented ones: make demo FILES=../shared/data
FILES ?=
WORK ?= $(if $(FILES),build/real,build/demo)
VENV := .venv
BIN := $(VENV)/bin
export OMP_NUM_THREADS = 1
export MLFLOW_DISABLE_TELEMETRY = true
export PORT

.PHONY: help demo test check bench notebooks docs lock clean browser paper
.DEFAULT_GOAL := help

help:  ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(VENV)/.workbench  ## invent an England, train on it, serve scores on 127.0.0.1:8000
	@./requirements/install_pango.sh
	$(BIN)/resilience demo --work $(WORK) --port $(PORT) $(if $(FILES),--files $(FILES))

test: $(VENV)/.dev browser paper  ## everything CI does
	$(MAKE) --no-print-directory lint
	$(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

check: $(VENV)/.dev lint  ## before every commit: lint, types, imports, fast tests
	$(BIN)/pytest -n 2 --dist loadscope -m "not slow and not browser and not paper"

.PHONY: lint
lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.bench  ## speed and memory beside their peers, one JSON line a goal
	$(BIN)/python -m benchmarks.run

notebooks: $(VENV)/.dev  ## bring scripts and notebooks into step, and run them
	$(BIN)/jupytext --sync notebooks/*.py
	$(BIN)/pytest tests/acceptance -k notebook

docs: $(VENV)/.dev  ## write the reference pages from the code
	$(BIN)/python -m docs.generate

lock: $(VENV)/.dev  ## resolve the requirements anew (needs uv)
	./requirements/lock.sh

clean:  ## remove everything that was built, the environment too
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.workbench: requirements/workbench.txt pyproject.toml | $(BIN)/python
	@test -e $(VENV)/.dev || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/workbench.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	@# without --no-deps pip would refuse what pyproject.toml overrides; the lock is complete
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.bench: requirements/bench.txt | $(VENV)/.dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

browser:
	@./tests/browser/install_chromium.sh

paper: $(VENV)/.dev
	@./requirements/install_pango.sh required
