#!/bin/sh
# `make demo`: opens the window on a demonstration store; without a screen it runs the whole main
# job and leaves what it made in demo-output/.
set -eu
cd "$(dirname "$0")/.."
out=demo-output
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname)" = Darwin ]; then
    exec .venv/bin/python packaging/demo.py window --out $out
fi
echo "demo: there is no screen here; running the main job and writing to $out/"
QT_QPA_PLATFORM=offscreen exec .venv/bin/python packaging/demo.py files --out $out
