#!/usr/bin/env bash
# Prints with the programs for Windows on Wine, through GDI and the printing service of cupsd.sh, which Wine's spooler
# reaches. In a Windows of its own: the virtual printer needs root, and Wine wants what it uses to belong to whoever runs it.
#
#   bash tests/printing/cupsd.sh bash packaging/windows/wine/printing.sh FOLDER LINUX-CLI PICTURES
#
# FOLDER holds jiping.exe and jiping-cli.exe; with LINUX-CLI the paper is compared. Each check prints a line "ok …".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
source tests/shell.sh

folder=$(realpath "$1") linux=$(realpath "$2") pictures=$(realpath "$3")
scratch=$(mktemp -d)
screen_pid=
finish() {
    local status=$?
    ((status == 0)) || cat "$scratch"/*.output >&2 2>/dev/null || true
    wineserver -k 2>/dev/null || true
    [[ -z $screen_pid ]] || kill "$screen_pid" 2>/dev/null || true
    rm -rf "$scratch"
}
trap finish EXIT
command -v wineserver >/dev/null || wineserver() { /usr/lib/wine/wineserver64 "$@"; }

export HOME=$scratch/home WINEPREFIX=$scratch/wine WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml='
export XDG_RUNTIME_DIR=$scratch/run LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1605657600
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$scratch/pages"
chmod 700 "$XDG_RUNTIME_DIR"
sample=$PWD/assets/samples/shenzhen-2020-filed.jiping

windows() { timeout 300 wine "$@"; }

screen() {
    Xvfb -displayfd 3 -noreset -nolisten tcp -screen 0 1400x900x24 3>"$scratch/display" 2>"$scratch/xvfb.output" &
    screen_pid=$!
    wait_for 20 'a screen' test -s "$scratch/display"
    DISPLAY=:$(<"$scratch/display")
    export DISPLAY
}

# cli STATUS ARGUMENT...: the program ends so; what it says is then in `said`.
cli() {
    local expected=$1 status=0
    shift
    windows "$folder/jiping-cli.exe" "$@" </dev/null >"$scratch/cli.output" 2>&1 || status=$?
    said=$(tr -d '\r' <"$scratch/cli.output")
    ((status == expected)) || fail "jiping-cli $*"$'\n'"ended with $status instead of $expected: $said"
}

says() {
    local words
    for words in "$@"; do
        [[ $said == *"$words"* ]] || fail "does not say “$words”: $said"
    done
}

papers() { find "$PRINTED" -name '*.pdf' | wc -l; }
has_more_papers() { (($(papers) > $1)) && [[ -z $(lpstat -W not-completed -o) ]]; }

# printed ARGUMENT...: what comes out on the printer office is then in `paper`.
printed() {
    local before
    before=$(papers)
    cli 0 print "$@"
    wait_for 90 "paper of $*" has_more_papers "$before"
    latest_paper
}
latest_paper() { paper=$(find "$PRINTED" -name '*.pdf' -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d' ' -f2-); }
pages() { pdfinfo "$1" | awk '/^Pages:/ { print $2 }'; }

# has_pages COUNT: so many, and all of them A4, upright or across.
has_pages() {
    [[ $(pages "$paper") == "$1" ]] || fail "$paper has $(pages "$paper") pages instead of $1"
    pdfinfo -l 99 "$paper" | awk '/^Page +[0-9]+ size:/ {
        wide = $4 > $6 ? $4 : $6; narrow = $4 > $6 ? $6 : $4
        if (wide < 840 || wide > 843 || narrow < 593.5 || narrow > 597) exit 1
    }' || fail "$paper is not A4: $(pdfinfo -l 99 "$paper" | grep size)"
}

# draw PDF NAME: its pages as grey pictures, upright as they are read.
draw() { pdftoppm -r 60 -gray -png "$1" "$scratch/pages/$2"; }

# share PICTURE EXPRESSION: a number that ImageMagick works out.
share() { convert "$1" -format "%[fx:$2]" info:; }

# looks_like PDF: the paper shows what the PDF does, page by page: what differs is how letters are smoothed.
looks_like() {
    local page other difference
    rm -f "$scratch"/pages/*
    draw "$paper" paper
    draw "$1" wanted
    for page in "$scratch"/pages/wanted-*.png; do
        other=${page/wanted/paper}
        [[ -e $other ]] || fail "no ${other##*/}"
        if [[ $(share "$page" 'w>h') != "$(share "$other" 'w>h')" ]]; then convert "$other" -rotate 90 "$other"; fi
        convert "$other" -resize "$(identify -format '%wx%h!' "$page")" -blur 0x2 "$other"
        convert "$page" -blur 0x2 "$page"
        # It ends with 1 where pictures differ at all.
        difference=$(compare -metric RMSE "$page" "$other" null: 2>&1 || true)
        difference=${difference#*(}
        difference=${difference%)*}
        awk -v it="$difference" 'BEGIN { exit !(it < 0.1) }' || fail "${page##*/} differs by $difference"
    done
}

wineboot --init >"$scratch/wineboot.output" 2>&1
windows winecfg -v win10
x86_64-w64-mingw32-gcc-posix -O2 -shared -s -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
    packaging/windows/wine/processprng.c -ladvapi32

cli 0 printers
says 'office（默认）' 三楼打印机 rejecting 就绪
echo 'ok printers are listed through winspool, the default one marked'

"$linux" export "$sample" --to pdf -o "$scratch/official.pdf" >/dev/null
"$linux" export "$sample" --to pdf --review -o "$scratch/review.pdf" >/dev/null

printed "$sample"
says '已交给打印机“office”：3 页，1 份，用纸 3 张'
has_pages 3
looks_like "$scratch/official.pdf"
cp "$paper" "$pictures/printed-official.pdf"
echo 'ok the form comes out through GDI as it looks on Linux'

printed "$sample" --review --grey
has_pages "$(pages "$scratch/review.pdf")"
looks_like "$scratch/review.pdf"
pdftoppm -r 40 -png "$paper" "$scratch/pages/grey"
for page in "$scratch"/pages/grey-*.png; do
    colour=$(convert "$page" -colorspace HSL -channel G -separate -format '%[fx:maxima]' info:)
    awk -v it="$colour" 'BEGIN { exit !(it < 0.02) }' || fail "${page##*/} has colours"
done
echo 'ok the review copy, grey: no colour on any page'

printed "$sample" --copies 2 --pages 2-3
has_pages 4
says '2 页，2 份，用纸 4 张'
echo 'ok chosen pages in two copies'

printed "$sample" assets/samples/shenzhen-2020-corrected.jiping --duplex 短边
"$linux" export "$sample" assets/samples/shenzhen-2020-corrected.jiping --to pdf -o "$scratch/both.pdf" >/dev/null
has_pages "$(($(pages "$scratch/both.pdf") + 1))"
rm -f "$scratch"/pages/*
draw "$paper" paper
[[ $(share "$scratch/pages/paper-4.png" minima) == 1 ]] || fail 'the back of the first project is not blank'
echo 'ok both sides: the back behind an odd page is blank'

printed "$sample" --printer 三楼打印机
has_pages 3
echo 'ok a printer with a Chinese name'

cli 2 print "$sample" --printer 没有这台
says 没有名为“没有这台”的打印机 表中内容没有改动
cli 2 print "$sample" --pages 9
says '没有第 9 页，一共 3 页'
CUPS_SERVER=127.0.0.1:1 cli 2 print "$sample" --printer 没有这台
echo 'ok an unknown printer and a page that is not there: a message, exit code 2'

# ---- from the window

find_window() {
    window=$(xdotool search --onlyvisible --class jiping.exe 2>/dev/null | tail -n 1)
    [[ -n $window && $(xdotool getwindowname "$window" 2>/dev/null) == *绩评* ]]
}
picture() { import -window root "$pictures/$1.png"; }

screen
cp "$sample" "$scratch/自评表.jiping"
timeout 600 wine "$folder/jiping.exe" "$scratch/自评表.jiping" >"$scratch/window.output" 2>&1 &
wait_for 120 'a window' find_window
xdotool windowfocus --sync "$window"
sleep 3
before=$(papers)
xdotool key --clearmodifiers ctrl+p
sleep 6
picture print-dialog
xdotool key --clearmodifiers Return
wait_for 120 'paper from the window' has_more_papers "$before"
sleep 1
picture printed-from-window
latest_paper
has_pages 3
looks_like "$scratch/official.pdf"
echo 'ok printed from the window with Ctrl+P and Enter'
windows taskkill /f /im jiping.exe >/dev/null 2>&1 || true
