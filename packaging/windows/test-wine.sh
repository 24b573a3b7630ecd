#!/usr/bin/env bash
# Tries what build.sh packed on Wine 8, on a screen in memory, with a Windows of its own in a scratch folder.
#
#   bash packaging/windows/test-wine.sh [FOLDER]
#
# FOLDER holds jiping and jiping-cli for Linux, to compare with; without, they are built. Pictures of each step lie in
# target/package/windows/pictures/ for people to look at. A check that cannot run fails; none is skipped.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh
project=$PWD

target_dir=${CARGO_TARGET_DIR:-$PWD/target}
package=$target_dir/package/windows
pictures=$package/pictures
scratch=$(mktemp -d)
passed=()
step=start
screen_pid=
holder_pid=
log=

# What is asked of the programs must not depend on who runs this.
unset WAYLAND_DISPLAY WAYLAND_SOCKET WGPU_BACKEND JIPING_RENDERER JIPING_FAULT JIPING_PROBE JIPING_DATA
# Desktop and start menu of this Windows lie below HOME. No windows that offer to download Mono or Gecko.
export HOME=$scratch/home WINEPREFIX=$scratch/wine WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
export XDG_RUNTIME_DIR=$scratch/run LC_ALL=C.UTF-8 TZ=UTC RUST_BACKTRACE=0
cargo_home=${CARGO_HOME:-$(getent passwd "$EUID" | cut -d: -f6)/.cargo}
rustup_home=${RUSTUP_HOME:-$(getent passwd "$EUID" | cut -d: -f6)/.rustup}
mkdir -p "$HOME" "$WINEPREFIX" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"

finish() {
    local status=$?
    if ((status != 0)); then
        echo "FAILED after $SECONDS s in: $step" >&2
        tail -n 30 "$scratch"/*.output ${log:+"$log"} >&2 2>/dev/null || true
        picture failed 2>/dev/null || true
    fi
    [[ -z $holder_pid ]] || kill "$holder_pid" 2>/dev/null || true
    # The server of our own Windows alone, and all that runs in it.
    wineserver -k 2>/dev/null || true
    [[ -z $screen_pid ]] || kill "$screen_pid" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT

heading() {
    step=$1
    printf '\n-- [%4d s] %s\n' "$SECONDS" "$step"
}

ok() {
    echo "ok $*"
    passed+=("$*")
}

# ---- components

missing_components() {
    command -v wine >/dev/null || echo 'wine wine64: Windows'
    command -v x86_64-w64-mingw32-objdump >/dev/null || echo 'binutils-mingw-w64-x86-64: looks into programs'
    command -v x86_64-w64-mingw32-gcc-posix >/dev/null || echo 'gcc-mingw-w64-x86-64-posix: two small helpers in C'
    command -v makensis >/dev/null || echo 'nsis: an installer of an older version'
    command -v wrestool >/dev/null || echo 'icoutils: reads icons and versions of programs'
    [[ -x /usr/bin/python3 ]] || echo 'python3: unpacks the archive'
    [[ -x /usr/sbin/cupsd ]] || echo 'cups-daemon: a printing service'
    [[ -x /usr/lib/cups/filter/pdftopdf ]] || echo 'cups-filters: what it does to pages'
    [[ -e /usr/lib/cups/backend/cups-pdf ]] || echo 'printer-driver-cups-pdf: a printer that prints into a file'
    command -v lpstat >/dev/null || echo 'cups-client: its commands'
    command -v gs >/dev/null || echo 'ghostscript: what that printer prints with'
    command -v pdftoppm >/dev/null || echo 'poppler-utils: looks at what was printed'
    command -v Xvfb >/dev/null || echo 'xvfb: a screen in memory'
    command -v xdotool >/dev/null || echo 'xdotool: keys for the window'
    command -v import >/dev/null || echo 'imagemagick: pictures of the window'
    has_library libvulkan.so.1 || echo 'libvulkan1: draws the window'
    compgen -G '/usr/share/vulkan/icd.d/lvp_icd*' >/dev/null ||
        echo 'mesa-vulkan-drivers: draws it without a graphics card'
    has_library libGL.so.1 || echo 'libgl1: draws it where there is no Vulkan'
    [[ -n $(find /usr/lib -name swrast_dri.so -print -quit) ]] ||
        echo 'libgl1-mesa-dri: the same without a graphics card'
    has_library libxkbcommon-x11.so.0 || echo 'libxkbcommon-x11-0: the keyboard of the window on Linux'
    has_library libXcursor.so.1 || echo 'libxcursor1: its pointer'
    has_library libXi.so.6 || echo 'libxi6: its mouse'
    has_library libXrandr.so.2 || echo 'libxrandr2: the size of its screen'
    has_library libX11-xcb.so.1 || echo 'libx11-xcb1: its connection to the screen'
}

heading 'components'
install_components
# Debian keeps the server out of the way of other versions of Wine.
command -v wineserver >/dev/null || wineserver() { /usr/lib/wine/wineserver64 "$@"; }
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
portable=$package/jiping-$version-windows-x64-portable.zip
setup=$package/jiping-$version-windows-x64-setup.exe
for artefact in "$package/jiping.exe" "$package/jiping-cli.exe" "$portable" "$setup"; do
    [[ -e $artefact ]] || fail "$artefact is missing: run bash packaging/windows/build.sh first"
done
(cd "$package" && sha256sum --check --quiet SHA256SUMS)
ok 'checksums of the artefacts'
if [[ -n ${1:-} ]]; then
    linux=$(realpath "$1")
else
    CARGO_HOME=$cargo_home RUSTUP_HOME=$rustup_home cargo build --release --locked --bins
    linux=$target_dir/release
fi

# ---- what the programs say of themselves, without running them

# imports PROGRAM: one "dll function" per line, the DLL in small letters.
imports() {
    x86_64-w64-mingw32-objdump --private-headers "$1" | awk '
        /DLL Name:/ { dll = tolower($3); on = 1; next }
        /vma:/ { next }
        NF == 0 { on = 0 }
        on && NF >= 3 && $1 ~ /^[0-9a-f]+$/ { print dll, $3 }' | sort -u
}

# exports DLL: the names that a DLL offers.
exports() {
    x86_64-w64-mingw32-objdump --private-headers "$1" |
        awk '/^\[Ordinal\/Name Pointer\] Table/ { on = 1; next } NF == 0 { on = 0 } on { print $NF }' | sort -u
}

# DLLs that the programs may ask for: all of them are parts of Windows 10 1809. Look there before a name is added here.
known_dlls='advapi32.dll bcrypt.dll bcryptprimitives.dll combase.dll comctl32.dll dwmapi.dll
    dwrite.dll dxgi.dll gdi32.dll imm32.dll kernel32.dll
    msvcrt.dll ntdll.dll ole32.dll oleaut32.dll opengl32.dll propsys.dll
    rpcrt4.dll setupapi.dll shell32.dll shlwapi.dll uiautomationcore.dll
    user32.dll userenv.dll uxtheme.dll winmm.dll winspool.drv ws2_32.dll
    api-ms-win-core-synch-l1-2-0.dll api-ms-win-core-winrt-error-l1-1-0.dll api-ms-win-core-winrt-l1-1-0.dll
    api-ms-win-core-winrt-string-l1-1-0.dll'
# Functions that came after it.
too_new='GetTempPath2A GetTempPath2W GetMachineTypeAttributes SetThreadSelectedCpuSetMasks CreateDirectory2W CreateFile3
    DeleteFile2W RemoveDirectory2W OpenFileMappingFromApp MapViewOfFile3FromApp VirtualAlloc2FromApp IsUserCetAvailableInEnvironment
    TryCreatePackageDependency AddPackageDependency GetPackageGraphRevisionId QueryProcessAffinityUpdateMode'

check_imports() {
    local program=$1 dll function wine_dll count=0
    declare -A exported=()
    while read -r dll function; do
        [[ " ${known_dlls//$'\n'/ } " == *" $dll "* ]] || fail "${program##*/} asks for $dll, which nobody has reviewed"
        [[ " ${too_new//$'\n'/ } " != *" $function "* ]] || fail "${program##*/} asks for $function: Windows 10 1809 lacks it"
        count=$((count + 1))
        # Wine 8 alone lacks this one; see processprng.c.
        [[ $dll != bcryptprimitives.dll ]] || continue
        if [[ -z ${exported[$dll]:-} ]]; then
            # Names of API sets stand for the DLL behind them.
            case $dll in
                api-ms-win-core-winrt-*) wine_dll=combase.dll ;;
                api-ms-win-core-*) wine_dll=kernelbase.dll ;;
                *) wine_dll=$dll ;;
            esac
            wine_dll=/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/$wine_dll
            [[ -e $wine_dll ]] || fail "${program##*/} asks for $dll, which Wine 8 lacks"
            exported[$dll]=" $(exports "$wine_dll" | tr '\n' ' ') "
        fi
        [[ ${exported[$dll]} == *" $function "* ]] || fail "${program##*/} asks for $function of $dll: Wine 8 lacks it"
    done < <(imports "$program")
    ((count > 50)) || fail "only $count imports found in $program"
    ok "${program##*/}: $count imported functions, all there on Windows 10 1809 and on Wine 8"
}

# resource PROGRAM TYPE: its bytes, as UTF-8 where they are UTF-16.
manifest() { wrestool --extract --raw --type=24 --name=1 "$1"; }
version_strings() { wrestool --extract --raw --type=16 --name=1 "$1" | iconv -f UTF-16LE -t UTF-8 -c | tr '\0' '\n'; }

check_headers() {
    local program=$1 subsystem=$2 icons=$3 description=$4 headers text
    headers=$(x86_64-w64-mingw32-objdump --private-headers "$program")
    grep -q "^Subsystem.*($subsystem)" <<<"$headers" || fail "${program##*/} is not of the subsystem $subsystem"
    text=$(manifest "$program")
    for word in PerMonitorV2 longPathAware '>UTF-8<' asInvoker 8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a Common-Controls; do
        [[ $text == *"$word"* ]] || fail "the manifest of ${program##*/} does not say $word"
    done
    text=$(version_strings "$program")
    for word in 绩评 "$description" "$version"; do
        grep -qxF -- "$word" <<<"$text" || fail "the version of ${program##*/} does not say $word"
    done
    [[ $(wrestool --list --type=14 "$program" | wc -l) == "$icons" ]] || fail "${program##*/} has not $icons icons"
    ! grep -aqF -e "$project" -e "$cargo_home" "$program" || fail "${program##*/} names a folder of this machine"
    ok "${program##*/}: $subsystem, $icons icon(s), version, manifest, no folder of this machine"
}

heading 'imports and headers'
check_imports "$package/jiping.exe"
check_imports "$package/jiping-cli.exe"
check_headers "$package/jiping.exe" 'Windows GUI' 2 '绩评：项目支出绩效自评表'
check_headers "$package/jiping-cli.exe" 'Windows CUI' 1 '绩评命令行：项目支出绩效自评表'

# ---- a Windows of our own

drive_c=$WINEPREFIX/drive_c
user_folder=$drive_c/users/$(id -un)
local_data=$user_folder/AppData/Local
installed=$local_data/Programs/Jiping
log=$local_data/Jiping/data/log/jiping.log
windows() { timeout 300 wine "$@"; }

screen() {
    Xvfb -displayfd 3 -noreset -nolisten tcp -screen 0 1400x900x24 3>"$scratch/display" 2>"$scratch/xvfb.output" &
    screen_pid=$!
    wait_for 20 'a screen' test -s "$scratch/display"
    DISPLAY=:$(<"$scratch/display")
    export DISPLAY
}

make_helpers() {
    local compiler=x86_64-w64-mingw32-gcc-posix
    # Beside the system's own DLLs of this Windows: programs lie in many folders here.
    $compiler -O2 -shared -s -o "$drive_c/windows/system32/bcryptprimitives.dll" \
        packaging/windows/wine/processprng.c -ladvapi32
    $compiler -O2 -municode -s -o "$drive_c/hold.exe" packaging/windows/wine/hold.c
}

# Chinese text in the installer and in messages of the system; the program brings its own fonts.
install_fonts() {
    mkdir -p "$drive_c/windows/Fonts"
    cp fonts/JipingSans-Regular.otf fonts/JipingSans-Bold.otf "$drive_c/windows/Fonts/"
    cat >"$scratch/fonts.reg" <<'REG'
REGEDIT4

[HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements]
"Microsoft YaHei UI"="Jiping Sans"
"Tahoma"="Jiping Sans"

[HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\FontSubstitutes]
"MS Shell Dlg"="Jiping Sans"
"MS Shell Dlg 2"="Jiping Sans"
REG
    windows regedit /S "$scratch/fonts.reg"
    # Fonts are read at its start.
    wineserver -k
    wineserver -w
}

heading 'a Windows in a scratch folder'
screen
windows wineboot --init >"$scratch/wineboot.output" 2>&1
status=0
windows "$setup" /S || status=$?
[[ $status == 3 && ! -e $installed ]] || fail "on Windows 7 the installer ended with $status"
ok 'the installer refuses Windows 7 with exit code 3 and writes nothing'
windows winecfg -v win10
install_fonts
make_helpers

# ---- the command line

documents="$drive_c/工作/绩效 自评"
mkdir -p "$documents" "$scratch/there"
cp assets/samples/*.jiping "$documents/"
cp assets/samples/*.jiping "$scratch/there/"
cli=$package/jiping-cli.exe

# on_windows ARGUMENT..., on_linux ARGUMENT...: run in the folder with the samples; output and exit code to compare.
on_windows() {
    local status=0
    (cd "$documents" && SOURCE_DATE_EPOCH=1605657600 windows "$cli" "$@") \
        </dev/null >"$scratch/windows.output" 2>"$scratch/windows-errors.output" || status=$?
    echo "exit code $status" >>"$scratch/windows.output"
}
on_linux() {
    local status=0
    (cd "$scratch/there" && SOURCE_DATE_EPOCH=1605657600 JIPING_DATA=$scratch/linux-data "$linux/jiping-cli" "$@") \
        </dev/null >"$scratch/linux.output" 2>"$scratch/linux-errors.output" || status=$?
    echo "exit code $status" >>"$scratch/linux.output"
}

same_output() {
    on_windows "$@"
    on_linux "$@"
    cmp "$scratch/windows.output" "$scratch/linux.output" || fail "another output on Windows: $*"
    cmp "$scratch/windows-errors.output" "$scratch/linux-errors.output" || fail "other errors on Windows: $*"
    ok "same output as on Linux ($(tail -n 1 "$scratch/linux.output")): $*"
}

# same_files NAME ARGUMENT...: the command writes the same bytes to NAME, or to several files numbered behind it.
same_files() {
    local name=$1 file written=()
    shift
    on_windows "$@" -o "$name"
    on_linux "$@" -o "$name"
    grep -qx 'exit code 0' "$scratch/windows.output" || fail "$(cat "$scratch"/windows*.output)"
    written=("$scratch/there/${name%.*}"*".${name##*.}")
    for file in "${written[@]}"; do
        cmp "$file" "$documents/${file##*/}" || fail "other bytes on Windows: $*"
    done
    ok "same bytes as on Linux in ${#written[@]} file(s): $* -o $name"
}

heading 'the command line'
for sample in shenzhen-2020-filed shenzhen-2020-corrected; do
    for command in check score; do
        same_output $command $sample.jiping
        same_output $command $sample.jiping --format json
    done
    same_output show $sample.jiping
    same_files "$sample 自评表.pdf" export $sample.jiping --to pdf
    same_files "$sample 审阅稿.pdf" export $sample.jiping --to pdf --review --charts
done
same_files '自评表.png' export shenzhen-2020-filed.jiping --to png --scale 150
same_output editions
same_output check 没有这个文件.jiping
same_output unknown

heading 'files of other programs'
# Each kind of reader; .xls, .ods and .pdf are read in a process of their own.
for form in v01-mof.xlsx v01-mof.docx v01-mof.pdf v06-review.xls v08-transfer-2023.ods v11-suzhou.csv; do
    cp "tests/exchange/forms/$form" "$documents/"
    cp "tests/exchange/forms/$form" "$scratch/there/"
    same_output import "$form"
    # As JSON the report holds ids, which are new each time.
    grep -qE '(自评表|目标)' "$scratch/linux.output" || fail "nothing recognised in $form"
done
head -c 3000 tests/exchange/forms/v06-review.xls >"$documents/坏表.xls"
cp "$documents/坏表.xls" "$scratch/there/"
same_output import 坏表.xls

heading 'paths'
# Longer than 260 characters as a whole; each name is one that people give.
long=$documents
for _ in $(seq 12); do long+=/关于报送二〇二〇年度项目支出绩效自评材料的通知及附件汇总; done
mkdir -p "$long"
cp assets/samples/shenzhen-2020-filed.jiping "$long/自评表.jiping"
long_on_windows=C:${long#"$drive_c"}
long_on_windows=${long_on_windows//\//\\}
((${#long_on_windows} > 260)) || fail 'not long enough'
on_windows check "$long_on_windows\\自评表.jiping" --format json
grep -qx 'exit code 1' "$scratch/windows.output" || fail "$(cat "$scratch"/windows*.output)"
on_windows export "$long_on_windows\\自评表.jiping" --to pdf -o "$long_on_windows\\自评表.pdf"
[[ $(head -c 5 "$long/自评表.pdf") == %PDF- ]] || fail "$(cat "$scratch"/windows*.output)"
ok "read and written below a path of ${#long_on_windows} characters"

# Names that are devices on Windows: a message or success, never a hang or a crash.
for name in CON.jiping nul.jiping aux.jiping com1.jiping NUL con; do
    on_windows check "$name"
    grep -qxE 'exit code (0|1|2)' "$scratch/windows.output" || fail "check $name: $(tail -n 1 "$scratch/windows.output")"
    [[ -s $scratch/windows-errors.output ]] || fail "check $name: not a word"
    grep -q panicked "$scratch/windows-errors.output" && fail "check $name: $(<"$scratch/windows-errors.output")"
    on_windows new "$name" --edition shenzhen-2020 --name 学会活动 --year 2020年
    grep -qxE 'exit code (0|2)' "$scratch/windows.output" || fail "new $name: $(tail -n 1 "$scratch/windows.output")"
    grep -q panicked "$scratch/windows-errors.output" && fail "new $name: $(<"$scratch/windows-errors.output")"
    on_windows export shenzhen-2020-filed.jiping --to pdf -o "${name%.jiping}.pdf"
    grep -qxE 'exit code (0|2)' "$scratch/windows.output" || fail "export to $name: $(tail -n 1 "$scratch/windows.output")"
    grep -q panicked "$scratch/windows-errors.output" && fail "export to $name: $(<"$scratch/windows-errors.output")"
    ok "reserved name $name: an answer in time"
done

# ---- the window

find_window() {
    window=$(xdotool search --onlyvisible --class "${class:-jiping.exe}" 2>/dev/null | tail -n 1)
    [[ -n $window ]]
}
no_window() { ! find_window; }

# How often a window came to stand: not those that a renderer opened before it failed.
windows_opened() { cat "$log" 2>/dev/null | grep -cF 'window opened' || true; }
has_opened() { (($(windows_opened) > opened_before)); }

# There is no window manager, so nobody else gives the window the keyboard.
focus() {
    wait_for 180 'a window that stays' has_opened
    wait_for 60 'a window' find_window
    wait_for 60 'a title' shows_title
    xdotool windowfocus --sync "$window"
    sleep 2
}

title() { xdotool getwindowname "$window" 2>/dev/null || true; }
shows_title() { [[ $(title) == *绩评* ]]; }
is_unsaved() { [[ $(title) == '● '* ]]; }
is_saved() { shows_title && ! is_unsaved; }
picture() { import -window root "$pictures/$1.png"; }
log_says() { grep -qF -- "$1" "$log"; }

# start PROGRAM [ARGUMENT...]: opens the window.
start() {
    windows_apart "$@"
    focus
}
windows_apart() {
    opened_before=$(windows_opened)
    timeout 1800 wine "$@" >"$scratch/window.output" 2>&1 &
}

# Asks the window to close, as the cross in its corner does.
close() {
    windows taskkill /im jiping.exe >/dev/null
    wait_for 30 'the window to close' no_window
    wait_for 30 'the end of the program' is_ended
}
kill_program() {
    windows taskkill /f /im jiping.exe >/dev/null
    wait_for 30 'the end of the program' is_ended
}
is_ended() { [[ $(windows tasklist 2>/dev/null) != *jiping.exe* ]]; }

# type_into_form TEXT: types into the first field of 基本信息 that takes the text.
type_into_form() {
    local _
    xdotool key --clearmodifiers ctrl+1
    sleep 1
    for _ in $(seq 60); do
        xdotool key --clearmodifiers Tab
        sleep 0.2
        xdotool type --clearmodifiers "$1"
        sleep 0.8
        if is_unsaved; then return; fi
    done
    fail 'no field took the text'
}

save() {
    xdotool key --clearmodifiers ctrl+s
    wait_for 60 'the end of saving' is_saved
}

# fresh NAME: a copy of the sample, known to both worlds.
fresh() {
    file=$documents/$1.jiping
    cp assets/samples/shenzhen-2020-filed.jiping "$file"
    file_on_windows="C:\\工作\\绩效 自评\\$1.jiping"
}

mkdir -p "$pictures"
rm -f "$pictures"/*.png

heading 'the portable program'
mkdir -p "$drive_c/U盘"
/usr/bin/python3 -m zipfile -e "$portable" "$drive_c/U盘"
here=$drive_c/U盘/Jiping
for name in jiping.exe jiping-cli.exe portable.txt 使用说明.txt licences.txt 示例/shenzhen-2020-filed.jiping; do
    [[ -s $here/$name ]] || fail "$name is missing in the archive"
done
ok 'the archive holds programs, marker, 使用说明.txt, licences and samples'
log=$here/data/log/jiping.log
fresh 便携
start "$here/jiping.exe" "$file_on_windows"
log_says 'window opened' || fail 'no log beside the program'
picture 1-portable
close
[[ -s $here/data/settings.json ]] || fail 'no settings beside the program'
[[ ! -e $local_data/Jiping ]] || fail 'the portable program wrote into the folders of the user'
ok 'the portable program keeps settings and log beside it, and nothing elsewhere'
log=$local_data/Jiping/data/log/jiping.log

heading 'the installer'
registry() { windows reg query "$@" 2>/dev/null || true; }
# registry_says TEXT KEY...: not through a pipe, which grep would leave before its end.
registry_says() {
    local text
    text=$(registry "${@:2}")
    [[ $text == *"$1"* ]]
}
# What Wine says of a key that is not there goes where its values would.
is_unknown() { ! windows reg query "$1" >/dev/null 2>&1; }
classes='HKCU\Software\Classes'
windows reg add "$classes\\.jiping" /ve /d Other.Program /f >/dev/null

# An older version: the same programs, with another number.
older=$scratch/older.exe
mkdir -p "$scratch/stage/示例"
cp "$package/jiping.exe" "$package/jiping-cli.exe" "$here/使用说明.txt" "$here/licences.txt" "$scratch/stage/"
cp assets/samples/*.jiping "$scratch/stage/示例/"
makensis -V1 -WX -NOCD -INPUTCHARSET UTF8 -DQUICK -DVERSION=0.0.1 -DVERSION_NUMBERS=0.0.1.0 -DSTAGE="$scratch/stage" \
    -DICONS="$PWD/assets/icon" -DOUTPUT="$older" packaging/windows/installer.nsi

uninstalling='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Jiping'
is_version() { registry_says "    $1" "$uninstalling" /v DisplayVersion; }
check_installed() {
    local name
    for name in jiping.exe jiping-cli.exe; do cmp "$package/$name" "$installed/$name"; done
    for name in uninstall.exe 使用说明.txt licences.txt 示例/shenzhen-2020-corrected.jiping; do
        [[ -s $installed/$name ]] || fail "$name is not installed"
    done
    compgen -G "$installed/*.new" >/dev/null && fail 'half a program is left'
    [[ -e "$user_folder/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/绩评.lnk" ]] || fail 'not in the start menu'
    is_version "$1" || fail "version $1 is not in the list of programs"
}

height() { [[ $(xdotool getwindowgeometry "$1" 2>/dev/null) =~ x([0-9]+)$ ]] && echo "${BASH_REMATCH[1]}"; }
# press WINDOW-CLASS KEY...: in the window of a program, or in the message in front of it, which is less high.
press() {
    local candidate
    class=$1 wait_for 30 "a window of $1" find_window
    for candidate in $(xdotool search --onlyvisible --class "$1"); do
        if (($(height "$candidate") < $(height "$window"))); then window=$candidate; fi
    done
    xdotool windowfocus --sync "$window"
    shift
    xdotool key "$@"
    sleep 2
}
windows_apart "$older"
# Before its first page it checks itself, in a small window.
first_page() { find_window && (($(height "$window") > 300)); }
class=older.exe wait_for 120 'the installer' first_page
sleep 2
picture installer-1-welcome
press older.exe Return
picture installer-2-choices
press older.exe Return
picture installer-3-folder
press older.exe Return
wait_for 120 'the end of the installation' is_version 0.0.1
sleep 2
picture installer-4-done
# Not now: the box 打开绩评 has the keyboard.
press older.exe space Return
class=older.exe wait_for 30 'the end of the installer' no_window
check_installed 0.0.1
ok 'installed by pressing Enter: programs, start menu, list of programs'
windows "$older" /S
check_installed 0.0.1
ok 'installed over the same version without a question'
[[ -e "$HOME/Desktop/绩评.lnk" || -e "$user_folder/Desktop/绩评.lnk" ]] || fail 'nothing on the desktop'
registry_says Jiping.Document "$classes\\.jiping" /ve || fail '.jiping is not ours'
registry_says Other.Program "$classes\\.jiping" /v Before.Jiping || fail 'who had .jiping before is forgotten'
registry_says Jiping.Document "$classes\\.jiping\\OpenWithProgids" || fail 'not among those that open .jiping'
registry_says 'jiping.exe" "%1"' "$classes\\Jiping.Document\\shell\\open\\command" /ve || fail 'no command to open'
registry_says 'jiping.exe",-2' "$classes\\Jiping.Document\\DefaultIcon" /ve || fail 'no icon for files'
windows reg export "$classes\\Jiping.Document" 'C:\document.reg' /y >/dev/null
iconv -f UTF-16 -t UTF-8 "$drive_c/document.reg" >"$scratch/document.reg"
grep -qF '用绩评打开' "$scratch/document.reg" || fail 'the verb is not 用绩评打开'
ok 'files are associated, with an icon of their own; the program that had them before is remembered'

fresh 双击
# Windows looks for what opens a file in the classes of the user first, Wine 8 in those of the computer alone.
for class_key in .jiping Jiping.Document; do
    windows reg copy "$classes\\$class_key" "HKLM\\Software\\Classes\\$class_key" /s /f >/dev/null
done
windows_apart start /unix "$file"
focus
wait_for 30 'the document' eval '[[ $(title) == *双击* ]]'
picture 2-double-click
ok 'a document opens in the installed program by its association'
log_says 'WARN dx12' || fail 'DX12 works on this Wine: the chain of renderers is not tried'
drawn_by=$(grep -o 'drawn by .*' "$log" | tail -n 1)
ok "the window opens although DX12 fails: $drawn_by"

heading 'type, save, kill, recover'
type_into_form SAVED7
picture 3-typed
save
grep -q SAVED7 "$file" || fail 'the saved file lacks what was typed'
picture 4-saved
ok 'typed into and saved'
type_into_form LATER8
wait_for 30 'a recovery copy' compgen -G "$local_data/Jiping/data/recovery/*.jiping" >/dev/null
kill_program
if grep -q LATER8 "$file"; then fail 'the file holds what was never saved'; fi
start "$installed/jiping.exe"
picture 5-offered
# The dialog in front holds the only buttons that Tab reaches; the first is 恢复.
for _ in $(seq 10); do
    if is_unsaved; then break; fi
    xdotool key --clearmodifiers Tab
    sleep 0.3
    xdotool key --clearmodifiers space
    sleep 1
done
wait_for 20 'the recovered document' is_unsaved
picture 6-recovered
save
grep -q LATER8 "$file" || fail 'what was recovered is not in the file'
ok 'killed with unsaved changes, started again, recovered, saved'
for page in ctrl+4:indicators ctrl+5:charts ctrl+6:preview; do
    xdotool key --clearmodifiers "${page%%:*}"
    sleep 3
    picture "7-${page#*:}"
done
close
start "$installed/jiping.exe" "$file_on_windows"
picture 8-reopened
ok 'closed and opened again; pictures of indicators, charts and preview'

heading 'a file that another program holds'
# hold MILLISECONDS: another program lets nobody at the file.
hold() {
    rm -f "$scratch/held.output"
    windows 'C:\hold.exe' "$file_on_windows" "$1" >"$scratch/held.output" &
    holder_pid=$!
    wait_for 30 'the other program' grep -qs held "$scratch/held.output"
}
type_into_form HELD1
hold 300
save
wait "$holder_pid"
holder_pid=
grep -q HELD1 "$file" || fail 'not saved'
ok 'a file held for 0.3 s is saved when it is free'
type_into_form HELD2
cp "$file" "$scratch/before"
hold 10000
xdotool key --clearmodifiers ctrl+s
sleep 3
kill -0 "$holder_pid" || fail 'the other program let go too early'
picture 9-held
is_unsaved || fail 'the window believes that the work is saved'
cmp "$file" "$scratch/before" || fail 'the held file has changed'
wait "$holder_pid"
holder_pid=
xdotool key --clearmodifiers Escape
sleep 1
is_unsaved || fail 'the work is gone'
save
grep -q HELD2 "$file" || fail 'not saved afterwards'
ok 'a file held for 10 s is left alone, with a message; the work stays and is saved afterwards'

heading 'an upgrade while the program runs'
type_into_form RUNNING3
windows "$setup" /S
check_installed "$version"
compgen -G "$installed/jiping.exe.old-*" >/dev/null || fail 'the running program was replaced'
is_unsaved || fail 'the work in the open window is gone'
picture 10-upgraded
save
grep -q RUNNING3 "$file" || fail 'the window could not save after the upgrade'
close
windows "$setup" /S
check_installed "$version"
compgen -G "$installed/*.old-*" >/dev/null && fail 'the program of before is still there'
ok 'upgraded while the program ran: its window goes on and saves; the next installation clears up'

start "$installed/jiping.exe" "$file_on_windows"
# What the installer writes last says when its last page comes.
windows reg delete "$uninstalling" /v DisplayVersion /f >/dev/null
windows_apart "$setup"
class=${setup##*/} wait_for 120 'the installer' first_page
for _ in 1 2 3; do press "${setup##*/}" Return; done
picture installer-5-running
# 中止, 重试, 忽略: the second is chosen when the message comes, and comes again while the program runs.
press "${setup##*/}" Return
gives_way() { compgen -G "$installed/jiping.exe.old-*" >/dev/null; }
for _ in $(seq 10); do
    if gives_way; then break; fi
    # Its letter names 忽略 wherever the keyboard is.
    press "${setup##*/}" alt+i
done
wait_for 60 'the running program to give way' gives_way
wait_for 120 'the end of the installation' is_version "$version"
sleep 2
press "${setup##*/}" space Return
class=${setup##*/} wait_for 30 'the end of the installer' no_window
check_installed "$version"
find_window || fail 'the window went away'
close
ok 'a person is asked to save and close first, and may go on all the same'

heading 'printing'
bash tests/printing/cupsd.sh bash packaging/windows/wine/printing.sh "$package" "$linux/jiping-cli" "$pictures" |
    tee "$scratch/printing.output"
while read -r _ check; do passed+=("$check"); done < <(grep '^ok ' "$scratch/printing.output")

heading 'uninstalling'
cp "$local_data/Jiping/data/settings.json" "$scratch/settings"
cp assets/samples/shenzhen-2020-filed.jiping "$installed/自己的表.jiping"
windows "$installed/uninstall.exe" /S
wait_for 60 'the end of the program files' eval '[[ ! -e $installed/jiping.exe && ! -e $installed/uninstall.exe ]]'
sleep 2
[[ $(ls "$installed") == 自己的表.jiping ]] || fail "left: $(ls "$installed")"
[[ -e $file ]] || fail 'a document is gone'
cmp "$scratch/settings" "$local_data/Jiping/data/settings.json"
for left in "$classes\\Jiping.Document" 'HKCU\Software\Jiping' \
    'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Jiping'; do
    # The files go first, and Wine takes its time over shortcuts.
    wait_for 60 "$left to leave the registry" is_unknown "$left"
done
registry_says Other.Program "$classes\\.jiping" /ve || fail 'the association of before is not back'
[[ ! -e "$HOME/Desktop/绩评.lnk" && ! -e "$user_folder/Desktop/绩评.lnk" ]] || fail 'left on the desktop'
ok 'uninstalled without a question: documents and settings stay, the association of before is back'
# Wine puts an argument with a space into quotation marks, behind which NSIS does not see /D.
windows "$setup" /S /NODESKTOP '/D=C:\工作\绩评程序'
[[ -e $drive_c/工作/绩评程序/jiping.exe ]] || fail 'not installed in the folder that was asked for'
[[ ! -e "$HOME/Desktop/绩评.lnk" && ! -e "$user_folder/Desktop/绩评.lnk" ]] || fail 'a shortcut that nobody wanted'
ok 'installed in another folder, without a shortcut on the desktop'

# ---- time from start to the first frame

# first_frame COMMAND...: milliseconds until it says that the first frame is shown; ends it.
first_frame() {
    local began now line
    began=$(date +%s%N)
    coproc PROBED { JIPING_PROBE=1 exec "$@" 2>/dev/null; }
    local pid=$PROBED_PID
    IFS= read -r -t 120 line <&"${PROBED[0]}" || fail 'no first frame'
    now=$(date +%s%N)
    [[ $line == 'first frame'* ]] || fail "said $line"
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    milliseconds=$(((now - began) / 1000000))
}

heading 'time from start to the first frame'
times=()
program=$drive_c/工作/绩评程序/jiping.exe
for _ in 1 2 3; do
    JIPING_DATA=$scratch/linux-data first_frame "$linux/jiping" assets/samples/shenzhen-2020-filed.jiping
    times+=("Linux, Vulkan (lavapipe): $milliseconds ms")
    first_frame wine "$program" "$file_on_windows"
    windows taskkill /f /im jiping.exe >/dev/null 2>&1 || true
    times+=("Wine, DX12 fails first: $milliseconds ms")
    JIPING_RENDERER=vulkan first_frame wine "$program" "$file_on_windows"
    windows taskkill /f /im jiping.exe >/dev/null 2>&1 || true
    times+=("Wine, Vulkan (lavapipe): $milliseconds ms")
done
printf '%s\n' "${times[@]}" | sort
ok "first frame measured ${#times[@]} times"

printf '\n== %d checks passed in %d s\n' "${#passed[@]}" "$SECONDS"
printf 'ok %s\n' "${passed[@]}"
printf '\nArtefacts in %s\n' "$package"
while read -r _ artefact; do
    printf '%12d bytes  %s\n' "$(stat -c %s "$package/$artefact")" "$artefact"
done <"$package/SHA256SUMS"
printf '\nPictures in %s\n' "$pictures"
