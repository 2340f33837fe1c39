//! Under which name a connection works: which run, on which machine.

/// What the server shows as application name, such as `rekey:4k2j9x0q1z@atlas`.
pub fn purpose(run: &str) -> String {
    format!("rekey:{run}@{}", host())
}

/// The name of this machine, for whoever finds a lock taken.
pub fn host() -> String {
    let named = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let named = named.or_else(|| std::env::var("HOSTNAME").ok()).or_else(|| std::env::var("COMPUTERNAME").ok());
    named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).unwrap_or_else(|| "unknown".to_owned())
}
