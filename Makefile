# Each thing one does here, as one command. `make help` lists them.
# A target does what is missing and nothing more: the second time is quick.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BUILD := .build
PYTHON := $(VENV)/bin/python
FABRIQUE := $(VENV)/bin/fabrique
# Node comes from the system, or from PyPI into the virtual environment.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1

PIP := $(PYTHON) -m pip install --quiet --progress-bar off --use-pep517 --require-hashes
MODULES := frontend/node_modules/.package-lock.json
SOURCES := $(shell find frontend/src frontend/styles -type f 2>/dev/null)
CATALOG := src/fabrique/locale/en/LC_MESSAGES/django.po
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: help run build test quick check format messages clean

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ── Running ──────────────────────────────────────────────────────────────────────────────────

run: build ## Set everything up and serve the demonstration (HOST=… PORT=…)
	@$(FABRIQUE) prepare --demo
	@exec $(FABRIQUE) serve --host $(HOST) --port $(PORT)

build: $(VENV)/.installed $(BUILD)/frontend $(BUILD)/fonts $(BUILD)/catalogs ## Install and build, without serving

$(VENV)/bin/python:
	@sh tools/python.sh $(VENV)

$(VENV)/.installed: requirements/base.txt requirements/build.txt pyproject.toml | $(VENV)/bin/python
	@echo "Python : dépendances…"
	@$(PIP) -r requirements/base.txt -r requirements/build.txt
	@$(PYTHON) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@echo "Python : dépendances des essais…"
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(VENV)/.node: requirements/node.txt | $(VENV)/bin/python
	@sh tools/node.sh $(VENV)
	@touch $@

$(MODULES): frontend/package.json frontend/package-lock.json | $(VENV)/.node
	@echo "JavaScript : dépendances…"
	@cd frontend && npm ci --ignore-scripts --loglevel=error >/dev/null
	@touch $@

$(BUILD)/frontend: frontend/build.mjs $(SOURCES) $(MODULES)
	@cd frontend && node build.mjs
	@mkdir -p $(BUILD) && touch $@

$(BUILD)/fonts: src/fabrique/document/fonts.py $(MODULES) $(VENV)/.installed
	@$(PYTHON) -m fabrique.document.fonts --from frontend/node_modules
	@mkdir -p $(BUILD) && touch $@

$(BUILD)/catalogs: $(CATALOG) src/fabrique/kit/catalogs.py src/fabrique/document/typography.py $(VENV)/.installed
	@$(PYTHON) -m fabrique.kit.catalogs >/dev/null
	@mkdir -p $(BUILD) && touch $@

# ── Proving ──────────────────────────────────────────────────────────────────────────────────

.PHONY: build-dev system
build-dev: build $(VENV)/.installed-dev

system:
	@sh tools/system.sh

test: system build-dev ## Run the whole suite: both databases, browser, faults
	@$(PYTHON) tools/suite.py

quick: build-dev ## Run the quick tests (about a minute)
	@$(PYTHON) tools/suite.py quick

check: system build-dev ## Format, lint, types, layers, migrations, translations
	@sh tools/check.sh

format: $(VENV)/.installed-dev ## Format the Python code
	@$(VENV)/bin/ruff check --quiet --fix-only . && $(VENV)/bin/ruff format .

messages: $(VENV)/.installed-dev ## Gather the words of the screens into the English catalog
	@$(PYTHON) tools/messages.py update

$(BUILD)/vectors/.installed: requirements/vectors.txt | $(VENV)/.installed-dev
	@echo "Python : vecteurs de mots…"
	@$(PIP) --target $(BUILD)/vectors --upgrade -r requirements/vectors.txt
	@touch $@

bench-grouping: build-dev $(BUILD)/vectors/.installed
	@PYTHONPATH=$(BUILD)/vectors $(PYTHON) benchmarks/grouping.py $(ARGS)

# Nothing makes it: without this rule, `bench-%` would.
requirements/bench-coverage.txt: ;

$(BUILD)/coverage-peer/.installed: requirements/bench-coverage.txt
	@echo "Python : pair de la mesure…"
	@sh tools/python.sh $(BUILD)/coverage-peer
	@$(BUILD)/coverage-peer/bin/python -m pip install --quiet --progress-bar off --require-hashes -r $<
	@touch $@

bench-coverage: $(VENV)/.installed $(BUILD)/coverage-peer/.installed
	@$(PYTHON) benchmarks/coverage.py --peer $(BUILD)/coverage-peer/bin/python $(ARGS)

bench-%: build-dev ## Measure one of the figures we claim, as bench-live
	@$(PYTHON) benchmarks/$(subst -,_,$*).py $(ARGS)

clean: ## Remove what was built and installed (never an instance's data)
	@rm -rf $(VENV) $(BUILD) frontend/node_modules src/fabrique/kit/static/fabrique \
		src/fabrique/locale/fr .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find src/fabrique -name '*.mo' -delete
	@find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
