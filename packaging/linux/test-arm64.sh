#!/usr/bin/env bash
# Tries the programs in the package for arm64 on this machine, through an emulator: they say and print what those for amd64
# do. The window is not tried.
#
#   bash packaging/linux/test-arm64.sh PACKAGE-ARM64.deb PACKAGE-AMD64.deb
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh
source packaging/linux/programs.sh

(($# == 2)) || fail 'usage: bash packaging/linux/test-arm64.sh PACKAGE-ARM64.deb PACKAGE-AMD64.deb'
arm64=$1 amd64=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

missing_components() {
    command -v objdump >/dev/null || echo 'binutils: reads what the programs ask of a system'
    command -v qemu-aarch64-static >/dev/null || echo 'qemu-user-static: runs programs of arm64'
    [[ -e /usr/aarch64-linux-gnu/lib/libc.so.6 ]] || echo 'libc6-arm64-cross: their C library'
}

on_arm64() { qemu-aarch64-static -L /usr/aarch64-linux-gnu "$scratch/arm64/usr/bin/jiping-cli" "$@"; }
on_amd64() { "$scratch/amd64/usr/bin/jiping-cli" "$@"; }

# same ARGUMENT...: both programs end alike, say the same, and write the same file `out.pdf`, if any.
same() {
    local status=0 expected=0
    rm -f out.pdf on-amd64 on-arm64
    touch on-amd64 on-arm64
    on_amd64 "$@" >expected 2>&1 || expected=$?
    [[ ! -e out.pdf ]] || mv out.pdf on-amd64
    on_arm64 "$@" >said 2>&1 || status=$?
    [[ ! -e out.pdf ]] || mv out.pdf on-arm64
    ((status == expected)) || fail "jiping-cli $*: ends with $status on arm64, with $expected on amd64: $(<said)"
    cmp expected said || fail "jiping-cli $*: says something else on arm64"
    cmp on-amd64 on-arm64 || fail "jiping-cli $*: writes something else on arm64"
    echo "ok ($status): jiping-cli $*"
}

install_components
for package in arm64 amd64; do
    mkdir "$scratch/$package"
    dpkg-deb --extract "${!package}" "$scratch/$package"
done
check_programs "$scratch/arm64/usr/bin"
cp assets/samples/*.jiping "$scratch"
cd "$scratch"
export JIPING_DATA=$scratch/data SOURCE_DATE_EPOCH=0
for sample in *.jiping; do
    same check "$sample"
    same score "$sample"
    same show "$sample"
    same export "$sample" --to pdf -o out.pdf
done
