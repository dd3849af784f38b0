#!/bin/sh
# Chooses the newest allowed version of every dependency and writes requirements.lock, with hashes,
# for every system and every Python from 3.11 on.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install -q --disable-pip-version-check uv
.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-header --python-version 3.11 --all-extras pyproject.toml \
    --output-file requirements.lock
echo "lock: requirements.lock is new; run make test, then commit it"
