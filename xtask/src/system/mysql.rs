//! A real MySQL for the tests. Debian has it in its unstable suite alone, so a small system of
//! that suite with nothing but the server and its clients is put into a folder, and the server
//! runs inside it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::{Outcome, process, workspace};

/// Server and client without what would set them up as a service.
const PACKAGES: &str = "--include=mysql-server-core,mysql-client-core";

/// Where it is kept, below the build folder.
pub fn folder() -> PathBuf {
    workspace::scratch("mysql")
}

/// Makes it where it is not there yet. Needs the administrator's rights, since only they can
/// run programs inside a folder.
pub fn provide() -> Outcome {
    let folder = folder();
    let server = folder.join("usr/sbin/mysqld");
    if server.is_file() && folder.join("ready").is_file() {
        println!("MySQL is there, in {}.", folder.display());
        return Ok(());
    }
    if !process::read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Err("only root can put a system into a folder and run programs inside it".to_owned());
    }
    let Some(program) = debootstrap() else {
        return Err("debootstrap is not installed; `cargo xtask setup` installs it on Debian and Ubuntu".to_owned());
    };
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|problem| format!("{}: {problem}", folder.display()))?;
    process::run(Command::new(program).args(["--variant=minbase", PACKAGES, "unstable"]).arg(&folder))?;
    if !server.is_file() {
        return Err("debootstrap ended well, but there is no mysqld".to_owned());
    }
    let ready = folder.join("ready");
    fs::write(&ready, "").map_err(|problem| format!("{}: {problem}", ready.display()))
}

// It lies where only the administrator's search path leads.
fn debootstrap() -> Option<PathBuf> {
    let usual = PathBuf::from("/usr/sbin/debootstrap");
    process::on_path("debootstrap").or_else(|| usual.is_file().then_some(usual))
}
