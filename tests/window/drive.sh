#!/usr/bin/env bash
# Drives the real program in a real window on a screen in memory: open, type, save, kill, recover; lost graphics devices,
# panics and missing displays. Everything is checked through files, window titles and the log; pictures of each step lie in
# target/window/real-*.png for people to look at.
#
#   bash tests/window/drive.sh PROGRAM
#
# Needs Xvfb, xdotool and import (ImageMagick). Not a word depends on where widgets lie: fields are reached by keyboard.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh
source tests/window/screen.sh

program=$(realpath "${1:?usage: bash tests/window/drive.sh PROGRAM}")
sample=$PWD/assets/samples/shenzhen-2020-filed.jiping
pictures=${CARGO_TARGET_DIR:-$PWD/target}/window
scratch=$(mktemp -d)
mkdir -p "$pictures" "$scratch/run"
chmod 700 "$scratch/run"
rm -f "$pictures"/real-*.png

# What is asked of the program must not depend on who runs this.
unset WAYLAND_DISPLAY WAYLAND_SOCKET WGPU_BACKEND JIPING_RENDERER JIPING_FAULT JIPING_PROBE
export XDG_RUNTIME_DIR=$scratch/run JIPING_DATA=$scratch/data RUST_BACKTRACE=0

step=start
program_pid=
finish() {
    local status=$?
    [[ -z $program_pid ]] || kill -9 "$program_pid" 2>/dev/null || true
    # A program that went on in another process is not our child; it writes into our scratch folder only.
    local pid
    for pid in $(followers); do kill -9 "$pid" 2>/dev/null || true; done
    [[ -z $screen_pid ]] || kill "$screen_pid" 2>/dev/null || true
    if ((status != 0)); then
        echo "FAILED in: $step" >&2
        tail -n 30 "$JIPING_DATA/log/jiping.log" "$scratch/output" >&2 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap finish EXIT

heading() {
    step=$1
    echo "-- $step"
}

# The processes that the program started to go on in.
followers() {
    local entry
    for entry in /proc/[0-9]*; do
        if [[ $(readlink "$entry/exe" 2>/dev/null) == "$program" ]] &&
            tr '\0' '\n' <"$entry/environ" 2>/dev/null | grep -qxF "JIPING_DATA=$JIPING_DATA"; then
            basename "$entry"
        fi
    done
}

# There is no window manager, so nobody else gives the window the keyboard.
focus() {
    wait_for 60 'a window' find_window
    xdotool windowfocus --sync "$window"
    sleep 1
}

# start [VARIABLE=VALUE...] -- [ARGUMENT...]
start() {
    local variables=()
    while [[ $1 != -- ]]; do
        variables+=("$1")
        shift
    done
    shift
    env "${variables[@]}" "$program" "$@" >"$scratch/output" 2>&1 &
    program_pid=$!
    focus
}

stop() {
    local pid
    for pid in $(followers); do kill -9 "$pid" 2>/dev/null || true; done
    wait "$program_pid" 2>/dev/null || true
    program_pid=
    wait_for 10 'the end of the program' test -z "$(followers)"
}

title() { xdotool getwindowname "$window" 2>/dev/null || true; }
is_unsaved() { [[ $(title) == '● '* ]]; }
is_saved() { [[ $(title) == *绩评* ]] && ! is_unsaved; }
key() { xdotool key --window "$window" --clearmodifiers "$@"; }
picture() { import -window root "$pictures/real-$1.png"; }
log_says() { grep -qF -- "$1" "$JIPING_DATA/log/jiping.log"; }
windows_opened() { (($(grep -c 'window opened' "$JIPING_DATA/log/jiping.log") >= $1)); }

# type_into_form TEXT [TAKEN]: types into the first field of 基本信息 that takes the text, which shows in that TAKEN succeeds.
type_into_form() {
    local text=$1 taken=(is_unsaved)
    shift
    (($# == 0)) || taken=("$@")
    xdotool key --clearmodifiers ctrl+1
    sleep 0.7
    local _
    for _ in $(seq 60); do
        xdotool key --clearmodifiers Tab
        sleep 0.1
        xdotool type --clearmodifiers "$text"
        sleep 0.6
        if "${taken[@]}"; then return; fi
    done
    fail 'no field took the text'
}

save() {
    xdotool key --clearmodifiers ctrl+s
    wait_for 20 'the end of saving' is_saved
}

# The entry of the only recovery copy.
copy() {
    local copies=("$JIPING_DATA"/recovery/*.jiping)
    [[ ${#copies[@]} == 1 && -e ${copies[0]} ]] || return 1
    basename "${copies[0]}" .jiping
}

# A fresh copy of the sample, and no data of earlier steps.
begin() {
    heading "$1"
    rm -rf "$JIPING_DATA"
    file=$scratch/$2.jiping
    cp "$sample" "$file"
}

screen

begin 'open, type, save' form
start -- "$file"
picture 1-opened
type_into_form SAVED7
picture 2-typed
save
grep -q SAVED7 "$file" || fail 'the saved file lacks what was typed'
picture 3-saved

heading 'kill with unsaved changes, start again, recover'
type_into_form LATER8
wait_for 20 'a recovery copy' copy >/dev/null
kill -9 "$program_pid"
stop
if grep -q LATER8 "$file"; then fail 'the file holds what was never saved'; fi
start --
picture 4-offered
# The dialog in front holds the only buttons that Tab reaches; the first is 恢复.
for _ in $(seq 10); do
    if is_unsaved; then break; fi
    xdotool key --clearmodifiers Tab
    sleep 0.2
    xdotool key --clearmodifiers space
    sleep 0.6
done
wait_for 20 'the recovered document' is_unsaved
picture 4-recovered
save
grep -q LATER8 "$file" || fail 'what was recovered is not in the file'
if copy; then fail 'a copy remains although everything is saved'; fi
stop

begin 'preview, charts and help; a PDF with each save' beside
mkdir -p "$JIPING_DATA"
echo '{"also_export": true}' >"$JIPING_DATA/settings.json"
start -- "$file"
for shown in ctrl+6:preview ctrl+5:charts F1:help F1:without-help; do
    xdotool key --clearmodifiers "${shown%%:*}"
    sleep 2
    picture "5-${shown#*:}"
done
type_into_form PRINTED9
save
pdf=${file%.jiping}.pdf
wait_for 30 'the PDF beside the file' test -s "$pdf"
[[ $(head -c 5 "$pdf") == %PDF- ]] || fail 'what lies beside the file is no PDF'
stop

heading 'a workbook of Excel 97 is read in a process of its own, looked at and imported'
rm -rf "$JIPING_DATA"
imported=$scratch/imported.jiping
start -- "$PWD/tests/exchange/forms/v06-review.xls"
sleep 3
picture 6-import
for _ in $(seq 20); do
    if is_unsaved; then break; fi
    xdotool key --clearmodifiers Return
    sleep 1
done
wait_for 5 'the imported document' is_unsaved
picture 6-imported
# There is no dialog of the system on this screen: the program's own asks for the name.
xdotool key --clearmodifiers ctrl+s
sleep 1
xdotool key --clearmodifiers ctrl+a
xdotool type --clearmodifiers "$imported"
xdotool key --clearmodifiers Return
wait_for 20 'the end of saving' is_saved
grep -q '"projects"' "$imported" || fail 'the imported document is not in the file'
stop

# Whether the dialog 导出 has made a PDF of the sample, which is named after its project.
exported() { compgen -G "$scratch/科协*.pdf" >/dev/null; }

# Whether the program shows a second window; its number is then in `small`.
small_window() {
    small=$(xdotool search --onlyvisible --class jiping 2>/dev/null | grep -vx "$window" | tail -n 1)
    [[ -n $small ]]
}

begin 'files are exported; the small window hands out cells' exported
start -- "$file"
xdotool key --clearmodifiers ctrl+e
sleep 2
picture 7-export
xdotool key --clearmodifiers Return
wait_for 60 'the exported PDF' exported
sleep 1
picture 7-exported
xdotool key --clearmodifiers Escape
sleep 1
xdotool key --clearmodifiers ctrl+t
wait_for 20 'the small window' small_window
xdotool windowfocus --sync "$small"
sleep 1
xdotool key --clearmodifiers space
sleep 1
picture 7-transcribed
stop

# fault NAME WORDS-OF-THE-LOG: the window breaks down with unsaved changes and comes back with them.
fault() {
    begin "fault: $1" "$1"
    start "JIPING_FAULT=$1" -- "$file"
    # One character, none like it in the sample: the window breaks down before a second one could arrive.
    type_into_form @ log_says "$2"
    wait_for 30 'the next window' windows_opened 2
    focus
    wait_for 20 'the unsaved document' is_unsaved
    picture "6-after-$1"
    save
    grep -q @ "$file" || fail 'the work is lost'
    if grep -q @ "$JIPING_DATA/log/jiping.log"; then fail 'the log holds content'; fi
    stop
}
fault device-lost 'device lost'
fault panic 'panic in main'
fault panic-outside 'goes on in another process'

begin 'a renderer that is not there gives way to the next' renderer
start JIPING_RENDERER=dx12 -- "$file"
log_says 'WARN dx12' || fail 'the log does not say that dx12 failed'
stop
begin 'the last renderer' glow
start JIPING_RENDERER=glow -- "$file"
log_says 'drawn by glow' || fail 'not drawn by glow'
picture 7-glow
stop

# refuses VARIABLE=VALUE WORDS: no window, exit code 1, and a message that helps.
refuses() {
    local status=0
    env "$1" timeout 60 "$program" "$file" >"$scratch/output" 2>&1 || status=$?
    [[ $status == 1 ]] || fail "ended with $status instead of 1"
    grep -qF -- "$2" "$scratch/output" || fail "does not say: $2"
}
heading 'no renderer works'
refuses JIPING_FAULT=renderers '请更新显卡驱动'
heading 'no display'
refuses DISPLAY= 'jiping-cli export assets/samples/shenzhen-2020-filed.jiping'
heading 'a display that does not answer'
refuses DISPLAY=:9876 'jiping-cli export assets/samples/shenzhen-2020-filed.jiping'

echo "pictures: $pictures"
