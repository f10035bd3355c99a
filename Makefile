.DEFAULT_GOAL := help
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ROOMS := benchmarks bot cli config handlers sandbox scripts simulation workers $(shell grep -ls '^#!.*python' scripts/*)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Extras stay in the pins: an older pip does not take `coverage==1` for an answer to `coverage[toml]`, and asks for the newest.
COMPILE := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-annotate --custom-compile-command "make lock"

.PHONY: help setup test fuzz check simulate chaos benchmark mutants demo pictures lock clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(VENV)/ready  ## the environment, in .venv

$(VENV)/ready: requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(PYTHON) is older than Python 3.11. Name a newer one: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements-dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

# More at once than most machines have cores: many tests wait for a real process, or for Slack's own times.
test: $(VENV)/ready  ## every test that this machine can run
	$(BIN)/python -m pytest -n 3 --dist worksteal

fuzz: $(VENV)/ready  ## 100,000 wrong envelopes, others each time; prints how to see again what fails (FUZZ=20000 for fewer)
	FUZZ=$(or $(FUZZ),100000) $(BIN)/python -m pytest -n 0 -s tests/fuzz/test_envelopes.py

check: $(VENV)/ready  ## types, style, and what is weak in the code itself
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m bandit --quiet --configfile pyproject.toml --recursive $(ROOMS)

SEEDS ?= 1000
simulate: $(VENV)/ready  ## the product in virtual time under faults: SEEDS=10000, or SEED=7 for one and what broke it
	$(BIN)/python -m simulation $(if $(SEED),--seed $(SEED),--seeds $(SEEDS))

chaos: $(VENV)/ready  ## real processes killed, stopped, starved of disk: 600 breaches (CASES=60 ROUNDS=1 for fewer; PEERS=1 beside it)
	$(BIN)/python -m benchmarks.chaos --cases $(or $(CASES),600) --rounds $(or $(ROUNDS),6) $(if $(PEERS),--peers)

benchmark: $(VENV)/ready  ## every figure of docs/performance.md beside its peers: NAMES="acknowledged idle" for some, JSON=file
	$(BIN)/python -m benchmarks $(if $(JSON),--json $(JSON)) $(NAMES)

mutants: $(VENV)/ready  ## breaks the product in each way of tests/mutations, and says which test notices
	$(BIN)/python scripts/try-mutants

demo: $(VENV)/ready  ## the story of one evening, on this machine
	$(BIN)/missing-bot demo

pictures: $(VENV)/ready  ## every screen in a picture: build/pictures/index.html (needs Chromium)
	$(BIN)/python scripts/take-pictures

lock:  ## requirements*.txt anew from pyproject.toml, at the newest releases
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	$(COMPILE) --upgrade pyproject.toml --extra dev --output-file requirements-dev.txt
	$(COMPILE) pyproject.toml --constraint requirements-dev.txt --output-file requirements.txt
	$(COMPILE) --upgrade --group audit --output-file requirements-audit.txt

clean:
	rm -rf .venv build *.egg-info
