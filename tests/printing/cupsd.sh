#!/usr/bin/env bash
# Runs a command beside a printing service of its own: a cupsd on loopback with virtual printers, which is stopped when the
# command ends. All that it reads and writes lies in one scratch folder; a cupsd of the system is neither asked nor touched.
#
#   bash tests/printing/cupsd.sh COMMAND [ARGUMENT...]
#
# The command finds the printers through CUPS_SERVER, and in its environment
#   PRINTED     the folder where the printers office, single and 三楼打印机 lay their PDF files
#   CUPSD_LOG   the folder of cupsd's logs
#
# | printer    | what it is |
# |---|---|
# | office     | the default; both sides, colour and grey |
# | single     | one side only |
# | 三楼打印机 | the same, with a name in Chinese |
# | direct     | takes PDF as newer printers do, both sides: what CUPS sends it lies in PRINTED as direct-JOB.pdf |
# | stopped    | takes jobs and keeps them waiting |
# | rejecting  | takes no jobs |
# | failing    | takes jobs and fails |
# | raw        | without a driver, fails too |
#
# Needs cups, cups-client, cups-filters, printer-driver-cups-pdf and ghostscript, and root: the virtual printer insists.
set -euo pipefail

(($# > 0)) || { echo 'usage: bash tests/printing/cupsd.sh COMMAND [ARGUMENT...]' >&2; exit 2; }
((EUID == 0)) || exec sudo --preserve-env env "PATH=$PATH" bash "${BASH_SOURCE[0]}" "$@"

folder=$(mktemp -d)
cupsd_pid=
finish() {
    local status=$?
    if [[ -n $cupsd_pid ]]; then
        kill "$cupsd_pid" 2>/dev/null || true
        wait "$cupsd_pid" 2>/dev/null || true
    fi
    if ((status != 0)); then
        grep -v '^[DdIW] ' "$folder/log/error_log" >&2 2>/dev/null || true
        grep -v deprecated "$folder/output" >&2 2>/dev/null || true
    fi
    rm -rf "$folder"
}
trap finish EXIT

# What a person has set for printers must not change what is tested.
unset PRINTER LPDEST CUPS_USER
export CUPS_SERVERROOT=$folder/etc HOME=$folder/home

# Filters run as user lp, which must get through to its folders.
chmod 755 "$folder"
mkdir -p "$folder"/{etc/ppd,bin/backend,cache,run,spool/tmp,log,home,printed,pdf-spool}
chgrp lp "$folder"/{cache,run,spool,spool/tmp,log,printed}
chmod 770 "$folder"/{cache,printed}
chmod 710 "$folder/spool"
chmod 1770 "$folder/spool/tmp"

for part in daemon driver filter cgi-bin monitor notifier; do
    [[ ! -e /usr/lib/cups/$part ]] || ln -s "/usr/lib/cups/$part" "$folder/bin/$part"
done
install -m 700 /usr/lib/cups/backend/cups-pdf "$folder/bin/backend/"
cat >"$folder/bin/backend/failing" <<'END'
#!/bin/sh
[ $# -gt 0 ] || exit 0
echo 'ERROR: The printer is on fire' >&2
exit 1
END
# The last of a backend's arguments is missing where a filter's output is read.
cat >"$folder/bin/backend/keep" <<END
#!/bin/sh
[ \$# -gt 0 ] || exit 0
exec cat "\${6:--}" >"$folder/printed/direct-\$1.pdf"
END
chmod 755 "$folder"/bin/backend/{failing,keep}

cat >"$folder/etc/cups-files.conf" <<END
ServerRoot $folder/etc
ServerBin $folder/bin
DataDir /usr/share/cups
CacheDir $folder/cache
StateDir $folder/run
RequestRoot $folder/spool
TempDir $folder/spool/tmp
AccessLog $folder/log/access_log
ErrorLog $folder/log/error_log
PageLog $folder/log/page_log
User lp
Group lp
SystemGroup root
Sandboxing relaxed
END

# A driver of the virtual PDF printer. Its own configuration file has a fixed place in /etc; what the driver says comes
# first. Options have no slashes, so these folders are relative, and cupsd is started where they are.
driver() {
    cat /usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd
    cat <<'END'
*OpenUI *Out/Output: PickOne
*DefaultOut: printed
*Out printed/Output: ""
*CloseUI: *Out
*OpenUI *Log/Log: PickOne
*DefaultLog: log
*Log log/Log: ""
*CloseUI: *Log
*OpenUI *Spool/Spool: PickOne
*DefaultSpool: pdf-spool
*Spool pdf-spool/Spool: ""
*CloseUI: *Spool
END
}
driver >"$folder/single.ppd"
{
    driver
    cat <<'END'
*OpenUI *Duplex/2-Sided Printing: PickOne
*OrderDependency: 20 AnySetup *Duplex
*DefaultDuplex: None
*Duplex None/Off: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble/Long-Edge: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble/Short-Edge: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*OpenUI *ColorModel/Color Mode: PickOne
*OrderDependency: 10 AnySetup *ColorModel
*DefaultColorModel: RGB
*ColorModel RGB/Color: ""
*ColorModel Gray/Grayscale: ""
*CloseUI: *ColorModel
END
} >"$folder/office.ppd"
{
    cat "$folder/office.ppd"
    echo '*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"'
} >"$folder/direct.ppd"

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Starts cupsd on a port of its own; fails where another program was quicker to take it.
start() {
    local port=$((20000 + RANDOM % 20000)) _
    if is_taken "$port"; then return 1; fi
    cat >"$folder/etc/cupsd.conf" <<END
LogLevel debug
PageLogFormat %p %j copies=%C media=%{media} sides=%{sides} colour=%{print-color-mode} impressions=%{job-impressions-completed}
Listen 127.0.0.1:$port
Browsing Off
DefaultAuthType None
WebInterface No
ErrorPolicy stop-printer
PreserveJobHistory Yes
PreserveJobFiles Yes
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
END
    (cd "$folder" && exec /usr/sbin/cupsd -f -c "$folder/etc/cupsd.conf" -s "$folder/etc/cups-files.conf") \
        >"$folder/output" 2>&1 &
    cupsd_pid=$!
    export CUPS_SERVER=127.0.0.1:$port
    for _ in $(seq 50); do
        kill -0 "$cupsd_pid" 2>/dev/null || return 1
        # Asked again for the process: the answer must be its own.
        if is_taken "$port" && kill -0 "$cupsd_pid" 2>/dev/null; then return; fi
        sleep 0.2
    done
    return 1
}
start || start || start || { echo 'cupsd does not start' >&2; exit 1; }

add() { lpadmin -p "$1" -E -v "$2" "${@:3}" 2>>"$folder/output"; }
add office cups-pdf:/ -P "$folder/office.ppd" -D '财务室 HP LaserJet' -L '三楼 302'
add single cups-pdf:/ -P "$folder/single.ppd" -D '单面打印机'
add 三楼打印机 cups-pdf:/ -P "$folder/single.ppd"
add direct keep:/ -P "$folder/direct.ppd"
add stopped cups-pdf:/ -P "$folder/single.ppd"
add rejecting cups-pdf:/ -P "$folder/single.ppd"
add failing failing:/ -P "$folder/single.ppd"
add raw failing:/ -m raw
lpadmin -d office
cupsdisable -r '缺纸' stopped
cupsreject -r '搬到 305' rejecting

export PRINTED=$folder/printed CUPSD_LOG=$folder/log
"$@"
