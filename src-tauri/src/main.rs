//! The window of Rekey.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    // Before anything that wants a display.
    if std::env::args_os().nth(1).is_some_and(|word| word == "--version" || word == "-V") {
        println!("rekey-desktop {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    // First of all: TLS without a provider panics at the first connection.
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        eprintln!("Another TLS provider is installed already.");
    }
    #[cfg(target_os = "linux")]
    white_window::cure();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match rekey::desktop::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            eprintln!("Without a display, use the command 'rekey'.");
            ExitCode::FAILURE
        }
    }
}

/// On machines without a graphics card WebKit shows an empty window unless told not to
/// share buffers with it.
#[cfg(target_os = "linux")]
mod white_window {
    use std::os::unix::process::CommandExt;

    const VARIABLE: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// Starts the program again in its own place with the variable set. Setting it in a
    /// running process would be unsafe; a WebDriver session would hang at its screenshots.
    pub fn cure() {
        let set = |name: &str| std::env::var_os(name).is_some();
        if set(VARIABLE) || set("TAURI_WEBVIEW_AUTOMATION") || has_render_device() {
            return;
        }
        let Ok(program) = std::env::current_exe() else { return };
        let error = std::process::Command::new(program).args(std::env::args_os().skip(1)).env(VARIABLE, "1").exec();
        eprintln!("Rekey could not start itself again ({error}); the window may stay empty.");
    }

    fn has_render_device() -> bool {
        let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
        devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
    }
}
