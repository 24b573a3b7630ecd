#!/usr/bin/env bash
# Runs every check of the project, after installing what the checks need.
#
#   bash tests/run.sh          what every change must pass
#   bash tests/run.sh --full   also the long tests, more random cases, the benches, and the packages for Windows
#
# A check that cannot run fails; none is skipped. cargo test comes last, so its summary closes the output.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/shell.sh
source tests/window/screen.sh

full=no
case "${1:-}" in
    '') ;;
    --full) full=yes ;;
    *)
        echo "usage: bash tests/run.sh [--full]" >&2
        exit 2
        ;;
esac

target_dir=${CARGO_TARGET_DIR:-$PWD/target}
scratch=$(mktemp -d)
step='start'

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
    command -v cc >/dev/null || echo 'gcc libc6-dev: a linker for Rust'
    command -v git >/dev/null || echo 'git: the architecture test lists the files of the project'
    is_new_enough /usr/bin/rustc || echo "rustc-web: a compiler ≥ 1.$needed_minor that can build the Windows library"
    is_new_enough /usr/bin/cargo || echo 'cargo-web: cargo of the same version'
    [[ -e $(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.lock ]] ||
        echo 'rust-web-src: sources of the standard library, for the Windows check'
    command -v x86_64-w64-mingw32-dlltool >/dev/null ||
        echo 'binutils-mingw-w64-x86-64: import libraries, for the Windows check'
    command -v x86_64-w64-mingw32-gcc >/dev/null ||
        echo 'gcc-mingw-w64-x86-64-win32: a compiler for the few lines of C and assembly below typst, for the same'
    command -v pdftotext >/dev/null || echo 'poppler-utils: reads printed pages back'
    command -v qpdf >/dev/null || echo 'qpdf: checks the structure of PDF files'
    window_components
    [[ -e /usr/lib/libreoffice/program/libsclo.so ]] || echo 'libreoffice-calc: opens the workbooks that are written'
    [[ -e /usr/lib/libreoffice/program/libswlo.so ]] || echo 'libreoffice-writer: opens the Word documents that are written'
    /usr/bin/python3 -c 'import openpyxl' 2>/dev/null || echo 'python3-openpyxl: reads the workbooks back'
    /usr/bin/python3 -c 'import docx' 2>/dev/null || echo 'python3-docx: reads the Word documents back'
    [[ -e /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc ]] ||
        echo 'fonts-noto-cjk: Chinese fonts for LibreOffice'
}

prepare_rust() {
    command -v cargo >/dev/null || fail "cargo is missing: install Rust 1.$needed_minor or newer from https://rustup.rs"
    is_new_enough cargo || fail "$(cargo --version) is too old: this project needs 1.$needed_minor; try rustup update"
    local component
    for component in fmt:rustfmt clippy:clippy; do
        if ! cargo "${component%:*}" --version >/dev/null 2>&1; then
            command -v rustup >/dev/null || fail "cargo ${component%:*} is missing, and there is no rustup to add it"
            rustup component add "${component#*:}"
        fi
    done
    cargo fetch --locked
}

# Runs every command that README.md shows in a block marked sh, in a folder of its own beside links to assets/ and tests/.
# "退出码 N" in the comment behind a command is the exit code that it must end with; without, 0.
check_readme() {
    ln -s "$PWD/assets" "$PWD/tests" "$scratch/"
    local program=$packaged/jiping-cli line arguments expected status count=0
    while IFS= read -r line; do
        expected=0
        [[ $line =~ 退出码\ ?([0-9]+) ]] && expected=${BASH_REMATCH[1]}
        line=${line%%  #*}
        case $line in
            'bash tests/run.sh' | 'bash tests/run.sh --full' | 'cargo run --release') continue ;;
            'cargo run --release --bin jiping-cli -- '*) arguments=${line#*' -- '} ;;
            *) fail "README.md shows a command that this check does not know: $line" ;;
        esac
        status=0
        (cd "$scratch" && eval "\"\$program\" $arguments") </dev/null >"$scratch/.output" 2>&1 || status=$?
        if ((status != expected)); then
            cat "$scratch/.output" >&2
            fail "README.md: \"$line\" ended with $status instead of $expected"
        fi
        echo "ok ($status): $line"
        count=$((count + 1))
    done < <(awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on && NF && !/^#/' README.md)
    ((count > 0)) || fail 'README.md shows no command'
}

# Debian's compiler checks the Windows code; /usr/bin first, so that cargo does not pick rustup's rustc.
check_windows() {
    PATH=/usr/bin:$PATH RUSTC_BOOTSTRAP=1 /usr/bin/cargo check --locked \
        -Zbuild-std=std,panic_unwind --target x86_64-pc-windows-gnu \
        --target-dir "$target_dir/windows-check" --lib --bins --tests
}

heading 'components'
install_components
prepare_rust

heading 'format'
cargo fmt --check

heading 'clippy, warnings denied'
cargo clippy --locked --all-targets -- -D warnings

heading 'the core without default features'
cargo check --locked --no-default-features

heading 'documentation, warnings denied'
# Private items too, and links to them: the readers are maintainers.
RUSTDOCFLAGS='-D warnings -A rustdoc::private_intra_doc_links' cargo doc --locked --no-deps --document-private-items

heading 'type check for Windows'
check_windows

heading 'the Debian package'
# The release build: what the following checks try is what people install.
bash packaging/linux/build.sh
packaged=$target_dir/package/linux/amd64/usr/bin

heading 'commands of README.md'
check_readme

heading 'the window on a screen in memory'
bash tests/window/drive.sh "$packaged/jiping"

heading 'the Debian package, installed and removed'
bash packaging/linux/test-deb.sh "$target_dir"/package/linux/jiping_*_amd64.deb

heading 'printing'
bash tests/printing/cups.sh "$packaged/jiping-cli"

if [[ $full == yes ]]; then
    heading 'benches'
    cargo bench --locked

    heading 'packages for Windows'
    bash packaging/windows/build.sh
    bash packaging/windows/test-wine.sh "$packaged"

    export JIPING_LONG_TESTS=1 PROPTEST_CASES=${PROPTEST_CASES:-4096}
    heading "tests, the long ones and $PROPTEST_CASES random cases included"
else
    heading 'tests'
fi
cargo test --locked
