#!/bin/sh
# The browser tests drive Debian's Chromium. Installs it where we may; says what is needed where we may not.
set -eu
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing Chromium for the browser tests"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
  exit 0
fi
echo "The browser tests need Chromium and it is not installed. Install it (Debian, Ubuntu: sudo apt-get install chromium)" >&2
echo "and run 'make test' again, or run everything else with 'make check'." >&2
exit 1
