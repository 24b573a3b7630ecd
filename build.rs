//! Gives the programs for Windows their icon, version and manifest. Elsewhere it does nothing.

use std::env;

const RESOURCES: &str = "packaging/windows";
const ICONS: &str = "assets/icon";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return;
    }
    for folder in [RESOURCES, ICONS] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let macros = [
        concat!("VERSION=", env!("CARGO_PKG_VERSION")),
        concat!(
            "VERSION_NUMBERS=",
            env!("CARGO_PKG_VERSION_MAJOR"),
            ",",
            env!("CARGO_PKG_VERSION_MINOR"),
            ",",
            env!("CARGO_PKG_VERSION_PATCH"),
            ",0"
        ),
    ];
    let mut programs = vec!["jiping-cli"];
    if env::var_os("CARGO_FEATURE_GUI").is_some() {
        programs.push("jiping");
    }
    for program in programs {
        // Needs rc.exe of the Windows SDK, or windres of mingw. Without its manifest a program would have the wrong size on
        // half of all screens, so there is no build without.
        embed_resource::compile_for(
            format!("{RESOURCES}/{program}.rc"),
            [program],
            embed_resource::ParamsMacrosAndIncludeDirs(macros, [RESOURCES, ICONS]),
        )
        .manifest_required()
        .expect("the resources of the program compile");
    }
}
