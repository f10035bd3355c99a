.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Extras stay in the pins: an older pip does not take `coverage==1` for an answer to `coverage[toml]`, and asks for the newest.
COMPILE := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-annotate --custom-compile-command "make lock" pyproject.toml

.PHONY: help setup test check demo pictures lock clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(VENV)/ready  ## the environment, in .venv

$(VENV)/ready: requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(PYTHON) is older than Python 3.11. Name a newer one: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

test: $(VENV)/ready  ## every test that this machine can run
	$(BIN)/python -m pytest -n 2

check: $(VENV)/ready  ## types and style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

demo: $(VENV)/ready  ## the story of one evening, on this machine
	$(BIN)/missing-bot demo

pictures: $(VENV)/ready  ## every screen in a picture: build/pictures/index.html (needs Chromium)
	$(BIN)/python scripts/take-pictures

lock:  ## requirements.txt and requirements-dev.txt anew from pyproject.toml, at the newest releases
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(COMPILE) --upgrade --extra dev --output-file requirements-dev.txt
	$(COMPILE) --constraint requirements-dev.txt --output-file requirements.txt

clean:
	rm -rf .venv build *.egg-info
