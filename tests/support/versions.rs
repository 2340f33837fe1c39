//! Where the programs of each PostgreSQL are: the installed ones, and those of other versions
//! that `cargo xtask setup` fetched.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::process::{find_program, finish};

/// Versions that are tested beside the installed one, where their packages could be had.
pub const OTHERS: [u32; 5] = [12, 14, 16, 17, 18];

/// The programs of one server and the clients that talk to it.
#[derive(Debug, Clone)]
pub struct Programs {
    /// Folder with `initdb` and `postgres`.
    pub server: PathBuf,
    /// Folder with `psql` and `pg_dump`.
    pub client: PathBuf,
    /// True where the server is too new for this `pg_dump`, which then refuses to read it.
    pub newer: bool,
}

impl Programs {
    /// The installed ones, or those of another version. The packages bring no clients.
    pub fn of(version: Option<u32>) -> Option<Programs> {
        let client = installed()?;
        match version {
            None => Some(Programs { server: client.clone(), client, newer: false }),
            Some(version) => {
                Some(Programs { server: packaged(version)?, newer: version > major(&client.join("pg_dump")), client })
            }
        }
    }
}

/// Where the installed programs are: the newest version under Debian's folder, else `PATH`.
pub fn installed() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| is_server(folder))
        .collect();
    versions.sort();
    if let Some((_, folder)) = versions.pop() {
        return Some(folder);
    }
    Some(find_program("initdb")?.parent()?.to_path_buf())
}

/// The major version of the installed programs.
pub fn installed_major() -> Option<u32> {
    static MAJOR: OnceLock<Option<u32>> = OnceLock::new();
    *MAJOR.get_or_init(|| Some(major(&installed()?.join("postgres"))))
}

/// Where the programs of another version are.
pub fn packaged(version: u32) -> Option<PathBuf> {
    let folder = packages().join(format!("node_modules/postgres-{version}-{}/native/bin", platform()));
    is_server(&folder).then_some(folder)
}

/// The folder that the packages were fetched into.
pub fn packages() -> PathBuf {
    let made = || Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("xtask").join("servers");
    std::env::var_os("REKEY_SERVERS").map_or_else(made, PathBuf::from)
}

/// True where anybody may start programs of this folder, also a user without rights.
pub fn is_open(folder: &Path) -> bool {
    folder.ancestors().all(|part| std::fs::metadata(part).is_ok_and(|entry| entry.permissions().mode() & 0o001 != 0))
}

fn is_server(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

// As the packages call it.
fn platform() -> String {
    let system = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{system}-{machine}")
}

// `pg_dump (PostgreSQL) 15.13 (Debian 15.13-1)`, `postgres (PostgreSQL) 18beta1`.
fn major(program: &Path) -> u32 {
    let told = finish(Command::new(program).arg("--version"), None).text();
    let number: String =
        told.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    number.parse().unwrap_or_else(|_| panic!("{} does not tell its version: {told}", program.display()))
}
