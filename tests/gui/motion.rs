//! Whoever asked their desktop for less motion gets a window in which nothing moves by itself.

use super::steps::{LONG, binary, fill_in_address, prepare, start};
use crate::support::holder::Holder;
use crate::support::sqlite;
use crate::support::window::{Desktop, Keyring, Window};

/// Where a desktop of GTK keeps the wish, which the web view hands on to the page.
const WISH: &str = "[Settings]\ngtk-enable-animations=false\n";

/// What moves by itself, or would as soon as it changes.
const MOVING: &str = "
    const styles = element => ['', '::before', '::after'].map(part => [part, getComputedStyle(element, part || null)]);
    const moves = style => style.animationName !== 'none' || style.transitionDuration.split(',').some(time => parseFloat(time) > 0);
    const named = element => element.tagName + '.' + element.getAttribute('class');
    const found = Array.from(document.querySelectorAll('*')).flatMap(element =>
        styles(element).filter(([, style]) => moves(style)).map(([part]) => named(element) + part));
    return found.concat(document.getAnimations().map(() => 'an animation')).join(', ');";

/// The page as it would be for whoever did not ask.
const UNASKED: &str = "
    const turn = rules => { for (const rule of rules) {
        if (rule.media && rule.media.mediaText.includes('prefers-reduced-motion')) rule.media.mediaText = '(max-width: 0px)';
        else if (rule.cssRules) turn(rule.cssRules);
    } };
    for (const sheet of document.styleSheets) turn(sheet.cssRules);";

pub(super) fn reduced() {
    let home = tempfile::Builder::new().prefix("rk-win-").tempdir().unwrap();
    let settings = home.path().join("config/gtk-3.0");
    std::fs::create_dir_all(&settings).unwrap();
    std::fs::write(settings.join("settings.ini"), WISH).unwrap();
    let desktop = Desktop::start_in(home, Keyring::Absent, &[]);
    let file = sqlite::File::create("shop.db");
    file.execute(super::whole_way::TABLES);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        let asked = "return matchMedia('(prefers-reduced-motion: reduce)').matches";
        assert_eq!(window.script(asked, Vec::new()).await, true, "the wish reaches the page");
        still(&window, "welcome").await;
        fill_in_address(&window, &file.path().display().to_string()).await;
        still(&window, "connect").await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
        still(&window, "inspect").await;
        prepare(&window).await;
        let holder = Holder::sqlite(&file, "UPDATE item SET title = 'mine' WHERE id = 1");
        start(&window).await;
        window.wait_for_text("migrate-waiting", LONG, |text| !text.is_empty()).await;
        still(&window, "migrate, at work").await;
        window.script(UNASKED, Vec::new()).await;
        let moving = moving(&window).await;
        for part in ["pulse", "fill", "an animation"] {
            assert!(moving.contains(part), "this look sees no '{part}' where it moves: {moving}");
        }
        window.click("migrate-cancel").await;
        window.click("danger-confirm").await;
        window.find_within("error-panel", LONG).await;
        holder.release();
        window.close().await;
    });
}

async fn still(window: &Window, stage: &str) {
    assert_eq!(moving(window).await, "", "{stage}: something moves");
}

async fn moving(window: &Window) -> String {
    window.script(MOVING, Vec::new()).await.as_str().unwrap_or_default().to_owned()
}
