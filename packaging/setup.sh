#!/bin/sh
# Makes everything `make` needs, from nothing: system packages, .venv, compiled catalogues.
# Usage: packaging/setup.sh GROUP...   (groups are the lists in packaging/system-packages)
# A second run finds nothing to do and takes a fraction of a second.
set -eu
cd "$(dirname "$0")/.."
venv=.venv
lists=packaging/system-packages

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 2; }

# --- system packages -------------------------------------------------------------------------

wanted() {
    for group in "$@"; do
        sed -e 's/#.*//' -e 's/ //g' -e '/^$/d' "$lists/$group.txt"
    done | sort -u
}

# Prints the lines of which no alternative is installed.
missing() {
    installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package}\n' 2>/dev/null |
        sed -n 's/^installed://p' | tr '\n' ' ')"
    wanted "$@" | while read -r line; do
        for name in $(echo "$line" | tr '|' ' '); do
            case "$installed" in *" $name "*) continue 2 ;; esac
        done
        echo "$line"
    done
}

# Of "a|b", the first that this release has.
choose() {
    for line in $1; do
        first=${line%%|*}
        chosen=$first
        for name in $(echo "$line" | tr '|' ' '); do
            if apt-cache show "$name" >/dev/null 2>&1; then chosen=$name; break; fi
        done
        printf '%s ' "$chosen"
    done
}

system_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "this is not Debian or Ubuntu: install what $lists/*.txt names with your own tools"
        return
    fi
    lines=$(missing "$@")
    [ -n "$lines" ] || return 0
    if [ "$(id -u)" = 0 ]; then
        as_root=env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        as_root='sudo env'
    else
        # shellcheck disable=SC2086
        stop "these system packages are missing and you are not root. Run this, then make again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $(choose "$lines")"
    fi
    log=$(mktemp)
    say "installing system packages:" $(echo "$lines" | sed 's/|.*//')
    $as_root apt-get -q update >"$log" 2>&1 || { cat "$log" >&2; stop "apt-get update failed"; }
    # shellcheck disable=SC2046,SC2086
    $as_root DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
        $(choose "$lines") >"$log" 2>&1 || { cat "$log" >&2; stop "apt-get install failed"; }
    rm -f "$log"
}

# --- Python ----------------------------------------------------------------------------------

fits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3 /usr/bin/python3}; do
        if command -v "$name" >/dev/null && fits "$name"; then echo "$name"; return; fi
    done
    stop "Python 3.11 or newer (with its venv module) is needed and was not found. Install it, or \
name it: make PYTHON=/path/to/python3.12"
}

python_packages() {
    stamp=$venv/.made-from
    now=$(cat requirements.lock pyproject.toml packaging/setup.sh | cksum; pwd)
    [ -x $venv/bin/python ] && [ "$(cat $stamp 2>/dev/null)" = "$now" ] && return 0
    if [ ! -x $venv/bin/python ] || ! fits $venv/bin/python; then
        python=$(find_python)
        say "making $venv with $("$python" --version)"
        "$python" -m venv --clear $venv
    fi
    say "installing the locked Python packages into $venv (checked against their hashes)"
    $venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes \
        --only-binary :all: -r requirements.lock
    $venv/bin/python -m pip install -q --disable-pip-version-check --no-deps \
        --no-build-isolation -e .
    echo "$now" >$stamp
}

# --- catalogues ------------------------------------------------------------------------------

catalogues() {
    stamp=$venv/.catalogues
    if [ -e $stamp ] && [ -z "$(find resources/i18n packaging/i18n.py -newer $stamp 2>/dev/null)" ]
    then return; fi
    touch "$stamp.new"
    $venv/bin/python packaging/i18n.py compile
    mv "$stamp.new" $stamp
}

system_packages "$@"
python_packages
catalogues
