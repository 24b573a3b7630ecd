#!/usr/bin/env bash
# Builds the programs for Windows on Debian 12, packs them, and says what came out.
#
#   bash packaging/windows/build.sh                  compile and pack
#   bash packaging/windows/build.sh --pack-only      pack the programs that were compiled last
#
# Writes to target/package/windows. The same sources give the same bytes, wherever they lie, with the same compilers.
# JIPING_SIGN, if set, is a command that signs the file named behind it; see README.md here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh

pack_only=no
case "${1:-}" in
    '') ;;
    --pack-only) pack_only=yes ;;
    *)
        echo 'usage: bash packaging/windows/build.sh [--pack-only]' >&2
        exit 2
        ;;
esac

readonly target=x86_64-pc-windows-gnu
target_dir=${CARGO_TARGET_DIR:-$PWD/target}
built=$target_dir/windows/$target/delivery
out=$target_dir/package/windows
# Bytes that an artefact may have, 60 and 35 MB as Windows counts them: what a slow office line and a full disk C: still take.
readonly most_of_program=$((60 << 20)) most_of_installer=$((35 << 20))
scratch=$(mktemp -d)
step=start

finish() {
    local status=$?
    rm -rf "$scratch"
    if ((status != 0)); then
        printf '\nFAILED after %d s in: %s\n' "$SECONDS" "$step" >&2
    fi
}
trap finish EXIT

heading() {
    step=$1
    printf '\n== [%4d s] %s\n' "$SECONDS" "$step"
}

# One line per component that the machine lacks: the Debian package and what it is for.
missing_components() {
    command -v git >/dev/null || echo 'git: the time of the last commit'
    command -v cc >/dev/null || echo 'gcc libc6-dev: a linker for what runs while building'
    is_new_enough /usr/bin/rustc || echo "rustc-web: a compiler ≥ 1.$needed_minor that can build the Windows library"
    is_new_enough /usr/bin/cargo || echo 'cargo-web: cargo of the same version'
    [[ -e $(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.lock ]] ||
        echo 'rust-web-src: sources of the standard library'
    command -v x86_64-w64-mingw32-gcc-posix >/dev/null ||
        echo 'gcc-mingw-w64-x86-64-posix: linker, and compiler for the few lines of C and assembly below typst'
    command -v x86_64-w64-mingw32-windres >/dev/null || echo 'binutils-mingw-w64-x86-64: icon, version and manifest'
    command -v makensis >/dev/null || echo 'nsis: the installer'
    [[ -x /usr/bin/python3 ]] || echo 'python3: the archive and the list of licences'
}

# Nothing of this machine, this folder or this hour may get into the programs.
fix_environment() {
    if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then
        SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) ||
            fail 'These sources are no git repository: set SOURCE_DATE_EPOCH to their time, in seconds since 1970.'
    fi
    export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC
    # Debian's compiler, also where rustup's stands first; the switch lets it compile the standard library.
    export PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1
    unset RUSTFLAGS RUSTC RUSTC_WRAPPER CARGO_BUILD_RUSTFLAGS CARGO_BUILD_TARGET CFLAGS CXXFLAGS
    local flags=(
        "--remap-path-prefix=$PWD=/jiping"
        "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
        --remap-path-prefix=/usr/lib/rust-lib=/rust
        -Clink-arg=-Wl,--no-insert-timestamp
        -Clink-arg=-Wl,--strip-all
    )
    [[ $target_dir == "$PWD"/* ]] || flags+=("--remap-path-prefix=$target_dir=/jiping/target")
    CARGO_ENCODED_RUSTFLAGS=$(printf '%s\x1f' "${flags[@]}")
    export CARGO_ENCODED_RUSTFLAGS=${CARGO_ENCODED_RUSTFLAGS%$'\x1f'}
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc-posix
    export CC_x86_64_pc_windows_gnu=x86_64-w64-mingw32-gcc-posix
    export CFLAGS_x86_64_pc_windows_gnu="-ffile-prefix-map=${CARGO_HOME:-$HOME/.cargo}=/cargo"
}

compile() {
    /usr/bin/cargo build --locked --profile delivery --bins \
        -Zbuild-std=std,panic_unwind --target "$target" --target-dir "$target_dir/windows"
}

# sign FILE: if there is something to sign with.
sign() {
    [[ -z ${JIPING_SIGN:-} ]] || $JIPING_SIGN "$1"
}

# fill TEMPLATE: the text with the version, as 记事本 of every Windows shows it: with a byte order mark and CR LF.
fill() {
    printf '\xef\xbb\xbf'
    sed -e "s/@VERSION@/$version/g" -e 's/$/\r/' "$1"
}

# What both packages hold.
stage() {
    mkdir -p "$1/示例"
    cp "$out/jiping.exe" "$out/jiping-cli.exe" "$1/"
    cp assets/samples/*.jiping "$1/示例/"
    fill packaging/windows/使用说明.txt >"$1/使用说明.txt"
    cp "$scratch/licences.txt" "$1/"
    find "$1" -exec touch --date="@$SOURCE_DATE_EPOCH" {} +
}

portable_zip() {
    local folder=$scratch/portable/Jiping
    stage "$folder"
    fill packaging/windows/portable.txt >"$folder/portable.txt"
    rm -f "$1"
    /usr/bin/python3 packaging/windows/zip.py "$1" "$scratch/portable" "$SOURCE_DATE_EPOCH"
}

installer() {
    local folder=$scratch/installed numbers=${version%%-*}
    stage "$folder"
    local defines=(
        -DVERSION="$version" -DVERSION_NUMBERS="$numbers.0" -DSTAGE="$folder" -DICONS="$PWD/assets/icon" -DOUTPUT="$1"
    )
    [[ -z ${JIPING_SIGN:-} ]] || defines+=(-DSIGN="$JIPING_SIGN")
    makensis -V2 -WX -NOCD -INPUTCHARSET UTF8 "${defines[@]}" packaging/windows/installer.nsi
}

# at_most BYTES FILE
at_most() {
    local size
    size=$(stat -c %s "$2")
    ((size <= $1)) || fail "$2 has $size bytes, more than $1"
}

heading 'components'
install_components
fix_environment
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
echo "Jiping $version, $(/usr/bin/rustc --version), sources of $(date --date="@$SOURCE_DATE_EPOCH" '+%F %T')"

if [[ $pack_only == no ]]; then
    heading 'compile'
    compile
fi

heading 'pack'
mkdir -p "$out"
for program in jiping jiping-cli; do
    cp "$built/$program.exe" "$out/$program.exe"
    sign "$out/$program.exe"
done
/usr/bin/python3 packaging/licences.py "$target" \
    "Standard library of Rust=/usr/share/doc/rust-web-src/copyright" \
    "Runtime of mingw-w64=/usr/share/doc/mingw-w64-x86-64-dev/copyright" >"$scratch/licences.txt"
portable=jiping-$version-windows-x64-portable.zip
setup=jiping-$version-windows-x64-setup.exe
portable_zip "$out/$portable"
installer "$out/$setup"
artefacts=(jiping.exe jiping-cli.exe "$portable" "$setup")
(cd "$out" && sha256sum "${artefacts[@]}" >SHA256SUMS)
fill packaging/windows/致信息科.txt | sed -e "/@CHECKSUMS@/ { r $out/SHA256SUMS
d }" | sed -e 's/\r*$/\r/' >"$out/致信息科.txt"

heading 'sizes'
at_most "$most_of_program" "$out/jiping.exe"
at_most "$most_of_program" "$out/jiping-cli.exe"
at_most "$most_of_installer" "$out/$setup"

printf '\nArtefacts in %s\n' "$out"
for artefact in "${artefacts[@]}"; do
    printf '%12d bytes  %s\n' "$(stat -c %s "$out/$artefact")" "$artefact"
done
printf '\n'
cat "$out/SHA256SUMS"
[[ -n ${JIPING_SIGN:-} ]] || printf '\nNot signed: see packaging/windows/README.md.\n'
