#!/usr/bin/env bash
# Makes the pictures and .ico files of this folder from its drawings. jiping is the program, document a file of it; the
# drawings that end in -small are for 24 pixels and less.
#
#   apt-get install librsvg2-bin icoutils
#
#   bash assets/icon/make.sh            make all, here
#   bash assets/icon/make.sh --check    make all elsewhere, compare with this folder byte for byte
#
# Debian 12's librsvg 2.54 and cairo 1.16 give the same bytes each time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# Linux desktops take these as they are. Windows wants all in one file, with those for 125, 150 and 250 % between them.
sizes_of_linux=(16 24 32 48 64 128 256)
sizes_of_windows=(16 20 24 32 40 48 64 256)
most_of_small=24

case "${1:-}" in
    '' | --check) ;;
    *)
        echo 'usage: bash assets/icon/make.sh [--check]' >&2
        exit 2
        ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# draw NAME SIZE: $scratch/NAME-SIZE.png
draw() {
    local drawing=$1.svg
    (($2 > most_of_small)) || drawing=$1-small.svg
    rsvg-convert --width "$2" --height "$2" "$drawing" --output "$scratch/$1-$2.png"
}

for name in jiping document; do
    icon=()
    for size in "${sizes_of_linux[@]}" "${sizes_of_windows[@]}"; do draw "$name" "$size"; done
    for size in "${sizes_of_windows[@]}"; do
        # The large one stays compressed, as Windows has it since Vista.
        ((size < 256)) || icon+=(--raw)
        icon+=("$scratch/$name-$size.png")
    done
    icotool --create --output "$scratch/$name.ico" "${icon[@]}"
    for made in "${sizes_of_linux[@]/%/.png}"; do
        made=$name-$made
        if [[ ${1:-} == --check ]]; then cmp "$scratch/$made" "$made"; else cp "$scratch/$made" "$made"; fi
    done
    if [[ ${1:-} == --check ]]; then cmp "$scratch/$name.ico" "$name.ico"; else cp "$scratch/$name.ico" "$name.ico"; fi
done
