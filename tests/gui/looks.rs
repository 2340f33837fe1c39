//! What everybody must be able to see: no fault that axe knows of, by day and by night, and
//! nothing that only scrolls into view.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::window::{Theme, Window};

/// Looks at the page as it is now, in light and in dark. Gives how long it took, which no user
/// waits for.
pub(super) async fn no_faults(window: &Window, stage: &str) -> Duration {
    let began = Instant::now();
    let mut pages = Vec::new();
    for theme in [Theme::Dark, Theme::Light] {
        pages.push(window.theme(Some(theme)).await);
        axe_faults(window, &format!("{stage}, {theme:?}")).await;
    }
    assert_ne!(pages[0], pages[1], "{stage}: dark looks like light");
    window.theme(None).await;
    // Which database it is stays in view: what is long scrolls between the bars.
    let within = "const page = document.scrollingElement; return page.scrollHeight <= window.innerHeight && page.scrollWidth <= window.innerWidth";
    assert_eq!(window.script(within, Vec::new()).await, true, "{stage}: the page scrolls as a whole");
    began.elapsed()
}

/// What axe says, as the page is now.
pub(super) async fn axe_faults(window: &Window, stage: &str) {
    let axe = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    let end = Instant::now() + Duration::from_secs(2);
    // Colours that are still on their way to where they belong are looked at again.
    while let Some(faults) = window.accessibility_faults(&axe).await.filter(|faults| !faults.is_empty()) {
        assert!(Instant::now() < end, "{stage}: {faults:#?}");
    }
}
