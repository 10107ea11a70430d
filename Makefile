# Everything that is done with Octavo's source.  `make help` tells what there is.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all setup build extract verify test check format bench fuzz kills reproduce schema rules lock clean help

BIN := .venv/bin
READY := .venv/ready

# An environment that was copied or moved along with its folder is made anew.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(CURDIR))
.PHONY: $(READY)
endif

all: build extract verify ## Set up, build the reference publication and its papers, and verify them (the default)

setup: $(READY) ## Make .venv with the locked packages, and see to the machine's libraries

$(READY): requirements.lock pyproject.toml scripts/setup src/octavo/adapters/machine.py
	@scripts/setup

build: $(READY) ## Build all editions of the reference publication into build/
	$(BIN)/python -m octavo build

extract: build ## Make the papers that the reference publication declares
	$(BIN)/python -m octavo extract

verify: extract ## Open editions and papers again and compare their notes with the plan
	$(BIN)/python -m octavo verify

test: $(READY) ## Run the whole test suite, the slow tests too
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

check: $(READY) ## Lint, formatting, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

format: $(READY) ## Format the source, and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) ## Run the measurements of benchmarks/
	@missed=0; for each in run engine lint data extracts; do \
		PATH="$(CURDIR)/$(BIN):$$PATH" benchmarks/$$each || missed=1; done; exit $$missed

fuzz: $(READY) ## Build 1,000 random publications and count their notes (OCTAVO_FUZZ_BOOKS=n for another number)
	@$(BIN)/python benchmarks/fuzz

kills: $(READY) ## End 500 builds with kill -9 at random moments, and look at what they left (about 15 minutes)
	$(BIN)/python scripts/kills

reproduce: $(READY) ## Build twice under other circumstances, and compare every byte
	$(BIN)/python scripts/reproduce

schema: $(READY) ## Write docs/publication.schema.json anew from the reader of publication.yaml
	$(BIN)/python -m octavo.read.schema > docs/publication.schema.json

rules: $(READY) ## Write docs/rules/ anew from the docstrings of the linter's rules
	$(BIN)/python -m octavo.lint.pages docs/rules

lock: ## Resolve the packages anew into requirements.lock (needs uv; UPGRADE=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "octavo: uv is missing; run: python3 -m pip install uv" >&2; exit 3; }
	uv pip compile pyproject.toml requirements.in --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command "make lock" --quiet $(UPGRADE) -o requirements.lock

clean: ## Remove the environment, the caches and all that was built
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find build -mindepth 1 ! -name .gitignore ! -name README.md -delete

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
