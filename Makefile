# make run: environment, sample records, chat.   make test: environment, tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX ?= index
HOST ?= 127.0.0.1
PORT ?= 7860

.PHONY: run test ingest clean

run: $(VENV)/.installed
	$(BIN)/python -m ingest data/minutes --index $(INDEX)
	$(BIN)/python app.py --index $(INDEX) --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-test
	$(BIN)/python -m pytest -n auto --dist loadfile --max-worker-restart 0 $(ARGS)

ingest: $(VENV)/.installed
	$(BIN)/python -m ingest data/minutes --index $(INDEX)

# The stamps are newer than pyproject.toml when the environment holds what it asks for.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Minutebook needs Python 3.11 or newer; set PYTHON=...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
