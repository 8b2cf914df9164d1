# make demo    installs what is missing, reads samples/ and writes out/demo
# make test    every check and test
# make bench   seconds and memory of each stage on the samples, beside Tesseract alone
# make others  the readers and viewers of other people open what we write; installs them, some minutes
#
# Everything of Python's goes to .venv; the Python of the system is not touched.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
READERS := $(VENV)/readers
OUT ?= out/demo
JOBS ?= 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test bench others install clean

help:
	@sed -n '1,6s/^# \{0,1\}//p' Makefile

# The second run of a target finds its stamps and begins at once.
$(VENV)/.system: .ci/system.sh
	@.ci/system.sh $(VENV)
	@touch $@

$(VENV)/.installed: pyproject.toml layout/__init__.py $(VENV)/.system
	@echo "installing newsreflow and what it needs into $(VENV) (a few minutes, once)"
	@$(BIN)/python -m pip install --quiet --use-pep517 -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --use-pep517 -e '.[dev]'
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

# Other people's programs open our files: the readers of kraken and OCR-D, pdf.js, Mirador in Chromium.
# What is not installed (node, Chromium, poppler) is skipped and named.
others: $(VENV)/.installed-dev
	@test -x $(READERS)/bin/python || python3 -m venv $(READERS)
	@$(READERS)/bin/python -m pip install --quiet ocrd pillow iso639-lang
	@$(READERS)/bin/python -m pip install --quiet --no-deps kraken
	@if command -v npm >/dev/null; then npm install --silent --no-fund --no-audit --no-package-lock --prefix tests/viewers; fi
	NEWSREFLOW_READERS_PYTHON=$(CURDIR)/$(READERS)/bin/python $(BIN)/python -m pytest -rs tests/export/test_other_readers.py \
		tests/export/test_viewers.py tests/export/test_pdf.py

clean:
	rm -rf $(VENV) out
