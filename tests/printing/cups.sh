#!/usr/bin/env bash
# Prints with the real program on a real printing service: every printer of cupsd.sh, every option, every error, and what
# came out on paper. The printed files stay in target/printing for people to look at.
#
#   bash tests/printing/cups.sh JIPING-CLI
#
# Needs root or sudo, as the virtual printer does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tests/shell.sh

missing_components() {
    command -v lp >/dev/null || echo 'cups-client: the commands of a printing service'
    [[ -x /usr/sbin/cupsd ]] || echo 'cups-daemon: a printing service'
    [[ -x /usr/lib/cups/filter/pdftopdf ]] || echo 'cups-filters: what it does to pages'
    [[ -e /usr/lib/cups/backend/cups-pdf ]] || echo 'printer-driver-cups-pdf: a printer that prints into a file'
    command -v gs >/dev/null || echo 'ghostscript: the same'
    command -v ipptool >/dev/null || echo 'cups-ipp-utils: says what arrived at a printer'
    command -v pdftotext >/dev/null || echo 'poppler-utils: reads printed pages back'
    command -v compare >/dev/null || echo 'imagemagick: compares them'
}

program=$(realpath "${1:?usage: bash tests/printing/cups.sh JIPING-CLI}")
if [[ -z ${PRINTED:-} ]]; then
    install_components
    exec bash tests/printing/cupsd.sh bash tests/printing/cups.sh "$program"
fi

papers=${CARGO_TARGET_DIR:-$PWD/target}/printing
filed=$PWD/assets/samples/shenzhen-2020-filed.jiping
corrected=$PWD/assets/samples/shenzhen-2020-corrected.jiping
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rm -rf "$papers"
mkdir -p "$papers"
export JIPING_DATA=$scratch/data
cd "$scratch"

# jiping STATUS ARGUMENT...: the program ends so; what it says is then in `said`.
jiping() {
    local expected=$1 status=0
    shift
    "$program" "$@" </dev/null >said 2>&1 || status=$?
    said=$(<said)
    ((status == expected)) || fail "jiping-cli $*"$'\n'"ended with $status instead of $expected: $said"
}

# says WORDS...: each of them is in what the program said.
says() {
    local words
    for words in "$@"; do
        [[ $said == *"$words"* ]] || fail "does not say “$words”: $said"
    done
}

is_completed() { lpstat -W completed -o | grep -q -- "-$job "; }

# sent ARGUMENT...: the program hands a job to a printer; its number is then in `job`.
sent() {
    jiping 0 print "$@"
    [[ $said =~ 作业：.*-([0-9]+)$ ]] || fail "names no job: $said"
    job=${BASH_REMATCH[1]}
}

# printed ARGUMENT...: the same, and the job comes out on paper, which is then in `paper`.
printed() {
    sent "$@"
    wait_for 60 "job $job" is_completed
    paper=$papers/job-$job.pdf
    cp "$PRINTED"/*[-_]"$job".pdf "$paper"
}

# arrived NAME=VALUE...: with the job came these attributes.
arrived() {
    local attribute attributes
    attributes=$(ipptool -tv "ipp://$CUPS_SERVER/jobs/$job" get-job-attributes.test)
    for attribute in "$@"; do
        [[ $attributes == *" ${attribute%%=*} ("*") = ${attribute#*=}"$'\n'* ]] ||
            fail "job $job came without $attribute:"$'\n'"$attributes"
    done
}

pages() { pdfinfo "$1" 2>/dev/null | sed -n 's/^Pages: *//p'; }
# Without white space, which differs with the way a page was made.
text() { pdftotext "$@" - 2>/dev/null | tr -d '[:space:]'; }

# paper_shows PAGES: so many sides of A4, with all fonts.
paper_shows() {
    local font fonts size expected=$1
    [[ $(pages "$paper") == "$expected" ]] || fail "$paper: $(pages "$paper") pages instead of $expected"
    while read -r size; do
        [[ $size =~ ^595(\.2[0-9]*)?\ x\ 84(2|1\.[89][0-9]*)\ pts ]] || fail "$paper: a page of $size"
    done < <(pdfinfo -f 1 -l "$expected" "$paper" 2>/dev/null | sed -n 's/^Page.* size: *//p')
    fonts=$(pdffonts "$paper" 2>/dev/null | tail -n +3)
    [[ -n $fonts ]] || fail "$paper: no fonts"
    while IFS= read -r font; do
        [[ $font =~ \ yes\ +(yes|no)\ +(yes|no)\ +[0-9]+\ +[0-9]+$ ]] || fail "$paper: a font that is not embedded: $font"
    done <<<"$fonts"
}

# reads_like FILE [OPTION...]: the paper has the text of an exported file, or of what pdftotext's options choose of it.
# For the printer that takes PDF: on the way through PostScript only shapes are left of letters.
reads_like() {
    [[ $(text "$paper") == "$(text "${@:2}" "$1")" ]] || fail "$paper does not say what $1 says"
}

# A page as a small picture: what lies where, without the edges of letters.
draw() {
    pdftoppm -r 100 -f "$2" -l "$2" -singlefile -gray -png "$1" "$3" 2>/dev/null
    convert "$3.png" -resize '82x116!' "$3.png"
}

# looks_like FILE: every page of the paper looks like that of an exported file.
looks_like() {
    local page difference
    for page in $(seq "$(pages "$1")"); do
        draw "$1" "$page" exported
        draw "$paper" "$page" printed
        # Same pages differ by 0.01, others by 0.07 and more.
        difference=$(compare -metric RMSE exported.png printed.png null: 2>&1 | sed 's/.*(\(.*\))/\1/' || true)
        awk -v difference="$difference" 'BEGIN { exit !(difference < 0.03) }' ||
            fail "$paper: page $page looks different from $1, by $difference"
    done
}

ok() { echo "ok: $*"; }

jiping 0 export "$corrected" --to pdf -o one.pdf
jiping 0 export "$filed" --to pdf -o first.pdf
jiping 0 export "$filed" "$corrected" --to pdf -o two.pdf
jiping 0 export "$filed" --to pdf --review --charts -o review.pdf
one=$(pages one.pdf) two=$(pages two.pdf) review=$(pages review.pdf)

jiping 0 printers
for printer in office single 三楼打印机 direct stopped rejecting failing raw; do says "$printer"; done
says 默认 '财务室 HP LaserJet' '三楼 302' 缺纸 '搬到 305'
jiping 0 printers --format json
ok 'all printers are listed, with their state'

printed "$corrected"
says office "$one 页，1 份，用纸 $one 张"
paper_shows "$one"
looks_like one.pdf
arrived copies=1 sides=one-sided media=A4 print-scaling=none job-name=科协组织建设与事业发展
printed "$corrected" --printer 三楼打印机
paper_shows "$one"
looks_like one.pdf
printed "$corrected" --printer direct
paper_shows "$one"
reads_like one.pdf
looks_like one.pdf
ok 'one project, on the default printer, on a newer one, and on one with a Chinese name'

printed "$filed" "$corrected" --printer direct
paper_shows "$two"
reads_like two.pdf
printed "$filed" --printer office --review --charts
paper_shows "$review"
looks_like review.pdf
ok 'several projects in one job; a review copy with charts'

printed "$filed" "$corrected" --printer direct --pages '2，3'
paper_shows 2
reads_like two.pdf -f 2 -l 3
says '2 页，1 份'
jiping 2 print "$corrected" --pages 99
says "没有第 99 页" 没有打印
ok 'chosen pages'

printed "$corrected" --printer direct --copies 3
arrived copies=3 collate=true
printed "$corrected" --printer direct --copies 2 --uncollated
arrived copies=2 collate=false
ok 'copies, one after the other or page by page'

printed "$filed" "$corrected" --printer direct --duplex 长边
first=$(pages first.pdf)
paper_shows $((two + first % 2))
reads_like two.pdf
arrived sides=two-sided-long-edge
((first % 2 == 0)) || [[ -z $(text "$paper" -f $((first + 1)) -l $((first + 1))) ]] || fail 'the back is not blank'
printed "$corrected" --printer office --duplex 短边
paper_shows "$one"
looks_like one.pdf
arrived sides=two-sided-short-edge
printed "$corrected" --printer office --grey
paper_shows "$one"
looks_like one.pdf
arrived print-color-mode=monochrome
ok 'both sides, with a blank back behind an odd page; grey'

sent "$corrected" --printer stopped
says 会等它恢复后印出 缺纸
lpstat -o stopped | grep -q "^stopped-$job " || fail 'the job does not wait'
jiping 2 print "$corrected" --printer rejecting
says '打印机“rejecting”现在不接受打印' '搬到 305' 没有打印
jiping 2 print "$corrected" --printer 没有这台
says '没有名为“没有这台”的打印机' 没有打印
sent "$corrected" --printer failing
is_stopped() { lpstat -p failing | grep -q disabled; }
wait_for 30 'the failure' is_stopped
jiping 0 printers
says 'The printer is on fire'
ok 'printers that are stopped, refuse, are unknown or fail'

CUPS_SERVER=127.0.0.1:1 jiping 2 print "$corrected"
says 打印服务没有启动或没有安装 没有打印
CUPS_SERVER=127.0.0.1:1 jiping 2 printers
says 打印服务没有启动或没有安装
PATH=$scratch jiping 2 print "$corrected"
says 打印服务没有启动或没有安装 cups-client
ok 'no printing service'

lpadmin -x office
jiping 2 print "$corrected"
says 没有默认打印机 --printer
for printer in $(lpstat -e); do lpadmin -x "$printer"; done
jiping 0 printers
says 没有打印机
jiping 2 print "$corrected"
says 没有打印机 没有打印
ok 'no default printer, no printer at all'

echo "printed: $papers"
