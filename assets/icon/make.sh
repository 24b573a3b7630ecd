#!/usr/bin/env bash
# Makes the pictures and .ico files of this folder from its drawings. jiping is the program, document a file of it; the
# drawings that end in -small are for 24 pixels and less.
#
#   apt-get install librsvg2-bin icoutils imagemagick
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

# put FILE: from the scratch folder into this one, or compares the two.
if [[ ${1:-} == --check ]]; then
    put() { cmp "$scratch/$1" "$1"; }
else
    put() { cp "$scratch/$1" "$1"; }
fi

for name in jiping document; do
    icon=()
    for size in "${sizes_of_linux[@]}" "${sizes_of_windows[@]}"; do draw "$name" "$size"; done
    for size in "${sizes_of_windows[@]}"; do
        # The large one stays compressed, as Windows has it since Vista.
        ((size < 256)) || icon+=(--raw)
        icon+=("$scratch/$name-$size.png")
    done
    icotool --create --output "$scratch/$name.ico" "${icon[@]}"
    for size in "${sizes_of_linux[@]}"; do put "$name-$size.png"; done
    put "$name.ico"
done

# NSIS takes no other kind of picture.
rsvg-convert installer.svg --output "$scratch/installer.png"
/usr/bin/convert "$scratch/installer.png" -colors 64 -type Palette -compress none "BMP3:$scratch/installer.bmp"
put installer.bmp
