#!/usr/bin/env bash
# Takes the program off this machine: uninstall.sh [--keep-data] [DATA_FOLDER]
# Refuses while accepted cases wait for head office or receipts are owed, and while there are data,
# unless they are to stay (encrypted). `counter-app reset` erases them.
set -euo pipefail
cd "$(dirname "$0")/.."
program=.venv/bin/counter-app
keep=no
data=()
for word in "$@"; do
    if [ "$word" = --keep-data ]; then keep=yes; else data=(--data "$word"); fi
done

if [ ! -x "$program" ]; then
    echo "nothing is installed here" >&2
    exit 1
fi
if answer=$("$program" reset --check "${data[@]}" 2>&1); then
    if [ "$keep" = no ]; then
        echo "there are data: erase them by '$program reset', or keep them by --keep-data" >&2
        exit 1
    fi
elif [[ $answer != STORE_MISSING* ]]; then
    echo "$answer" >&2
    echo "not uninstalled" >&2
    exit 1
fi
rm -f "${XDG_CONFIG_HOME:-$HOME/.config}/autostart/counter-app-sender.desktop"
rm -f "${UDEV_RULES:-/etc/udev/rules.d}/70-counter-app.rules" 2>/dev/null || true
rm -rf .venv
echo "uninstalled"
