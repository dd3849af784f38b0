#!/bin/sh
# Restores one file of one backup to a plain SQLite file with nothing but sh, age, zstd and dd.
#   sh reader.sh FOLDER SNAPSHOT FILE RECOVERY_KEY_FILE OUTPUT
# SNAPSHOT is DEVICE-NUMBER, FILE is ops, people or office. The output is NOT encrypted.
set -eu
[ $# -eq 5 ] || { echo "usage: sh reader.sh FOLDER SNAPSHOT FILE RECOVERY_KEY_FILE OUTPUT" >&2; exit 2; }
R=$1; D=${2%-*}; N=${2##*-}; FILE=$3; KEY=$4; OUT=$5; chain=""; id=""; pages=""
[ ! -e "$OUT" ] || { echo "$OUT exists already" >&2; exit 5; }
umask 077; T=$(mktemp -d); trap 'rm -rf "$T"' EXIT
manifest() { tr -d '\n' < "$R/d/$D/s/$(printf %08d "$1").json"; }
object() { printf '%s/d/%s/o/%.2s/%s.age' "$R" "$D" "$1" "$1"; }
opened() {
  o=$(object "$1"); echo "$1  $o" | sha256sum -c --quiet >&2; age -d -i "$T/id" "$o" | zstd -dcq; }
for k in "$R"/keys/*.age; do
  if age -d -i "$KEY" "$k" > "$T/id" 2> /dev/null; then id=$k; break; fi; done
[ -n "$id" ] || { echo "this recovery key does not open these backups" >&2; exit 7; }
last=$N
while :; do
  chain="$N $chain"; p=$(manifest "$N" | sed -n 's/.*"parent": *\([0-9]*\).*/\1/p')
  [ -n "$p" ] || break; N=$p; done
: > "$OUT"
for n in $chain; do
  manifest "$n" | tr '{' '\n' > "$T/m"
  # The first object is the private manifest, the others are packs.
  for o in $(sed -n 's/.*"name": *"\([0-9a-f]\{64\}\)".*"file": *"'"$FILE"'".*/\1/p' "$T/m"); do
    opened "$o" > "$T/x"; h=$(head -n 1 "$T/x"); i=0
    case $h in *'"closed": true'*) echo "$FILE was backed up without its key" >&2; exit 3;; esac
    tail -c +$((${#h} + 2)) "$T/x" > "$T/p"
    for r in $(echo "$h" | sed 's/.*"pages": *\[//; s/\]\].*//' | tr -d ' []' | tr ',' '\n' | paste -d: - -); do
      first=${r%%:*}; count=${r##*:}
      dd if="$T/p" of="$OUT" bs=4096 skip=$i seek=$((first - 1)) count="$count" conv=notrunc status=none
      i=$((i + count)); done; done
  if [ "$n" = "$last" ]; then
    private=$(sed -n 's/.*"name": *"\([0-9a-f]\{64\}\)".*"file": *"".*/\1/p' "$T/m")
    pages=$(opened "$private" | tr '{' '\n' | sed -n 's/.*"name": *"'"$FILE"'", *"db_pages": *\([0-9]*\).*/\1/p'); fi
done
[ -n "$pages" ] || { echo "$2 has no file $FILE" >&2; exit 4; }
truncate -s $((pages * 4096)) "$OUT"; echo "restored $((pages * 4096)) bytes to $OUT"
