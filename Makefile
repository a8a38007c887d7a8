# Two commands do everything on a fresh machine with Python 3.11 or later: `make run` and `make test`.

VENV := .venv
BIN := $(VENV)/bin
DEMO := data/store/demo
PORT ?= 8501
DEFINITIONS := $(shell find config data/illustrative hscb_qa -name '*.yaml' -o -name '*.csv' -o -name '*.sql' -o -name '*.py')

.PHONY: run test check fix screenshots bench viewers killed fuzz clean

run: $(VENV)/.runs $(DEMO)/editions/current  ## Set up, load and publish the illustrative board, and open it on http://localhost:8501
	HSCB_QA_STORE=$(DEMO) $(BIN)/hscb-qa serve --port $(PORT)

test: $(VENV)/.tests check  ## Set up and run every test, browser tests included
	@tools/install_chromium.sh
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(VENV)/.tests  ## Lint, format, types and configuration
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/hscb-qa check

fix: $(VENV)/.tests  ## Mend what lint and format can mend by themselves
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

screenshots: $(VENV)/.tests $(DEMO)/editions/current  ## Every page as pictures, with one contact sheet: screenshots/index.html
	@tools/install_chromium.sh
	HSCB_QA_STORE=$(DEMO) $(BIN)/python tools/screenshots.py

bench: $(VENV)/.tests  ## Time the walk, as ratios within one run
	$(BIN)/python benchmarks/walk.py
	$(BIN)/python benchmarks/return_checks.py
	$(BIN)/python benchmarks/signals.py

viewers: $(VENV)/.tests $(DEMO)/editions/current  ## Many viewers at once, beside a plain Streamlit app and Dash; takes ten minutes
	$(BIN)/python benchmarks/viewers.py $(DEMO)

killed: $(VENV)/.tests  ## Kill 200 processes at random moments of submitting and publishing, and look at the store after each
	PYTHONPATH=tests $(BIN)/python benchmarks/killed.py

fuzz: $(VENV)/.tests  ## Submit 10,000 spoilt returns; takes some minutes
	$(BIN)/python benchmarks/mutated_returns.py

clean:  ## Remove the environment and the demonstration store
	rm -rf $(VENV) $(DEMO)

$(VENV)/.created:
	@python=$$(tools/find_python.sh) && $$python -m venv $(VENV)
	@touch $@

$(VENV)/.runs: $(VENV)/.created requirements.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -e .
	@touch $@

$(VENV)/.tests: $(VENV)/.runs requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(DEMO)/editions/current: $(DEFINITIONS) | $(VENV)/.runs
	rm -rf $(DEMO)
	HSCB_QA_STORE=$(DEMO) $(BIN)/hscb-qa demo
