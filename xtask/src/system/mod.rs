//! What the machine must bring: compilers and libraries, and servers for the tests.

mod debian;
pub mod mysql;
mod needs;
pub mod python;
pub mod servers;

pub use needs::Needs;

use std::process::Command;

use crate::{Outcome, process};

/// True where a window can be opened.
pub fn has_display() -> bool {
    let named = |variable| std::env::var_os(variable).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// Sees to it that everything is there, or says what to install.
pub fn provide(needs: &[Needs]) -> Outcome {
    match std::env::consts::OS {
        "linux" if process::on_path("dpkg-query").is_some() => debian::provide(needs),
        "linux" => other_linux(needs),
        "macos" => macos(needs),
        "windows" => {
            windows(needs);
            Ok(())
        }
        other => {
            println!("Nothing is known about {other}; going on in the hope that all is there.");
            Ok(())
        }
    }
}

// Package names differ too much to guess; programs and pkg-config can be asked everywhere.
fn other_linux(needs: &[Needs]) -> Outcome {
    let missing: Vec<&str> =
        needs.iter().flat_map(|need| need.parts()).filter(|part| !part.works()).map(|part| part.meaning).collect();
    if missing.is_empty() {
        println!("Everything that is needed from the system is there.");
        return Ok(());
    }
    let list: Vec<String> = missing.iter().map(|meaning| format!("\n  - {meaning}")).collect();
    Err(format!(
        "this system lacks what is listed here, and Rekey knows only how to install on Debian and Ubuntu. \
         Install it with your package manager and start again:{}",
        list.concat()
    ))
}

fn macos(needs: &[Needs]) -> Outcome {
    if !process::succeeds(Command::new("xcode-select").arg("-p")) {
        return Err("the Xcode command line tools are missing. Install them with: xcode-select --install".to_owned());
    }
    println!("The Xcode command line tools are there; the web view is part of macOS.");
    if needs.contains(&Needs::Tests) {
        println!("For the tests with servers: brew install postgresql mariadb redis. Window tests run on Linux only.");
    }
    Ok(())
}

fn windows(needs: &[Needs]) {
    println!("Needed on Windows: the Build Tools for Visual Studio with 'Desktop development with C++', and the");
    println!("WebView2 runtime, which Windows 11 and an up-to-date Windows 10 bring along");
    println!("(otherwise: https://developer.microsoft.com/microsoft-edge/webview2).");
    if needs.contains(&Needs::Tests) {
        println!("For the tests with servers: PostgreSQL from https://www.postgresql.org/download/windows.");
        println!("Window tests run on Linux only.");
    }
}
