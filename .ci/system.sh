#!/usr/bin/env bash
# Makes the virtual environment, and what the system must give: Tesseract with its language data, the two
# libraries that OpenCV links, OpenJPEG. With root or sudo it installs what is missing by apt-get; without, it says
# the line that does. Usage: .ci/system.sh VENV
set -euo pipefail

venv=$1
languages=(fas ara eng deu frk osd)
scripts=(Arabic:script-arab Fraktur:script-frak)

say() { printf '%s\n' "$*" >&2; }

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    say "No Python 3.11 or newer was found; install one, for example: sudo apt-get install -y python3.11 python3.11-venv"
    exit 3
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null || return 1
    sudo -n true 2>/dev/null || [ -t 0 ]
}

# Quiet where it works; where it does not, what apt-get said is shown.
install() {
    local told status=0
    say "installing: $*"
    told=$(as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" 2>&1 >/dev/null) || status=$?
    [ $status = 0 ] || say "$told"
    return $status
}

# All at once, which is quicker; one by one where that fails, so that one lost package costs only itself.
install_all() {
    local package
    install "$@" && return
    for package in "$@"; do
        install "$package" || say "$package cannot be installed here; going on without it"
    done
}

updated=
update_once() {
    if [ -z "$updated" ]; then
        as_root apt-get update -qq || say "apt-get update failed; going on with the package lists that are here"
        updated=yes
    fi
}

has_model() {
    local folders=(/usr/share /usr/local/share)
    [ -d "${TESSDATA_PREFIX:-}" ] && folders=("$TESSDATA_PREFIX")
    [ -n "$(find "${folders[@]}" -name "$1.traineddata" -print -quit 2>/dev/null)" ]
}
libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
has_library() { [[ $libraries == *"$1"* ]]; }

missing_packages() {
    command -v tesseract >/dev/null || echo tesseract-ocr
    local name
    for name in "${languages[@]}"; do
        has_model "$name" || echo "tesseract-ocr-$name"
    done
    for name in "${scripts[@]}"; do
        has_model "${name%%:*}" || echo "tesseract-ocr-${name##*:}"
    done
    has_library libGL.so.1 || echo libgl1
    has_library libopenjp2.so.7 || echo libopenjp2-7
    has_library libgthread-2.0.so.0 || echo libglib2.0-0
}

make_venv() {
    local python=$1 version
    [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && return
    rm -rf "$venv"
    if "$python" -m venv "$venv" >/dev/null 2>&1; then
        return
    fi
    rm -rf "$venv"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if may_install; then
        update_once
        install "python$version-venv" || install python3-venv
        "$python" -m venv "$venv"
    else
        say "Python cannot make virtual environments here; run: sudo apt-get install -y python$version-venv"
        exit 3
    fi
}

python=$(find_python)
make_venv "$python"

mapfile -t missing < <(missing_packages)
if [ ${#missing[@]} -gt 0 ]; then
    if may_install; then
        update_once
        install_all "${missing[@]}"
    else
        say "Some packages of the system are missing, and there is no root or sudo to install them; run:"
        say "    sudo apt-get install -y ${missing[*]}"
        say "Going on without them: pages that need them will fail and say so."
    fi
fi
