# What the scripts of the project share; sourced in the project's folder.

fail() {
    echo "$*" >&2
    exit 1
}

# The second number of a Rust version: 95 for "1.95" and for "rustc 1.95.0 (…)".
minor_version() {
    [[ $1 =~ 1\.([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

needed_minor=$(minor_version "$(grep '^rust-version' Cargo.toml)")

# Whether the compiler at $1 is there and as new as Cargo.toml asks.
is_new_enough() {
    local version
    version=$("$1" --version 2>/dev/null) && (($(minor_version "$version") >= needed_minor))
}

# Whether the dynamic linker finds a library: the window loads its own when it opens.
has_library() {
    # Not through a pipe: grep would leave at the first hit, and the list end with a broken pipe now and then.
    [[ $(/sbin/ldconfig -p) == *"$1"* ]]
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        ((SECONDS < end)) || fail "waited in vain: $what"
        sleep 0.2
    done
}

# Installs what `missing_components` names, which the script defines: one line per component that the machine lacks, with the
# Debian packages and what they are for.
install_components() {
    local missing packages as_root=()
    missing=$(missing_components)
    [[ -n $missing ]] || return 0
    echo "missing:"
    echo "$missing"
    command -v apt-get >/dev/null ||
        fail "There is no apt-get here; install the components above (named as Debian's packages), then run again."
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail 'Installing them needs root or sudo.'
        as_root=(sudo)
    fi
    read -ra packages <<<"$(cut -d: -f1 <<<"$missing" | tr '\n' ' ')"
    # The compiler is in Debian's security suite; a fresh machine has no package lists yet.
    "${as_root[@]}" apt-get update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends "${packages[@]}"
    missing=$(missing_components)
    [[ -z $missing ]] || fail "Still missing after installing:"$'\n'"$missing"
}
