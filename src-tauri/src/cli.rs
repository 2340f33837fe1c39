//! `rekey`, the headless command.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Fails only where a provider is in place already, which then serves as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    rekey::command::main()
}
