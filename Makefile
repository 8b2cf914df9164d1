# make demo    installs what is missing, reads samples/ and writes out/demo
# make test    every check and test
# make bench   seconds and memory of each stage on the samples, beside Tesseract alone
#
# Everything of Python's goes to .venv; the Python of the system is not touched.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
OUT ?= out/demo
JOBS ?= 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test bench install clean

help:
	@sed -n '1,5s/^# \{0,1\}//p' Makefile

# The second run of a target finds its stamps and begins at once.
$(VENV)/.system: .ci/system.sh
	@.ci/system.sh $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml layout/__init__.py $(VENV)/.system
	@echo "installing newsreflow and what it needs into $(VENV) (a few minutes, once)"
	@$(BIN)/python -m pip install --quiet -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet -e '.[dev]'
	@touch $@

install: $(VENV)/.installed

demo: $(VENV)/.installed
	@$(BIN)/newsreflow run samples -o $(OUT) --jobs $(JOBS)
	@echo
	@echo "Open $(OUT)/report.html, or any $(OUT)/<issue>/text.txt, tei.xml, mets.xml, alto/."

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile

bench: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) out
