#!/usr/bin/env bash
# Installs the Debian package of amd64, tries what it brings, and removes it again.
#
#   bash packaging/linux/test-deb.sh PACKAGE.deb
#
# Needs root or sudo. Refuses where Jiping is installed already. The picture of the window lies beside the package.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh
source tests/window/screen.sh
source packaging/linux/programs.sh

package=$(realpath "${1:?usage: bash packaging/linux/test-deb.sh PACKAGE.deb}")
((EUID == 0)) || exec sudo --preserve-env env "PATH=$PATH" bash packaging/linux/test-deb.sh "$package"

type=application/vnd.jiping+json
scratch=$(mktemp -d)
installed=no
program_pid=

finish() {
    local status=$?
    [[ -z $program_pid ]] || kill -9 "$program_pid" 2>/dev/null || true
    [[ -z $screen_pid ]] || kill "$screen_pid" 2>/dev/null || true
    [[ $installed == no ]] || dpkg --purge jiping >/dev/null || true
    ((status == 0)) || echo 'FAILED: the Debian package' >&2
    rm -rf "$scratch"
}
trap finish EXIT

missing_components() {
    command -v objdump >/dev/null || echo 'binutils: reads what the programs ask of a system'
    command -v desktop-file-validate >/dev/null || echo 'desktop-file-utils: checks the entry of the menu'
    command -v update-mime-database >/dev/null || echo 'shared-mime-info: knows types of files'
    command -v xdg-mime >/dev/null || echo 'xdg-utils: says what opens a type'
    command -v gio >/dev/null || echo 'libglib2.0-bin: says what type a file is'
    command -v gtk-update-icon-cache >/dev/null || echo 'gtk-update-icon-cache: refreshes icons'
    [[ -d /usr/share/icons/hicolor/48x48/apps ]] || echo 'hicolor-icon-theme: folders of icons'
    command -v lintian >/dev/null || echo 'lintian: checks packages'
    window_components
}

type_of() { gio info --attributes standard::content-type "$1" | sed -n 's/.*standard::content-type: //p'; }

# What a person meets after installing: the command line, the type of files, the menu, icons.
check_desktop() {
    local sample=/usr/share/jiping/samples/shenzhen-2020-corrected.jiping status=0 answer file
    jiping-cli check "$sample" >"$scratch/output" || fail "jiping-cli check $sample: $(<"$scratch/output")"
    jiping-cli check "${sample/corrected/filed}" >"$scratch/output" || status=$?
    ((status == 1)) || fail "jiping-cli check ended with $status instead of 1"
    echo 'ok: the installed samples are checked'

    cp "$sample" "$scratch/甲单位.jiping"
    cp "$sample" "$scratch/nameless"
    echo '{}' >"$scratch/other.json"
    for file in 甲单位.jiping nameless; do
        [[ $(type_of "$scratch/$file") == "$type" ]] || fail "$file is taken for $(type_of "$scratch/$file")"
    done
    [[ $(type_of "$scratch/other.json") == application/json ]] || fail 'other JSON files are taken for ours'
    # Settings of whoever runs this may name another program.
    answer=$(XDG_CONFIG_HOME=$scratch XDG_DATA_HOME=$scratch XDG_CURRENT_DESKTOP='' xdg-mime query default "$type")
    [[ $answer == jiping.desktop ]] || fail "$type is opened by '$answer'"
    desktop-file-validate /usr/share/applications/jiping.desktop
    echo "ok: .jiping files are $type, opened by jiping.desktop"

    for file in apps/jiping mimetypes/application-vnd.jiping+json; do
        for size in 16x16 24x24 32x32 48x48 64x64 128x128 256x256; do
            answer=$(identify -format '%wx%h' "/usr/share/icons/hicolor/$size/$file.png")
            [[ $answer == "$size" ]] || fail "icon $file of $size has $answer"
        done
        [[ -s /usr/share/icons/hicolor/scalable/$file.svg ]] || fail "icon $file.svg is missing"
    done
    echo 'ok: icons of the program and of its files'
}

window_is_drawn() {
    (($(convert "$picture" -format %k info:) > 200))
}

check_window() {
    picture=${package%.deb}.png
    mkdir -m 700 "$scratch/run"
    screen
    env -u WAYLAND_DISPLAY XDG_RUNTIME_DIR="$scratch/run" JIPING_DATA="$scratch/data" \
        jiping "$scratch/甲单位.jiping" >"$scratch/output" 2>&1 &
    program_pid=$!
    wait_for 60 'a window' find_window
    [[ $(xdotool getwindowname "$window") == *甲单位*绩评* ]] ||
        fail "the window is called $(xdotool getwindowname "$window")"
    take_picture() { import -window root "$picture" && window_is_drawn; }
    wait_for 30 'a drawn window' take_picture
    kill "$program_pid"
    wait "$program_pid" 2>/dev/null || true
    program_pid=
    echo "ok: the window opens; picture: $picture"
}

if dpkg-query --show jiping >/dev/null 2>&1 || command -v jiping jiping-cli >/dev/null; then
    fail 'Jiping is installed on this machine; remove it before its package is tried.'
fi
install_components

# Names of two C libraries are in the messages of their Rust counterparts.
lintian --fail-on error --suppress-tags embedded-library "$package"
dpkg-deb --fsys-tarfile "$package" | tar -x -C "$scratch" ./usr/bin
check_programs "$scratch/usr/bin"

installed=yes
DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package" >"$scratch/output" 2>&1 ||
    fail "$(<"$scratch/output")"
echo "ok: $(dpkg-query --show jiping) is installed"
check_desktop
check_window

dpkg --purge jiping >/dev/null
installed=no
left=$(find /usr /etc /var/lib/dpkg/info -ipath '*jiping*' -print)
[[ -z $left ]] || fail "left behind:"$'\n'"$left"
if grep -qr jiping /usr/share/mime/packages /usr/share/mime/globs2 /usr/share/applications; then
    fail 'lists of types still name Jiping'
fi
echo 'ok: removed, with nothing left'
