# Each line is a plain command; README.md lists them for people without make.
#   make book      build the book and say where to open it
#   make lab       open JupyterLab on the notebooks
#   make test      run every check
#   make execute   run all notebooks and write their outputs
#   make lock      renew the pinned versions in requirements.txt and tests/requirements.txt
#   make release SET=ps5 COHORT=cohorts/2026 OUT=handout     build the students' archives
#   make collect SET=ps5 COHORT=cohorts/2026 FROM=download.zip IN=submitted     sort what came back
#   make grade SET=ps5 COHORT=cohorts/2026 IN=submitted OUT=marked/ps5     mark it
#   make formgrader OUT=marked/ps5     open the page on which written answers are marked
#       More options of a command: OPTIONS="--due 2026-12-01T23:59"
#   make bench     measure how long marking takes, next to nbgrader alone
#   make clean     remove what the other commands made
# Another Python: make PYTHON=python3.13 book

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check -qq install --no-compile
COMPILE = $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true
# JupyterLab would ask its makers for news and new versions.
QUIET_LAB = $(BIN)/jupyter labextension disable --level=sys_prefix \
	@jupyterlab/apputils-extension:announcements >/dev/null 2>&1 || true
# JupyterLab asks root, as in a container, to say so.
AS_ROOT = $$(test "$$(id -u)" != 0 || echo --allow-root)
OFFLINE = { echo "The packages could not be installed: see the last line above. Most often the network is missing." >&2; exit 1; }
LOCK = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --no-strip-extras pyproject.toml

.PHONY: book lab test execute lock release collect grade formgrader bench clean

book: $(VENV)/.ready
	$(BIN)/jupyter-book build . -W -n --keep-going --quiet
	@echo "The book is built. Open _build/html/index.html in a browser."

lab: $(VENV)/.ready
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks $(AS_ROOT)

test: $(VENV)/.tests-ready
	$(BIN)/ruff check .
	$(BIN)/python -m pytest --nbval -n 2 --dist loadfile --no-loadscope-reorder

execute: $(VENV)/.tests-ready
	$(BIN)/python -m multipolarity.execute

release: $(VENV)/.grade-ready
	@$(call need,SET COHORT OUT)
	$(BIN)/multipolarity release $(SET) --cohort "$(COHORT)" --out "$(OUT)" $(OPTIONS)

collect: $(VENV)/.grade-ready
	@$(call need,SET COHORT FROM IN)
	$(BIN)/multipolarity collect $(SET) --cohort "$(COHORT)" --from "$(FROM)" --submitted "$(IN)" $(OPTIONS)

grade: $(VENV)/.grade-ready
	@$(call need,SET COHORT IN OUT)
	$(BIN)/multipolarity grade $(SET) --cohort "$(COHORT)" --submitted "$(IN)" --out "$(OUT)" $(OPTIONS)

formgrader: $(VENV)/.grade-ready
	@$(call need,OUT)
	cd "$(OUT)" && $(abspath $(BIN))/jupyter lab --LabApp.default_url=/formgrader/gradebook $(AS_ROOT) $(OPTIONS)

bench: $(VENV)/.tests-ready
	$(BIN)/python tests/bench_grading.py

lock: $(VENV)/.ready
	$(PIP) uv
	$(LOCK) --extra install --extra lab --extra book -o requirements.txt
	$(LOCK) --extra grade -c requirements.txt -o exercises/graded/requirements.txt
	$(LOCK) --extra test --extra grade --extra dask -c requirements.txt -c exercises/graded/requirements.txt \
		-o tests/requirements.txt

clean:
	rm -rf $(VENV) _build .pytest_cache .ruff_cache

# What a command cannot do without: $(call need,SET COHORT)
need = $(foreach name,$(1),$(if $($(name)),,echo "Say $(name)=...: see the first lines of Makefile." >&2; exit 1;)) true

# The environment. A stamp file says that it is complete, so a second run has nothing to do.
$(VENV)/.ready: requirements.txt pyproject.toml
	@$(CHECK_PYTHON)
	@echo "Installing what the course needs into $(VENV): once, one to three minutes."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements.txt || $(OFFLINE)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(COMPILE)
	@$(QUIET_LAB)
	@touch $@

$(VENV)/.grade-ready: $(VENV)/.ready exercises/graded/requirements.txt
	@$(PIP) --require-hashes -r exercises/graded/requirements.txt || $(OFFLINE)
	@$(COMPILE)
	@touch $@

$(VENV)/.tests-ready: $(VENV)/.ready tests/requirements.txt
	@$(PIP) --require-hashes -r tests/requirements.txt || $(OFFLINE)
	@$(COMPILE)
	@touch $@

define CHECK_PYTHON
command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found. Install Python 3.11, 3.12 or 3.13." >&2; exit 1; }; \
$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	{ echo "$$($(PYTHON) --version) is not supported. Choose 3.11, 3.12 or 3.13: make PYTHON=python3.12 book" >&2; exit 1; }; \
$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	{ echo "$(PYTHON) lacks the module venv. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
endef
