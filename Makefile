# The words of the project. Everything works from a bare machine with Python 3.11.
PYTHON ?= python3
BIN := .venv/bin
RUN := DEBUG=$${DEBUG:-1} $(BIN)/python

.PHONY: setup demo test lint bench fuzz storm schema lock messages

setup: .venv/ready

.venv/ready: requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

demo: setup
	$(RUN) manage.py demo

test: setup
	$(RUN) -m pytest -n auto

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy requests_app/domain reporting/rules.py reporting/tables.py reporting/period.py reporting/grid.py reporting/layout.py reporting/matching.py reporting/repeats.py reporting/definitions.py reporting/placing.py reporting/completeness.py reporting/formats reporting/narrative reporting/pictures
	$(BIN)/lint-imports
	$(RUN) manage.py makemigrations --check --dry-run

messages: setup
	$(RUN) -m tools.messages

bench: setup
	$(RUN) -m benchmarks

# The API under a hundred thousand cases and more; prints how many.
fuzz: setup
	FUZZ_CASES=$${FUZZ_CASES:-100000} $(RUN) -m pytest -n auto tests/requests_app/api/test_fuzz.py

# Thirty-two clients repeat a thousand creates and hang up; needs DATABASE_URL (PostgreSQL).
storm: setup
	STORM_CLIENTS=32 STORM_CREATES=1000 $(RUN) -m pytest -n 0 tests/journeys/test_portals_at_once.py

schema: setup
	$(RUN) tools/schema.py

lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements-dev.in -o requirements-dev.txt
