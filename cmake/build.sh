# SPDX-License-Identifier: Apache-2.0
# Sourced by run, test and bench: installs what packages.txt asks for and builds a preset.
# Everything here talks on standard error; standard output belongs to the results.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

fail() { # fail STATUS MESSAGE...
    local status=$1
    shift
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit "$status"
}

# install_packages WHO...: what is missing of the lines of packages.txt that begin with these words.
install_packages() {
    local words wanted missing sudo=()
    words="$(IFS='|' && echo "$*")"
    wanted="$(sed -nE "s/^($words): *//p" "$root/packages.txt" | tr -s ' ' '\n' | sort -u)"
    if ! command -v dpkg-query apt-get >/dev/null; then
        echo "This is not a Debian. It takes what these packages hold:" $wanted >&2
        return
    fi
    # shellcheck disable=SC2086  # one word, one package
    missing="$(comm -23 <(echo "$wanted") <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
        sed -n 's/^installed //p' | sort -u) | tr '\n' ' ')"
    [[ -n $missing ]] || return 0
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail 69 "these packages are missing, and only root can install them: apt-get install $missing"
        sudo=(sudo)
    fi
    echo "Installing: $missing" >&2
    # shellcheck disable=SC2086
    if ! { "${sudo[@]}" apt-get -q -o DPkg::Lock::Timeout=120 update &&
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 \
            install --no-install-recommends $missing; } >&2; then
        fail 69 "could not install: $missing(is there a network, and may you install packages?)"
    fi
}

# build PRESET [TARGET...]: configures and builds; without targets, everything.
build() {
    local preset=$1 folder="$root/build/release"
    shift
    (cd "$root" && cmake --preset "$preset" && cmake --build "$folder" ${*:+--target "$@"}) >&2 ||
        fail 70 "the build failed; what the compiler said is above"
}
