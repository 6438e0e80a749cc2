# Everything a developer or a new user types; needs only GNU make and Python 3.11 or newer.

BIN  := .venv/bin
# Modules are compiled when they are first used: to compile all that PyTorch brings takes longer than to install it.
PIP  := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
# One thread each: two test processes share the machine, and worker processes inherit it.
TEST := OMP_NUM_THREADS=1 QT_QPA_PLATFORM=offscreen $(BIN)/python
SHOTS ?= build/shots
DEMO  ?= $(SHOTS)/demo
# The first interpreter that is new enough; make run PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

unexport PYTHONDONTWRITEBYTECODE  # or each of a hundred worker processes would compile them anew

.PHONY: help run demo test soak bench shots clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' Makefile

run: .venv/.run-ready  ## install if needed, then open the window on the digits example
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here: running 'netwright demo' off screen instead."; \
		$(MAKE) --no-print-directory demo; \
	else \
		[ -e digits.netwright ] || $(BIN)/netwright new digits_cnn -o digits.netwright || exit; \
		exec $(BIN)/netwright digits.netwright; \
	fi

demo: .venv/.run-ready  ## run the demonstration off screen and name the pictures it wrote
	@mkdir -p $(DEMO)
	@QT_QPA_PLATFORM=offscreen $(BIN)/netwright demo --shots $(DEMO)
	@echo "Pictures:"; ls $(DEMO)/*.png

shots: demo  ## write pictures of the demonstration and of other drawings into build/shots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures $(SHOTS)

# Tests wait now and then, for a worker or a timer: the types are checked meanwhile.
test: .venv/.test-ready  ## lint, import contracts, tests, types
	@echo "== lint";             $(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	@echo "== import contracts"; $(BIN)/lint-imports --no-logo
	@echo "== tests, and types beside them"
	@nice -n 5 $(BIN)/mypy >.venv/types.txt 2>&1 & types=$$!; \
	$(TEST) -m pytest -q -n 2 --dist worksteal; tests=$$?; \
	wait $$types; types=$$?; echo "== types"; cat .venv/types.txt; [ $$tests -eq 0 ] && [ $$types -eq 0 ]

soak: .venv/.test-ready  ## the tests that take minutes
	@HYPOTHESIS_PROFILE=soak $(TEST) -m pytest -q -n 2 -m soak

bench: .venv/.test-ready  ## every benchmark, one JSON line each
	@for file in tests/benchmarks/[!_]*.py; do $(TEST) $$file || exit; done

clean:  ## remove the environment, caches and pictures (never a project file)
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find graphs builder widgets tests -name __pycache__ -prune -exec rm -rf {} +

# The stamps are as old as the last install: touching pyproject.toml or constraints.txt installs again, nothing else does.
.venv/.run-ready: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Netwright into .venv (the first time downloads PyTorch and Qt: some minutes)"
	@$(PIP) -e .
	@touch $@

.venv/.test-ready: pyproject.toml constraints.txt | .venv/bin/python
	@echo "Installing Netwright and what its tests need into .venv (the first time downloads PyTorch and Qt: some minutes)"
	@$(PIP) -e '.[dev]'
	@touch .venv/.run-ready $@

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Netwright needs Python 3.11 or newer, and none was found. Install one from" \
		"https://www.python.org/downloads/ or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
