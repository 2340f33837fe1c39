//! Named points of a run at which a test may stop the process, and the place where it may
//! spoil the work.
//!
//! Without the feature `failpoints` this is nothing at all. With it, the folder named by
//! `REKEY_FAILPOINTS` receives one line per point in `log`; at the point named by
//! `REKEY_STOP_AT` (`name` or `name#hit`) the file `reached` appears there and the
//! thread sleeps for ever, so that whoever waits for the file can kill the process. What
//! the file named by `REKEY_SPOIL` holds is sent as statements before the gate.

/// Marks that the run has come to `name`.
#[cfg(not(feature = "failpoints"))]
pub fn reached(_name: &str) {}

/// Marks that the run has come to `name`.
#[cfg(feature = "failpoints")]
pub fn reached(name: &str) {
    use std::io::Write;
    let Some(folder) = std::env::var_os("REKEY_FAILPOINTS").map(std::path::PathBuf::from) else {
        return;
    };
    let log = folder.join("log");
    let earlier = std::fs::read_to_string(&log).unwrap_or_default();
    let hit = earlier.lines().filter(|line| *line == name).count() + 1;
    if let Ok(mut file) = std::fs::OpenOptions::new().append(true).create(true).open(&log) {
        let _ = writeln!(file, "{name}");
    }
    let wanted = std::env::var("REKEY_STOP_AT").unwrap_or_default();
    if wanted == format!("{name}#{hit}") || (hit == 1 && wanted == name) {
        let _ = std::fs::write(folder.join("reached"), name);
        loop {
            std::thread::park();
        }
    }
}

/// Statements that a test wants sent between the last step and the gate, which must notice.
#[cfg(not(feature = "failpoints"))]
pub fn defect() -> Option<String> {
    None
}

/// Statements that a test wants sent between the last step and the gate, which must notice.
#[cfg(feature = "failpoints")]
pub fn defect() -> Option<String> {
    std::fs::read_to_string(std::env::var_os("REKEY_SPOIL")?).ok()
}
