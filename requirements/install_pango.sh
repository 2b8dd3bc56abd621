#!/bin/sh
# Reports as PDF are drawn with Pango. Installs it where we may; says what is needed where we may not, and fails then
# only if asked to: `install_pango.sh required`.
set -eu
cd "$(dirname "$0")/.."
draws() { .venv/bin/python -c "import weasyprint" >/dev/null 2>&1; }
if draws; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Pango for reports as PDF"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 >/dev/null || true
  if draws; then exit 0; fi
fi
echo "Reports as PDF need WeasyPrint, which is not installed, or Pango, which it draws with: everything else works. Install" >&2
echo "it (Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)." >&2
if [ "${1:-}" = required ]; then
  echo "Then run 'make test' again, or run everything else with 'make check'." >&2
  exit 1
fi
