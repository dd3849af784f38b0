#!/bin/sh
# Starts the packed program: its command line answers, its window appears on a real X screen.
# Usage: packaging/smoke.sh PROGRAM   (leaves dist/window.png)
set -eu
program=$(readlink -f "$1")
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Nothing of this checkout may help: no environment, no data, no folder.
run() { env -i PATH=/usr/bin:/bin HOME="$folder" LANG=C.UTF-8 "$@"; }

echo "smoke: the command line"
printf 'demo\n' >"$folder/password"
run "$program" --help >/dev/null
run "$program" --data "$folder/data" --json demo --orders 300 >/dev/null
run "$program" --data "$folder/data" --user owner --password-file "$folder/password" --json status |
    .venv/bin/python -c 'import json, sys; print("smoke: status has", *json.load(sys.stdin))'

echo "smoke: a workbook, read by the program as its own child"
.venv/bin/python -c 'import sys; from tests.support.workbooks import book
sys.stdout.buffer.write(book())' >"$folder/sales.xlsx"
run "$program" --data "$folder/data" --user owner --password-file "$folder/password" --json \
    import auto --preview "$folder/sales.xlsx" | grep -q '"orders_added": 1'

echo "smoke: a photo, decoded by the program as its own child, and a report as a PDF"
.venv/bin/python -c 'import sys; from PIL import Image
Image.new("RGB", (900, 700), (200, 80, 40)).save(sys.argv[1])' "$folder/dish.png"
desk() {
    run "$program" --data "$folder/data" --user owner --password-file "$folder/password" "$@"
}
dish=$(desk --json menu list | .venv/bin/python -c '
import json, sys
print(next(row["id"] for row in json.load(sys.stdin)["rows"] if row["kind"] == "dish"))')
desk menu photo set "$dish" "$folder/dish.png" >/dev/null
desk menu photo save "$dish" "$folder/kept.jpg" >/dev/null
.venv/bin/python -c 'import sys; from PIL import Image
assert Image.open(sys.argv[1]).size == (640, 498)' "$folder/kept.jpg"
desk report z --out "$folder/z.pdf" >/dev/null
.venv/bin/python -c 'import sys; from pypdfium2 import PdfDocument
assert len(PdfDocument(sys.argv[1])) > 0' "$folder/z.pdf"

echo "smoke: the window"
number=97
while [ -e /tmp/.X11-unix/X$number ]; do number=$((number + 1)); done
Xvfb :$number -screen 0 1440x900x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
run DISPLAY=:$number QT_QPA_PLATFORM=xcb "$program" --data "$folder/data" open \
    >"$folder/said" 2>&1 &
window=$!
trap 'kill $window $screen 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir -p dist
if ! .venv/bin/python packaging/see_window.py :$number dist/window.png; then
    cat "$folder/said" >&2
    exit 1
fi
kill -0 $window || { cat "$folder/said" >&2; echo "smoke: the window closed by itself" >&2; exit 1; }
echo "smoke: the window is in dist/window.png"
