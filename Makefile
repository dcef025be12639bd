# `make scan` shows cloudlint at work, `make test` runs the tests, `make lint` what CI asks beside
# them. Everything is installed into .venv; another interpreter: make PYTHON=python3.12 …

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := scan
.PHONY: scan test lint format clean

# The example project has findings, which are no failure here; an incomplete scan still is.
scan: $(VENV)/.installed
	@$(BIN)/cloudlint scan fixtures/storefront --fail-on never

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find linter policies tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.created:
	@.ci/check-python "$(PYTHON)"
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# The install is editable: only a change of pyproject.toml asks for another one.
$(VENV)/.installed: pyproject.toml $(VENV)/.created
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.created
	$(PIP) install --quiet --editable '.[dev]'
	@touch $(VENV)/.installed $@
