//! What the commands of CUPS answer, under `LC_ALL=C`.

use std::collections::HashMap;

/// Kinds of printers, as bits of `printer-type`: `CUPS_PRINTER_COLOR` and `CUPS_PRINTER_DUPLEX` of `cups/cups.h`.
const COLOUR: u32 = 0x0008;
const DUPLEX: u32 = 0x0010;

/// `printer-state` of a printer that somebody or something stopped (RFC 8011, 5.4.11).
const STOPPED: &str = "5";

/// Reasons (RFC 8011, 5.4.12) for which jobs wait, without their endings; the gravest first.
const REASONS: [(&str, &str); 14] = [
    ("offline", "脱机"),
    ("shutdown", "脱机"),
    ("timed-out", "没有应答"),
    ("connecting-to-device", "正在连接"),
    ("media-jam", "卡纸"),
    ("media-empty", "缺纸"),
    ("media-needed", "缺纸"),
    ("input-tray-missing", "没有纸盒"),
    ("door-open", "机盖打开"),
    ("cover-open", "机盖打开"),
    ("toner-empty", "缺墨粉"),
    ("marker-supply-empty", "缺墨"),
    ("output-area-full", "出纸盘已满"),
    ("paused", "已暂停"),
];

/// Whether `lpstat -r` says that the service runs.
pub fn is_running(said: &str) -> bool {
    said.trim() == "scheduler is running"
}

/// The printer that `lpstat -d` names.
pub fn default_printer(said: &str) -> Option<&str> {
    let name = said.trim().strip_prefix("system default destination: ")?;
    // An instance of a printer, as "name/instance", is that printer.
    Some(name.split('/').next().unwrap_or(name))
}

/// The printers that `lpstat -e` lists.
pub fn names(said: &str) -> impl Iterator<Item = &str> {
    let lines = said.lines().map(str::trim);
    lines.filter(|line| !line.is_empty())
}

/// What was written behind a state by whoever set it: the second line of `lpstat -p` and `lpstat -a`.
pub fn message(said: &str) -> String {
    let line = said.lines().skip(1).find(|line| line.starts_with('\t'));
    line.unwrap_or_default().trim().to_owned()
}

/// The number of the job that `lp` announces: "request id is office-5 (1 file(s))".
pub fn job_number(said: &str) -> String {
    let said = said.trim();
    let rest = said.strip_prefix("request id is ").unwrap_or(said);
    let end = rest.rfind(" (").unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// What `lpoptions -p` says of a printer.
pub struct Attributes(HashMap<String, String>);

impl Attributes {
    /// Reads the one line of `name=value`, `name='value with spaces'` and `name` alone.
    pub fn read(said: &str) -> Self {
        let mut found = HashMap::new();
        let mut signs = said.trim().chars().peekable();
        while signs.peek().is_some() {
            let mut name = String::new();
            while let Some(sign) = signs.next_if(|sign| *sign != '=' && !sign.is_whitespace()) {
                name.push(sign);
            }
            let mut value = String::new();
            if signs.next_if_eq(&'=').is_some() {
                let mut quote = None;
                while let Some(sign) =
                    signs.next_if(|sign| quote.is_some() || !sign.is_whitespace())
                {
                    match sign {
                        '\\' => value.extend(signs.next()),
                        '\'' | '"' if quote == Some(sign) => quote = None,
                        '\'' | '"' if quote.is_none() => quote = Some(sign),
                        sign => value.push(sign),
                    }
                }
            }
            found.insert(name, value);
            while signs.next_if(|sign| sign.is_whitespace()).is_some() {}
        }
        Self(found)
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether there is such a printer: of others the command says next to nothing.
    pub fn is_printer(&self) -> bool {
        !self.get("printer-state").is_empty() || !self.get("printer-type").is_empty()
    }

    /// Whether it takes jobs.
    pub fn is_accepting(&self) -> bool {
        self.get("printer-is-accepting-jobs") != "false"
    }

    /// Whether its jobs wait until somebody starts it.
    pub fn is_stopped(&self) -> bool {
        self.get("printer-state") == STOPPED
    }

    /// The gravest reason for which jobs wait, in words. What a printer only reports or warns of does not stop it.
    pub fn reason(&self) -> Option<&'static str> {
        let given: Vec<&str> = self.get("printer-state-reasons").split(',').collect();
        let is_given = |reason: &&(&str, &str)| {
            given.iter().any(|given| {
                let rest = given.trim().strip_prefix(reason.0);
                rest.is_some_and(|rest| rest.is_empty() || rest == "-error")
            })
        };
        REASONS.iter().find(is_given).map(|(_, words)| *words)
    }

    /// Where it stands and what it is, as far as that says more than its name.
    pub fn about(&self, name: &str) -> String {
        let parts = [self.get("printer-info"), self.get("printer-location")];
        let parts = parts
            .iter()
            .filter(|part| !part.is_empty() && **part != name);
        let parts: Vec<&str> = parts.copied().collect();
        parts.join("，")
    }

    /// Whether it prints both sides.
    pub fn can_duplex(&self) -> Option<bool> {
        self.kind().map(|kind| kind & DUPLEX != 0)
    }

    /// Whether it prints colours.
    pub fn has_colours(&self) -> Option<bool> {
        self.kind().map(|kind| kind & COLOUR != 0)
    }

    fn kind(&self) -> Option<u32> {
        self.get("printer-type").parse().ok()
    }
}

/// What `lpoptions -l` lists: options and what they can be set to.
pub struct Options<'a>(HashMap<&'a str, Vec<&'a str>>);

/// Reads lines of "PageSize/Page Size: A5 *A4 Custom.WIDTHxHEIGHT".
pub fn options(said: &str) -> Options<'_> {
    let lines = said.lines().filter_map(|line| {
        let (name, values) = line.split_once(": ")?;
        let name = name.split('/').next()?;
        let values = values.split_whitespace();
        Some((
            name,
            values.map(|one| one.trim_start_matches('*')).collect(),
        ))
    });
    Options(lines.collect())
}

impl Options<'_> {
    /// Whether it takes A4 paper; `None` where it does not say what it takes.
    pub fn takes_a4(&self) -> Option<bool> {
        let sizes = self.0.get("PageSize").or_else(|| self.0.get("media"))?;
        let is_a4 = |size: &&str| {
            let size = size.to_ascii_lowercase();
            size == "a4" || size.starts_with("a4.") || size.starts_with("iso_a4")
        };
        Some(sizes.iter().any(is_a4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &str = "copies=1 device-uri=cups-pdf:/ job-sheets=none,none printer-info='财务室 HP\\'s \"LaserJet\"' \
        printer-is-accepting-jobs=true printer-location printer-state=3 printer-state-reasons=none printer-type=8581212\n";

    #[test]
    fn a_printer_is_read_from_its_line() {
        let office = Attributes::read(OFFICE);
        assert!(office.is_printer() && office.is_accepting() && !office.is_stopped());
        assert_eq!(office.about("office"), "财务室 HP's \"LaserJet\"");
        assert_eq!(office.can_duplex(), Some(true));
        assert_eq!(office.has_colours(), Some(true));
        assert_eq!(office.reason(), None);
    }

    #[test]
    fn an_unknown_printer_is_none() {
        assert!(!Attributes::read("\n").is_printer());
        assert!(!Attributes::read("copies=1").is_printer());
    }

    #[test]
    fn a_printer_waits_for_the_gravest_reason() {
        let with = |reasons: &str| Attributes::read(&format!("printer-state-reasons={reasons}"));
        assert_eq!(with("paused").reason(), Some("已暂停"));
        assert_eq!(with("paused,media-empty-error").reason(), Some("缺纸"));
        assert_eq!(with("toner-low-warning,media-empty-report").reason(), None);
    }

    #[test]
    fn messages_are_the_second_line() {
        let said =
            "printer stopped disabled since Sat Nov 21 21:59:42 2026 -\n\t缺纸 out of paper\n";
        assert_eq!(message(said), "缺纸 out of paper");
        assert_eq!(
            message("printer office is idle.  enabled since Sat Nov 21\n"),
            ""
        );
    }

    #[test]
    fn jobs_are_known_by_their_number() {
        let said = "request id is 三楼打印机-6 (1 file(s))\n";
        assert_eq!(job_number(said), "三楼打印机-6");
    }

    #[test]
    fn the_default_is_the_system_s() {
        let said = "system default destination: office\n";
        assert_eq!(default_printer(said), Some("office"));
        assert_eq!(default_printer("no system default destination\n"), None);
    }

    #[test]
    fn paper_is_known_where_it_is_listed() {
        let listed = options("PageSize/Page Size: Letter *A4 A3\nDuplex/2-Sided Printing: *None\n");
        assert_eq!(listed.takes_a4(), Some(true));
        assert_eq!(
            options("PageSize/Page Size: *Letter A5").takes_a4(),
            Some(false)
        );
        assert_eq!(options("Out/Out: *out\n").takes_a4(), None);
        assert_eq!(options("").takes_a4(), None);
    }
}
