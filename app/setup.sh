# For app/run and tests/run: installs what is missing and builds. Source it, do not run it.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=$top/build/release/bin

fail() {
    echo "$*" >&2
    exit 1
}

# install_packages FILE...: installs the Debian packages listed there that are not installed yet.
install_packages() {
    local wanted missing=() name
    wanted=$(sed 's/#.*//' "$@")
    command -v dpkg-query >/dev/null || fail "Kith is built on Debian; this system has no dpkg. Install by hand:" $wanted
    for name in $wanted; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q ' installed$' || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "These packages are missing and only root can install them: ${missing[*]}"
        sudo=(sudo)
    fi
    echo "Installing ${#missing[@]} packages: ${missing[*]}" >&2
    local apt=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
    { "${apt[@]}" -q update && "${apt[@]}" -q install -y --no-install-recommends "${missing[@]}"; } >&2 ||
        fail "These packages could not be installed: ${missing[*]}. Check the network and /etc/apt, then try again."
}

# build [TARGET...]: configures build/release when needed, then builds.
build() {
    cmake --build "$top/build/release" --target "$@" >&2 || fail "The build failed; the lines above say where."
}
