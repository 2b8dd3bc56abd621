#!/bin/sh
# Resolves pyproject.toml into five locked sets, for Python 3.11 to 3.13, with hashes and without index addresses.
set -eu
cd "$(dirname "$0")/.."
compile() {
  uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
    --quiet pyproject.toml "$@"
}
compile --extra workbench --extra paper --extra dev --output-file requirements/dev.txt
compile --extra workbench --extra paper --constraints requirements/dev.txt --output-file requirements/workbench.txt
compile --constraints requirements/dev.txt --output-file requirements/service.txt
compile --extra paper --constraints requirements/dev.txt --output-file requirements/paper.txt
compile --extra workbench --extra paper --extra dev --extra bench --constraints requirements/dev.txt --output-file requirements/bench.txt
