# Two commands do everything: `make run` and `make test`. Both are safe to repeat.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app portal.wsgi
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard portal/translations/*/LC_MESSAGES/messages.po))
export PORT

.PHONY: help run test check unit postgres browser tour bench evaluate messages plain clean

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/run.stamp $(CATALOGUES) ## Set everything up and serve the portal
	@$(FLASK) db upgrade
	@$(FLASK) seed-demo
	@$(FLASK) rebuild-index --missing || echo "Matching rests until that is mended; the rest works."
	@echo
	@echo "Bekwaam: http://127.0.0.1:$(PORT)    (stop with Ctrl+C)"
	@echo
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/honcho start

test: check unit postgres browser ## Run all checks and all tests

check: $(VENV)/dev.stamp $(CATALOGUES) ## Format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports

unit: $(VENV)/dev.stamp $(CATALOGUES) ## Tests of the engine, and of the portal on SQLite
	$(BIN)/pytest --ignore=tests/browser -n 2 --dist loadfile

postgres: $(VENV)/dev.stamp $(CATALOGUES) ## Tests of the portal on PostgreSQL
	TEST_DATABASE=postgres $(BIN)/pytest tests/portal tests/architecture -n 2 --dist loadfile

browser: $(VENV)/dev.stamp $(CATALOGUES) ## Every page and journey in a real Chromium
	$(BIN)/pytest tests/browser -rs -n 2 --dist worksteal

tour: $(VENV)/dev.stamp $(CATALOGUES) ## Take the pictures of docs/tour.md anew
	$(BIN)/python -m tests.browser.tour

bench: $(VENV)/dev.stamp $(CATALOGUES) ## Print how quick engine and pages are, against baselines
	$(BIN)/python -m matcher bench
	$(BIN)/python -m tests.bench people
	$(BIN)/python -m tests.bench paint

evaluate: $(VENV)/dev.stamp ## Print how good it is, against named baselines (EVALUATE="--half both")
	$(BIN)/python -m matcher evaluate $(EVALUATE)

messages: $(VENV)/dev.stamp ## Bring the catalogues up to date with the texts
	@mkdir -p var
	$(BIN)/pybabel -q extract -F babel.cfg -k _l -k _n -k lazy_gettext -k lazy_ngettext:1,2 \
		--project=Bekwaam --version=0 --no-location --sort-output --no-wrap -o var/messages.pot .
	$(BIN)/pybabel -q update -N --no-wrap --ignore-obsolete --ignore-pot-creation-date \
		-i var/messages.pot -d portal/translations

plain: $(VENV)/dev.stamp $(CATALOGUES) ## Print which texts are not plain (PLAIN=--all: the framework too)
	$(BIN)/python -m tests.plain $(PLAIN)

clean: ## Remove what was made, the database included
	rm -rf $(VENV) var portal/translations/*/LC_MESSAGES/*.mo

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

%.mo: %.po | $(VENV)/run.stamp
	$(BIN)/pybabel -q compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
