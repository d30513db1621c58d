#!/usr/bin/env bash
# Makes this machine ready, and does nothing where all is there already:
# Debian packages, .venv from the lock, built resources.
# Usage: installer/setup.sh [run|test]
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-run}
export UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy PIP_DISABLE_PIP_VERSION_CHECK=1

packages() {
    local lists=(installer/debian/run.txt)
    [ "$profile" = test ] && lists+=(installer/debian/test.txt)
    grep -hv '^#' "${lists[@]}"
}

missing_packages() {
    local name
    for name in $(packages); do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || echo "$name"
    done
}

install_packages() {
    command -v dpkg-query >/dev/null || return 0
    local missing
    missing=$(missing_packages | tr '\n' ' ')
    [ -z "${missing// /}" ] && return 0
    if [ "$(id -u)" != 0 ]; then
        echo "Some Debian packages are missing. Run this, then try again:"
        echo "  sudo apt-get install --no-install-recommends $missing"
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    # No service may start by itself on this machine because of us.
    local policy=/usr/sbin/policy-rc.d made=no
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && made=yes
    fi
    apt-get -o DPkg::Lock::Timeout=300 -qq update
    # shellcheck disable=SC2086
    apt-get -o DPkg::Lock::Timeout=300 -qq -y --no-install-recommends install $missing >/dev/null
    [ "$made" = yes ] && rm -f "$policy"
    return 0
}

stamp_of() { cat "$@" | sha256sum | cut -d' ' -f1; }

install_python() {
    local stamp=.venv/.lock-stamp want
    want=$(stamp_of requirements.lock pyproject.toml)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && return 0
    [ -x .venv/bin/python ] || python3 -m venv .venv
    .venv/bin/python -m pip --quiet install 'uv>=0.7'
    # The lock names every package but uv itself, which sync would otherwise remove.
    .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
    echo "$want" >"$stamp"
}

install_product() {
    [ -x .venv/bin/counter-app ] && [ .venv/bin/counter-app -nt pyproject.toml ] && return 0
    .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
    touch .venv/bin/counter-app
}

build_assets() {
    local stamp=.venv/.assets-stamp want
    want=$(stamp_of assets.lock)
    if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$want" ]; then
        rm -rf build/assets
        .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --no-deps --require-hashes \
            --target build/assets -r assets.lock
        echo "$want" >"$stamp"
    fi
    .venv/bin/python installer/build_assets.py
}

install_packages
mkdir -p build
install_python
build_assets
install_product
