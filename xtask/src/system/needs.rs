//! What each task needs from the system, as packages and as something that can be tried.

use std::process::Command;

use crate::process;

/// For what something is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Compiling the engine and the command line.
    Compiler,
    /// Compiling and opening the window.
    Window,
    /// Servers and drivers for the tests.
    Tests,
}

/// One thing that must be there.
pub struct Part {
    /// The package on Debian and Ubuntu.
    pub package: &'static str,
    /// Beginning of the names of packages that do as well, followed by a version number.
    pub versioned: Option<&'static str>,
    /// What it is, for other systems.
    pub meaning: &'static str,
    probe: Probe,
}

enum Probe {
    Program(&'static [&'static str]),
    Library(&'static str),
    /// A module of Python's own.
    Module(&'static str),
}

impl Needs {
    /// Everything that belongs to it.
    pub fn parts(self) -> &'static [Part] {
        match self {
            Needs::Compiler => COMPILER,
            Needs::Window => WINDOW,
            Needs::Tests => TESTS,
        }
    }
}

impl Part {
    /// True where it can be found without asking a package manager.
    pub fn works(&self) -> bool {
        match self.probe {
            Probe::Program(names) => names.iter().any(|name| process::on_path(name).is_some()),
            Probe::Library(name) => process::succeeds(Command::new("pkg-config").args(["--exists", name])),
            Probe::Module(name) => process::succeeds(Command::new("python3").args(["-c", &format!("import {name}")])),
        }
    }
}

const fn part(package: &'static str, meaning: &'static str, probe: Probe) -> Part {
    Part { package, versioned: None, meaning, probe }
}

const COMPILER: &[Part] = &[part("build-essential", "a C compiler and linker", Probe::Program(&["cc"]))];

// GTK 3, libsoup 3 and JavaScriptCore come with the first; the app links to nothing else.
const WINDOW: &[Part] = &[
    part("libwebkit2gtk-4.1-dev", "WebKitGTK 4.1 with headers", Probe::Library("webkit2gtk-4.1")),
    part("pkg-config", "pkg-config", Probe::Program(&["pkg-config", "pkgconf"])),
];

const TESTS: &[Part] = &[
    Part {
        versioned: Some("postgresql-"),
        ..part("postgresql", "PostgreSQL's server and client programs", Probe::Program(&["initdb", "pg_dump"]))
    },
    part("pgbouncer", "PgBouncer", Probe::Program(&["pgbouncer"])),
    part("mariadb-server", "MariaDB's server", Probe::Program(&["mariadbd", "mysqld"])),
    part("debootstrap", "debootstrap, for a real MySQL", Probe::Program(&["debootstrap"])),
    part("redis-server", "Redis", Probe::Program(&["redis-server", "valkey-server"])),
    part("openssh-server", "an SSH server, for ways through one", Probe::Program(&["sshd"])),
    part("openssh-client", "OpenSSH's client", Probe::Program(&["ssh"])),
    part("python3-venv", "Python with venv, for Alembic and Django", Probe::Module("ensurepip")),
    part("sqlite3", "SQLite's command line", Probe::Program(&["sqlite3"])),
    part("xvfb", "Xvfb with xvfb-run", Probe::Program(&["xvfb-run"])),
    part("xauth", "xauth", Probe::Program(&["xauth"])),
    part("webkit2gtk-driver", "WebKitWebDriver", Probe::Program(&["WebKitWebDriver"])),
    part("dbus", "dbus-run-session", Probe::Program(&["dbus-run-session"])),
    part("dbus-x11", "dbus-launch", Probe::Program(&["dbus-launch"])),
    part("gnome-keyring", "gnome-keyring-daemon", Probe::Program(&["gnome-keyring-daemon"])),
    part("imagemagick", "ImageMagick", Probe::Program(&["convert", "magick"])),
];
