//! The dependency tree against `deny.toml`: licences, network crates, sources.
//!
//! cargo-deny reads the same file; this test holds the rules where it is not installed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::{MetadataCommand, Package};
use serde::Deserialize;
use spdx::{Expression, LicenseReq, Licensee, ParseMode};

/// The parts of `deny.toml` that this test holds.
#[derive(Deserialize)]
struct Deny {
    graph: Graph,
    licenses: Licenses,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Graph {
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    #[serde(default)]
    exceptions: Vec<LicenseException>,
}

#[derive(Deserialize)]
struct LicenseException {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
    allow_git: Vec<String>,
}

/// What is judged of one package of the tree.
struct Dependency {
    name: String,
    license: Option<String>,
    /// As cargo writes it: `registry+https://…` or `git+https://…`; `None` for a folder.
    source: Option<String>,
}

impl From<&Package> for Dependency {
    fn from(package: &Package) -> Self {
        Self {
            name: package.name.to_string(),
            license: package.license.clone(),
            source: package.source.as_ref().map(|source| source.repr.clone()),
        }
    }
}

impl Deny {
    fn parse(text: &str) -> Self {
        toml::from_str(text).expect("deny.toml is in cargo-deny's format")
    }

    fn of_this_project() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
        Self::parse(&std::fs::read_to_string(path).expect("deny.toml is readable"))
    }

    /// What is wrong with one dependency, one sentence each.
    fn faults(&self, dependency: &Dependency) -> Vec<String> {
        let name = &dependency.name;
        let mut faults = Vec::new();
        if self.bans.deny.iter().any(|ban| ban.name == *name) {
            faults.push(format!("{name} is banned"));
        }
        match &dependency.source {
            Some(source) if self.allows_source(source) => {}
            source => faults.push(format!("{name} comes from {source:?}")),
        }
        let licensees = self.licensees(name, None);
        if !license_of(dependency).is_some_and(|license| satisfied(&license, &licensees)) {
            faults.push(format!(
                "{name} has the licence {:?}, which nothing in the allow list satisfies",
                dependency.license
            ));
        }
        faults
    }

    fn allows_source(&self, source: &str) -> bool {
        let any = |allowed: &[String], url: &str| allowed.iter().any(|allowed| allowed == url);
        if let Some(url) = source.strip_prefix("registry+") {
            any(&self.sources.allow_registry, url)
        } else if let Some(url) = source.strip_prefix("git+") {
            let end = url.find(['?', '#']).unwrap_or(url.len());
            any(&self.sources.allow_git, &url[..end])
        } else {
            false
        }
    }

    /// The licences a package may come under, exceptions included, optionally without one of the allow list.
    fn licensees(&self, package: &str, without: Option<&str>) -> Vec<Licensee> {
        let exceptions = self.licenses.exceptions.iter();
        let excepted = exceptions
            .filter(|exception| exception.name == package)
            .flat_map(|exception| &exception.allow);
        let general = self.licenses.allow.iter();
        general
            .filter(|allowed| Some(allowed.as_str()) != without)
            .chain(excepted)
            .map(|name| Licensee::parse(name).expect("deny.toml names SPDX licences"))
            .collect()
    }
}

fn license_of(dependency: &Dependency) -> Option<Expression> {
    // Lax, because "MIT/Apache-2.0" is how crates wrote OR before SPDX expressions.
    Expression::parse_mode(dependency.license.as_deref()?, ParseMode::LAX).ok()
}

fn satisfied(license: &Expression, licensees: &[Licensee]) -> bool {
    license.evaluate(|wanted: &LicenseReq| licensees.iter().any(|has| has.satisfies(wanted)))
}

/// Every package that any of the targets or features of this project can bring, without the project itself.
fn tree(deny: &Deny) -> Vec<Dependency> {
    let platforms = deny.graph.targets.iter();
    let platforms = platforms.map(|target| format!("--filter-platform={target}"));
    let options = platforms.chain(["--locked".to_owned()]).collect::<Vec<_>>();
    let metadata = MetadataCommand::new()
        .manifest_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .features(cargo_metadata::CargoOpt::AllFeatures)
        .other_options(options)
        .exec()
        .expect("cargo metadata works; `cargo fetch --locked` brings what it needs");
    let own: BTreeSet<_> = metadata.workspace_members.iter().collect();
    let foreign = metadata
        .packages
        .iter()
        .filter(|package| !own.contains(&package.id));
    foreign.map(Dependency::from).collect()
}

#[test]
fn every_dependency_keeps_to_deny_toml() {
    let deny = Deny::of_this_project();
    let faults: Vec<String> = tree(&deny)
        .iter()
        .flat_map(|dependency| deny.faults(dependency))
        .collect();
    assert!(
        faults.is_empty(),
        "against deny.toml:\n{}",
        faults.join("\n")
    );
}

#[test]
fn every_allowance_is_needed() {
    let deny = Deny::of_this_project();
    let tree = tree(&deny);
    let licenses: BTreeMap<&str, Expression> = tree
        .iter()
        .filter_map(|dependency| Some((dependency.name.as_str(), license_of(dependency)?)))
        .collect();
    for allowed in &deny.licenses.allow {
        let needed = licenses
            .iter()
            .any(|(name, license)| !satisfied(license, &deny.licensees(name, Some(allowed))));
        assert!(
            needed,
            "deny.toml allows {allowed}, but every dependency does without it"
        );
    }
    for exception in &deny.licenses.exceptions {
        assert!(
            licenses.contains_key(exception.name.as_str()),
            "deny.toml makes an exception for {}, which is no dependency",
            exception.name
        );
    }
}

#[test]
fn network_crates_are_banned_by_name() {
    let deny = Deny::of_this_project();
    let banned: BTreeSet<&str> = deny.bans.deny.iter().map(|ban| ban.name.as_str()).collect();
    for name in [
        "async-std",
        "attohttpc",
        "curl",
        "h2",
        "hyper",
        "isahc",
        "minreq",
        "mio",
        "native-tls",
        "openssl",
        "quinn",
        "reqwest",
        "rustls",
        "socket2",
        "tokio",
        "tungstenite",
        "ureq",
    ] {
        assert!(banned.contains(name), "deny.toml no longer bans {name}");
    }
}

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// The faults of a made-up dependency against the project's own rules.
fn faults_of(name: &str, license: Option<&str>, source: Option<&str>) -> Vec<String> {
    Deny::of_this_project().faults(&Dependency {
        name: name.to_owned(),
        license: license.map(str::to_owned),
        source: source.map(str::to_owned),
    })
}

#[test]
fn licence_expressions_are_understood() {
    for fine in [
        "MIT",
        "MIT/Apache-2.0",
        "Apache-2.0 / MIT",
        "GPL-3.0-only OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
    ] {
        assert_eq!(
            faults_of("fine", Some(fine), Some(CRATES_IO)),
            [""; 0],
            "{fine}"
        );
    }
    for refused in [
        "GPL-3.0-only",
        "MIT AND GPL-3.0-only",
        "(MIT OR Apache-2.0) AND LGPL-2.1-or-later",
        "Mine",
    ] {
        assert_eq!(
            faults_of("refused", Some(refused), Some(CRATES_IO)).len(),
            1,
            "{refused}"
        );
    }
    assert_eq!(faults_of("silent", None, Some(CRATES_IO)).len(), 1);
}

#[test]
fn an_exception_holds_for_its_crate_alone() {
    assert_eq!(
        faults_of("option-ext", Some("MPL-2.0"), Some(CRATES_IO)),
        [""; 0]
    );
    assert_eq!(
        faults_of("another", Some("MPL-2.0"), Some(CRATES_IO)).len(),
        1
    );
}

#[test]
fn banned_crates_and_foreign_sources_are_found() {
    assert_eq!(
        faults_of("tokio", Some("MIT"), Some(CRATES_IO)),
        ["tokio is banned"]
    );
    for source in [
        None,
        Some("git+https://example.org/a.git?branch=main#0123"),
        Some("registry+https://example.org/index"),
        Some("sparse+https://example.org/index/"),
    ] {
        assert_eq!(
            faults_of("stranger", Some("MIT"), source).len(),
            1,
            "{source:?}"
        );
    }
}
