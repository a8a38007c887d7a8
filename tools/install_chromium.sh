#!/bin/sh
# Have Debian's Chromium for the browser tests, where it can be installed. They are skipped, and say so, where it cannot.
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests."
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; } >/dev/null 2>&1 && exit 0
fi
echo "Chromium is not installed and cannot be installed here, so the browser tests are skipped. On Debian: sudo apt-get install chromium" >&2
