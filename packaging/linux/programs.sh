# What every program in a package must keep; sourced after tests/shell.sh. Needs objdump, which reads other processors too.

# The oldest C library of the desktops that the packages are for.
glibc=2.28

# Whether version $1 is newer than $2.
is_newer() { [[ $1 != "$2" && $(printf '%s\n' "$1" "$2" | sort -V | tail -n 1) == "$1" ]]; }

# No symbol of a newer C library, and no library that old systems may lack or have in another version.
check_program() {
    local version newest=0 library
    while read -r version; do
        if is_newer "$version" "$newest"; then newest=$version; fi
    done < <(objdump -T "$1" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | sort -u)
    [[ $newest != 0 ]] || fail "$1: names no version of glibc"
    if is_newer "$newest" "$glibc"; then fail "$1: needs glibc $newest, newer than $glibc"; fi
    while read -r library; do
        case $library in
            libc.so.6 | libm.so.6 | libdl.so.2 | libpthread.so.0 | librt.so.1 | libutil.so.1 | ld-linux-*) ;;
            *) fail "$1: is linked against $library" ;;
        esac
    done < <(objdump -p "$1" | awk '$1 == "NEEDED" { print $2 }')
    echo "ok: $(basename "$1") runs with glibc $newest and newer"
}

# Both programs in a folder.
check_programs() {
    check_program "$1/jiping"
    check_program "$1/jiping-cli"
}
