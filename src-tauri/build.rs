//! Tells Tauri which commands there are and where they are granted. Without the window
//! there is nothing to do.

#[cfg(feature = "desktop")]
mod names {
    include!("src/desktop/names.rs");
}

#[cfg(feature = "desktop")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/src/desktop/names.rs");
    // Assets are embedded when the package is compiled, which Cargo does not see by itself.
    if std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_some() {
        println!("cargo:rerun-if-changed=ui/dist");
    }
    let attributes = tauri_build::Attributes::new()
        .app_manifest(tauri_build::AppManifest::new().commands(names::COMMANDS))
        .capabilities_path_pattern("./src-tauri/capabilities/*");
    Ok(tauri_build::try_build(attributes)?)
}

#[cfg(not(feature = "desktop"))]
fn main() {
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
}
