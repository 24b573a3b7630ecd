#!/usr/bin/env bash
# Builds the Debian package for desktops with glibc 2.28 or newer: UOS 20, Kylin V10, Debian 10 and what came after.
#
#   bash packaging/linux/build.sh            for amd64
#   bash packaging/linux/build.sh --arm64    for arm64; long, as it also compiles the standard library
#
# Ends with the package, its size and its checksum, in target/package/linux. The same sources give the same bytes.
# The programs lie unpacked in target/package/linux/amd64/usr/bin as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh
source packaging/linux/programs.sh

case "${1:-}" in
    '') architecture=amd64 target=x86_64-unknown-linux-gnu ;;
    --arm64) architecture=arm64 target=aarch64-unknown-linux-gnu ;;
    *)
        echo "usage: bash packaging/linux/build.sh [--arm64]" >&2
        exit 2
        ;;
esac

here=$PWD/packaging/linux
target_dir=${CARGO_TARGET_DIR:-$PWD/target}
output=$target_dir/package/linux
zig=$target_dir/package/zig
version=$(sed -n 's/^version = "\(.*\)"/\1/p;T;q' Cargo.toml)
# The time of everything in the package.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

# One line per component that the machine lacks: the Debian package and what it is for.
missing_components() {
    command -v cc >/dev/null || echo 'gcc libc6-dev: build scripts of libraries'
    command -v dpkg-deb >/dev/null || echo 'dpkg: makes the package'
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo 'python3-venv: a place for zig, which links against old systems'
    if [[ $architecture == arm64 ]]; then
        is_new_enough /usr/bin/rustc || echo 'rustc-web: a compiler that can build the standard library'
        is_new_enough /usr/bin/cargo || echo 'cargo-web: cargo of the same version'
        [[ -e $(/usr/bin/rustc --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.lock ]] ||
            echo 'rust-web-src: sources of the standard library'
    fi
}

# zig and cargo-zigbuild, of pinned versions, in a folder of their own.
prepare_zig() {
    if ! cmp -s "$here/requirements.txt" "$zig/requirements.txt"; then
        rm -rf "$zig"
        python3 -m venv "$zig"
        "$zig/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
        cp "$here/requirements.txt" "$zig/"
    fi
    export CARGO_ZIGBUILD_PYTHON_PATH=$zig/bin/python3 CARGO_ZIGBUILD_CACHE_DIR=$target_dir/package/zig-cache
}

build_programs() {
    local cargo_home=${CARGO_HOME:-$HOME/.cargo} folder options=()
    # No path of this machine stays in the programs.
    RUSTFLAGS="--remap-path-prefix=$PWD=/jiping"
    for folder in "$cargo_home"/registry/src/*/; do
        RUSTFLAGS+=" --remap-path-prefix=${folder%/}=/crates"
    done
    export RUSTFLAGS CARGO_PROFILE_RELEASE_STRIP=symbols
    if [[ $architecture == arm64 ]]; then
        # Debian's compiler, as rustup's may lack the target; /usr/bin first, so that no other cargo calls another rustc.
        PATH=/usr/bin:$PATH
        export PATH RUSTC_BOOTSTRAP=1
        RUSTFLAGS+=" --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=/rust"
        options=(-Zbuild-std=std,panic_unwind)
    fi
    "$zig/bin/cargo-zigbuild" zigbuild --release --locked --bins "${options[@]}" --target "$target.$glibc"
}

# place FILE PATH: a file of the package that everybody may read.
place() { install -D -m 644 "$1" "$root/usr/$2"; }

lay_out() {
    local built=$target_dir/$target/release icon size file
    rm -rf "$root"
    install -D -m 755 -t "$root/usr/bin" "$built/jiping" "$built/jiping-cli"
    place "$here/jiping.desktop" share/applications/jiping.desktop
    place "$here/jiping.xml" share/mime/packages/jiping.xml
    for icon in jiping:apps/jiping document:mimetypes/application-vnd.jiping+json; do
        for size in 16 24 32 48 64 128 256; do
            place "assets/icon/${icon%:*}-$size.png" "share/icons/hicolor/${size}x$size/${icon#*:}.png"
        done
        place "assets/icon/${icon%:*}.svg" "share/icons/hicolor/scalable/${icon#*:}.svg"
    done
    for file in assets/samples/*.jiping; do
        place "$file" "share/jiping/samples/$(basename "$file")"
    done
    place "$here/jiping.1" share/man/zh_CN/man1/jiping.1
    gzip -9n "$root/usr/share/man/zh_CN/man1/jiping.1"
    ln -s jiping.1.gz "$root/usr/share/man/zh_CN/man1/jiping-cli.1.gz"
    document
}

document() {
    local documents=$root/usr/share/doc/jiping
    place "$here/copyright" share/doc/jiping/copyright
    python3 packaging/licences.py "$target" | gzip -9n >"$documents/licences.txt.gz"
    gzip -9nc CHANGELOG.md >"$documents/NEWS.gz"
    gzip -9n >"$documents/changelog.gz" <<END
jiping ($version) unstable; urgency=medium

  * What changed for users stands in NEWS.gz.

 -- $maintainer  $(date -uRd "@$SOURCE_DATE_EPOCH")
END
}

maintainer='The Jiping developers <jiping@packages.invalid>'

describe() {
    mkdir "$root/DEBIAN"
    (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
    cat >"$root/DEBIAN/control" <<END
Package: jiping
Version: $version
Architecture: $architecture
Section: editors
Priority: optional
Maintainer: $maintainer
Installed-Size: $(du -k -s --apparent-size "$root/usr" | cut -f1)
Depends: libc6 (>= $glibc), libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon0, libxkbcommon-x11-0, libegl1 | libgl1 | libvulkan1
Recommends: cups-client, libgl1-mesa-dri, libvulkan1, libwayland-client0, libwayland-egl1, xdg-desktop-portal, xdg-utils
Description: 绩评 (Jiping)：填写、测算、校验和打印项目支出绩效自评表
 绩评帮助预算单位填写项目支出绩效自评表：按表样校验数字、权重、得分和文字，
 逐条指出问题、依据和改法，写明每个得分的测算过程，并按表样排成 A4 版面打印。
 不联网，表格和数据只在本机。
 .
 Jiping fills in, scores, checks and prints the self-evaluation forms of China's
 budget performance management (绩效自评表). It works without a network: a window
 program, jiping, and a program for the command line, jiping-cli.
END
}

pack() {
    local package=$output/jiping_${version}_$architecture.deb
    rm -f "$output"/jiping_*_"$architecture".deb
    find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
    find "$root" -type d -exec chmod 755 {} +
    # xz, as dpkg of UOS and Kylin knows no zstd; one thread, as more would split the data by the number of processors.
    dpkg-deb --root-owner-group -Zxz --threads-max=1 --build "$root" "$package" >/dev/null
    rm -r "$root/DEBIAN"
    stat --format '%n  %s bytes' "$root"/usr/bin/* "$package"
    (cd "$output" && sha256sum "$(basename "$package")")
}

install_components
cargo fetch --locked --quiet
prepare_zig
build_programs
root=$output/$architecture
umask 022
lay_out
describe
pack
