//! Programs that stand in for `pg_dump` and `pg_restore` in a folder of their own.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;
use std::time::Duration;

use crate::support::process::{LIMIT, Outcome, Reaped, drain, until};
use crate::support::rekey::{Answer, Rekey};
use crate::support::versions;

/// Writes a program into the folder `programs` of the home.
pub fn write(rekey: &Rekey, name: &str, script: &str) {
    let file = rekey.path("programs").join(name);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// The real one.
pub fn real(name: &str) -> String {
    versions::installed().unwrap().join(name).display().to_string()
}

/// One that hands on to the real one after these lines, which its version is not asked for.
pub fn before(rekey: &Rekey, name: &str, lines: &str) {
    let real = real(name);
    write(rekey, name, &format!("[ \"$1\" = --version ] && exec {real} --version\n{lines}\nexec {real} \"$@\""));
}

/// Runs a backup whose `pg_dump` waits until `act`, told the process, has ended.
pub fn meanwhile(rekey: &Rekey, words: &[String], act: impl FnOnce(u32)) -> Answer {
    let (reached, go) = (rekey.path("reached"), rekey.path("go"));
    for file in [&reached, &go] {
        let _ = std::fs::remove_file(file);
    }
    before(rekey, "pg_restore", "");
    let pause = format!("touch '{}'\nwhile [ ! -e '{}' ]; do sleep 0.05; done", reached.display(), go.display());
    before(rekey, "pg_dump", &pause);
    let programs = rekey.file("programs");
    let more = ["--programs", programs.as_str(), "--json"];
    let words: Vec<&str> = words.iter().map(String::as_str).chain(more).collect();
    finish(rekey, &words, |process| {
        until("the dump", LIMIT, || reached.exists().then_some(()));
        act(process);
        std::fs::write(&go, "").unwrap();
    })
}

/// Runs a backup whose `pg_restore` waits, before it fills the scratch database, until `act`,
/// told the process, has ended.
pub fn while_restoring(rekey: &Rekey, words: &[String], act: impl FnOnce(u32)) -> Answer {
    let (reached, go) = pausing(rekey);
    let words = with_programs(rekey, words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    finish(rekey, &words, |process| {
        until("the restoring", LIMIT, || reached.exists().then_some(()));
        act(process);
        std::fs::write(&go, "").unwrap();
    })
}

/// Starts the same and gives it back as it waits there.
pub fn started_restoring(rekey: &Rekey, words: &[String]) -> Reaped {
    let (reached, _) = pausing(rekey);
    let words = with_programs(rekey, words);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = rekey.command(&words);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let child = Reaped::spawn(&mut command);
    until("the restoring", LIMIT, || reached.exists().then_some(()));
    child
}

// It ends by itself where whoever waits for it is gone.
fn pausing(rekey: &Rekey) -> (std::path::PathBuf, std::path::PathBuf) {
    let (reached, go) = (rekey.path("reached"), rekey.path("go"));
    for file in [&reached, &go] {
        let _ = std::fs::remove_file(file);
    }
    before(rekey, "pg_dump", "");
    let pause = format!(
        "case \"$*\" in *--exit-on-error*)\ntouch '{}'\nwhile [ ! -e '{}' ]; do [ -e /proc/$PPID/exe ] || exit 1; sleep 0.05; done;; esac",
        reached.display(),
        go.display()
    );
    before(rekey, "pg_restore", &pause);
    (reached, go)
}

fn with_programs(rekey: &Rekey, words: &[String]) -> Vec<String> {
    let more = ["--programs".to_owned(), rekey.file("programs"), "--json".to_owned()];
    words.iter().cloned().chain(more).collect()
}

/// Runs the command and does something while it is at work.
pub fn finish(rekey: &Rekey, words: &[&str], act: impl FnOnce(u32)) -> Answer {
    let mut command = rekey.command(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Reaped::spawn(&mut command);
    let (stdout, stderr) = (drain(child.0.stdout.take().unwrap()), drain(child.0.stderr.take().unwrap()));
    act(child.0.id());
    let status = until("the end of the backup", Duration::from_secs(60), || child.0.try_wait().unwrap());
    let outcome = Outcome {
        code: status.code(),
        signal: std::os::unix::process::ExitStatusExt::signal(&status),
        stdout: stdout.join().unwrap(),
        stderr: String::from_utf8_lossy(&stderr.join().unwrap()).into_owned(),
    };
    rekey.judge(words, outcome)
}
