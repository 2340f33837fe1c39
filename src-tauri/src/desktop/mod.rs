//! The window: Tauri around [`App`]. Nothing is decided here.

mod attend;
mod awake;
mod commands;
#[cfg(test)]
mod names;
mod notice;
mod place;
mod progress;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use tauri::{Manager, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

use crate::api::App;
use crate::api::types::Stage;
use crate::secrets::OsKeyring;
use crate::store;

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Where the system has no web view, or no display.
pub fn run() -> tauri::Result<()> {
    let app = App::new(store::data_folder(), Arc::new(OsKeyring::new()));
    tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| show(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(place::plugin())
        .manage(place::Place::default())
        .manage(app)
        .invoke_handler(tauri::generate_handler![
            commands::api_after,
            commands::api_before,
            commands::app_view,
            commands::backup_make,
            commands::backup_override,
            commands::backup_restore,
            commands::backup_view,
            commands::checklist,
            commands::checklist_again,
            commands::code_cancel,
            commands::code_scan,
            commands::code_view,
            commands::connection_forget,
            commands::connection_open,
            commands::connection_test,
            commands::export,
            commands::export_choose,
            commands::going_back,
            commands::import_path,
            commands::import_text,
            commands::import_usual,
            commands::inspect,
            commands::leftover_remove,
            commands::leftovers,
            commands::log_view,
            commands::migrate,
            commands::migrate_cancel,
            commands::migrate_pause,
            commands::path_choose,
            commands::plan_make,
            commands::plan_save,
            commands::redis_connect,
            commands::redis_foresee,
            commands::redis_forget,
            commands::redis_matching,
            commands::redis_parse,
            commands::redis_remove,
            commands::redis_rewrite,
            commands::redis_rules_keep,
            commands::redis_scan,
            commands::redis_undo,
            commands::redis_view,
            commands::rehearsal_override,
            commands::rehearsal_view,
            commands::rehearse,
            commands::report,
            commands::report_open,
            commands::rows_since,
            commands::run_abandon,
            commands::run_keep,
            commands::run_open,
            commands::run_resume,
            commands::sample,
            commands::sample_open,
            commands::services_do,
            commands::services_health,
            commands::services_log,
            commands::services_read,
            commands::services_stopped,
            commands::services_token,
            commands::services_view,
            commands::session_close,
            commands::session_view,
            commands::sign_off_keep,
            commands::sign_off_view,
            commands::undo,
            commands::url_parse,
            commands::validate,
            commands::versions_expect,
            commands::versions_view,
            commands::zoom_set,
        ])
        .on_window_event(|window, event| {
            place::keep(window, event);
            keep_open_while_at_work(window, event);
        })
        .run(tauri::generate_context!())
}

fn words(stage: Stage) -> &'static str {
    match stage {
        Stage::Report => "An undo",
        Stage::Backup => "A backup",
        Stage::Rehearse => "A rehearsal",
        Stage::Welcome
        | Stage::Connect
        | Stage::Inspect
        | Stage::Plan
        | Stage::Checklist
        | Stage::Migrate
        | Stage::Validate => "A migration",
    }
}

// A second start brings the first window to the front.
fn show(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(error) = shown {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}

// The database would take everything back by itself, but nobody should find that out by
// accident. Every step is safe against being killed: macOS quits without asking here.
fn keep_open_while_at_work(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let Some(stage) = window.state::<App>().at_work() else { return };
    api.prevent_close();
    let message = if window.state::<App>().at_work_in_redis() {
        "Rekey is at work in Redis. Wait for it to end, or press Cancel: what is done stays, and the same once more goes on from there.".to_owned()
    } else {
        format!("{} is at work. Wait for it to end, or press Cancel: everything is then taken back.", words(stage))
    };
    window
        .dialog()
        .message(message)
        .title("Rekey stays open")
        .kind(MessageDialogKind::Warning)
        .parent(window)
        .show(|_| {});
}
