//! The whole sample without a mouse: where the focus is, where Tab leads, and that nothing holds it.

use std::collections::BTreeSet;
use std::path::Path;

use fantoccini::key::Key;

use super::looks::no_faults;
use super::steps::{LONG, binary};
use crate::support::window::{Desktop, Keyring, Window};

/// More than any page of the sample has.
const MOST_STOPS: usize = 200;

/// From Welcome to the report and back by Tab, Shift+Tab, Enter, Space and Esc alone.
pub(super) fn sample() {
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        walk_around(&window, "welcome").await;
        enter(&window, "welcome-sample").await;
        arrive(&window, "inspect", "inspect-summary").await;
        onward(&window, "plan", "plan-result").await;
        onward(&window, "checklist", "checklist-outcome").await;
        onward(&window, "backup", "backup-make").await;
        enter(&window, "backup-make").await;
        window.wait_for_text("backup-path", LONG, |path| Path::new(path).is_file()).await;
        onward(&window, "rehearse", "rehearse-start").await;
        enter(&window, "rehearse-start").await;
        window.wait_for_text("rehearse-outcome", LONG, |text| text.contains("every proof held")).await;
        onward(&window, "migrate", "migrate-start").await;
        dialog(&window, "migrate-start").await;
        window.wait_for_text("migrate-done", LONG, |text| !text.is_empty()).await;
        onward(&window, "validate", "validate-outcome").await;
        onward(&window, "report", "report-path").await;
        let good = window.find("report-outcome").await.attr("data-good").await.unwrap();
        assert_eq!(good.as_deref(), Some("true"), "the report is green");
        dialog(&window, "undo").await;
        window.wait_for_text("undo-done", LONG, |text| !text.is_empty()).await;
        assert_eq!(window.clicks(), 0, "no mouse was used");
        window.close().await;
    });
}

async fn onward(window: &Window, stage: &str, shows: &str) {
    enter(window, "next").await;
    arrive(window, stage, shows).await;
}

// Whoever cannot see the change must still arrive where it happened.
async fn arrive(window: &Window, stage: &str, shows: &str) {
    window.wait_for_focus("step-title").await;
    window.find(shows).await;
    assert_eq!(window.find("stage").await.attr("data-stage").await.unwrap().as_deref(), Some(stage));
    assert_eq!(window.focused().await, "step-title", "what is filled in later must not take the focus away");
    walk_around(window, stage).await;
}

// Tab until it has the focus, and Enter.
async fn enter(window: &Window, id: &str) {
    tab_to(window, id).await;
    window.press(Key::Enter).await;
}

async fn tab_to(window: &Window, id: &str) {
    for _ in 0..MOST_STOPS {
        if window.focused().await == id {
            return;
        }
        window.press(Key::Tab).await;
    }
    panic!("Tab never comes to '{id}'; the window shows:\n{}", window.words().await);
}

// Every control that can be seen is reached, each shows that it has the focus, and after the
// last comes the first.
async fn walk_around(window: &Window, stage: &str) {
    let all: BTreeSet<String> = words(window, CONTROLS).await.into_iter().collect();
    assert!(all.len() > 2, "{stage} has hardly a control: {all:?}");
    window.script("window.__visited = new Set(); window.__wrong = []", Vec::new()).await;
    let mut left = all.into_iter().collect();
    for _ in 0..MOST_STOPS {
        if Vec::is_empty(&left) {
            break;
        }
        window.press(Key::Tab).await;
        left = words(window, VISIT).await;
    }
    assert!(left.is_empty(), "{stage}: Tab never comes to {left:?}");
    let wrong = words(window, "return window.__wrong;").await;
    assert!(wrong.is_empty(), "{stage}: {wrong:?}");
}

async fn words(window: &Window, script: &str) -> Vec<String> {
    let found = window.script(&format!("{COMMON}{script}"), Vec::new()).await;
    found.as_array().into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

const COMMON: &str = "
    const name = at => at.dataset.testid || at.id || at.getAttribute('aria-label') || (at.textContent || at.tagName).trim().slice(0, 40);
    // Of a group of radio buttons Tab comes to the chosen one alone, and of tabs to the open one.
    const alone = at => at.type === 'radio' ? at.checked || !document.querySelector(`input[name='${at.name}']:checked`) : at.getAttribute('role') !== 'tab' || at.tabIndex === 0;
    const controls = () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
        .filter(at => !at.disabled && at.tabIndex >= 0 && at.checkVisibility() && alone(at) && !at.closest('dialog:not([open])'));
    ";
const CONTROLS: &str = "return controls().map(name);";
// Notes what is wrong with the place where the focus is, and gives what is left to come to.
const VISIT: &str = "
    const at = document.activeElement;
    if (at && at !== document.body) {
        window.__visited.add(at);
        const style = getComputedStyle(at);
        const box = at.getBoundingClientRect();
        if (!at.matches(':focus-visible') || (style.outlineStyle === 'none' && style.boxShadow === 'none')) window.__wrong.push(name(at) + ' does not show the focus');
        if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) window.__wrong.push(name(at) + ' has the focus out of sight');
    }
    return controls().filter(one => !window.__visited.has(one)).map(name);";

// Esc closes it and gives the focus back; Tab stays inside; Enter on its button goes on.
async fn dialog(window: &Window, opener: &str) {
    enter(window, opener).await;
    window.wait_for_focus("danger-cancel").await;
    no_faults(window, &format!("the dialog of {opener}")).await;
    for _ in 0..8 {
        window.press(Key::Tab).await;
        let inside = "const at = document.activeElement; return at === document.body || !!at.closest('dialog[open]')";
        assert_eq!(window.script(inside, Vec::new()).await, true, "Tab leads out of an open dialog");
    }
    window.press(Key::Escape).await;
    window.wait_for_focus(opener).await;
    assert!(window.seen("danger-confirm").await.is_none(), "Esc closes the dialog");
    window.press(Key::Enter).await;
    window.wait_for_focus("danger-cancel").await;
    tab_to(window, "danger-confirm").await;
    window.press(Key::Enter).await;
}
