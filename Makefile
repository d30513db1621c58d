# Two commands matter: `make demo` (a whole case, nothing needed beforehand) and `make test`.
PY := .venv/bin/python
SRC := counter_app tests installer
# What the unit tests must reach of the layers that decide; measured within the run of all tests.
COVERAGE := $(foreach layer,domain flow services,--cov=counter_app.$(layer)) --cov-branch --cov-report=term:skip-covered --cov-fail-under=98

.PHONY: demo test run lint format setup setup-test lock bench fuzz clean

setup:
	@bash installer/setup.sh run

setup-test:
	@bash installer/setup.sh test

demo: setup
	@$(PY) -m counter_app demo --out demo-out

run: setup
	@$(PY) -m counter_app run --demo-data

test: setup-test lint
	@$(PY) -m coverage erase
	@$(PY) -m pytest -n 2 --dist loadfile --units-count $(COVERAGE)

lint:
	@.venv/bin/ruff check $(SRC)
	@.venv/bin/ruff format --check $(SRC)
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo

format:
	@.venv/bin/ruff check --fix-only $(SRC)
	@.venv/bin/ruff format $(SRC)

bench: setup-test
	@$(PY) -m tests.bench

fuzz: setup-test
	@$(PY) -m uv pip install --quiet --group fuzz
	@$(PY) -m tests.bench.guided_fuzz

lock:
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev --extra fanout pyproject.toml -o requirements.lock
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-deps assets.in -o assets.lock

clean:
	@rm -rf build demo-out counter_app/_resources counter_app/ui/generated .venv
