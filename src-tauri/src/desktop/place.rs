//! Size and place of the window, from start to start.
//!
//! Kept soon after they change and not only at the end, which a window does not always see. Whether
//! it was shown or had a frame is not kept: a window that opens unseen helps nobody.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Window, WindowEvent, Wry};
use tauri_plugin_window_state::{AppHandleExt, StateFlags};

// Whoever drags a window sends many events.
const PAUSE: Duration = Duration::from_millis(400);

const KEPT: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

/// Whether the place is about to be kept.
#[derive(Default)]
pub struct Place {
    soon: Arc<AtomicBool>,
}

/// Brings the window back to where it was.
pub fn plugin() -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::new().with_state_flags(KEPT).build()
}

/// Keeps where the window is, a moment after it was moved.
pub fn keep(window: &Window, event: &WindowEvent) {
    if !matches!(event, WindowEvent::Resized(_) | WindowEvent::Moved(_)) {
        return;
    }
    let soon = Arc::clone(&window.state::<Place>().soon);
    if soon.swap(true, Ordering::SeqCst) {
        return;
    }
    let app = window.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(PAUSE).await;
        soon.store(false, Ordering::SeqCst);
        write(&app);
    });
}

// On the thread of the window: elsewhere the plugin would hold its lock and wait for that thread,
// which may be waiting for the lock.
fn write(app: &AppHandle) {
    let of = app.clone();
    let asked = app.run_on_main_thread(move || {
        if let Err(error) = of.save_window_state(KEPT) {
            tracing::info!(%error, "the window's place was not kept");
        }
    });
    if let Err(error) = asked {
        tracing::info!(%error, "the window's place was not kept");
    }
}
