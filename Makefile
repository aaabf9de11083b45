# make run          set up CrisisDesk in .venv (first time only) and open the demo desk
# make test         every check there is, in its own .venv-test; pytest speaks last
# make bench        measure the speed of the desk: commands, screens, the review (six minutes)
# make shots        draw the pictures of the README and the guide anew, and every screen at three sizes in build/shots
# make constraints  choose the pinned versions anew, from pyproject.toml
# make clean        remove everything the targets above have made, except the pictures
#
# Another Python: make run PYTHON=/path/to/python3

SHELL = /bin/sh
.DEFAULT_GOAL := run
.PHONY: run test bench shots constraints clean install install-test

PYTHONS = python3.13 python3.12 python3.11 python3
ifdef PYTHON
PYTHONS = "$(PYTHON)"
endif

# Start-up is almost three times as slow without compiled files; foreign paths would mix installations.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
unexport PYTHONHOME

# An environment remembers its folder. Moved, or its Python gone: it is made anew.
stale = $(shell test -x $(1)/bin/python && test "`cat $(1)/.ready 2>/dev/null`" = "$(CURDIR)" || rm -f $(1)/.ready)
ignored := $(call stale,.venv)$(call stale,.venv-test)

# $(call set-up,folder,constraints): an environment with exactly the pinned packages, and CrisisDesk in it.
define set-up
@found=; bare=; \
for python in $(PYTHONS); do \
    "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
    if "$$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then found=$$python; break; fi; \
    bare=$${bare:-$$python}; \
done; \
if test -z "$$found" && test -n "$$bare"; then \
    echo "$$bare is here, but it cannot make a virtual environment." >&2; \
    echo "On Debian or Ubuntu:  sudo apt install python3-venv   Then try again." >&2; \
    exit 1; \
fi; \
if test -z "$$found"; then \
    echo "CrisisDesk needs Python 3.11 or newer, and none was found here." >&2; \
    echo "Install it from your system's packages or from python.org, then try again." >&2; \
    exit 1; \
fi; \
echo "Setting up $(1) with $$found (only this once, about a minute) ..."; \
"$$found" -m venv --clear $(1)
@$(1)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r $(2)
@$(1)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
@$(1)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > $(1)/.site
@$(1)/bin/python -m compileall -q "`cat $(1)/.site`" crisisdesk >/dev/null || true
@printf '%s\n' "$(CURDIR)" > $(1)/.ready
endef

run: install
	@.venv/bin/crisisdesk demo

test: install-test
	.venv-test/bin/ruff check
	.venv-test/bin/ruff format --check
	.venv-test/bin/mypy
	@.venv-test/bin/python -m pytest

bench: install
	@.venv/bin/python tests/bench.py
	@.venv/bin/python tests/bench_screens.py
	@.venv/bin/python tests/bench_review.py

shots: install
	@.venv/bin/python -m tests.shots build/shots

install: .venv/.ready
install-test: .venv-test/.ready

.venv/.ready: pyproject.toml constraints.txt
	$(call set-up,.venv,constraints.txt)

.venv-test/.ready: pyproject.toml constraints-test.txt
	$(call set-up,.venv-test,constraints-test.txt)

# The build backend is pinned with the rest, so that nothing unpinned is fetched to install CrisisDesk.
# Versions already chosen stay, unless told otherwise:
#   make constraints UPGRADE=--upgrade                      the newest of everything
#   make constraints UPGRADE="--upgrade-package textual"    the newest of one package
COMPILE = .constraints/bin/uv pip compile -q $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml .constraints/build.in

constraints: install
	@rm -rf .constraints && .venv/bin/python -m venv .constraints
	@.constraints/bin/python -m pip install -q --disable-pip-version-check uv
	@printf 'hatchling\n' > .constraints/build.in
	@cp constraints.txt constraints-test.txt .constraints
	@$(COMPILE) -o .constraints/constraints.txt >/dev/null
	@$(COMPILE) -o .constraints/constraints-test.txt --extra test -c .constraints/constraints.txt >/dev/null
	@for file in constraints constraints-test; do \
	    { sed -n '/^#/p' $$file.txt; sed '/^#/d' .constraints/$$file.txt; } > .constraints/new \
	    && mv .constraints/new $$file.txt || exit 1; \
	done
	@rm -rf .constraints

clean:
	rm -rf .venv .venv-test .constraints build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find crisisdesk tests -name __pycache__ -type d -prune -exec rm -rf {} +
