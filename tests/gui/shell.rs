//! What surrounds the steps: size and place, a second start, what the desktop is asked, the log,
//! help, and text of twice the size.

use std::process::Stdio;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};

use super::looks::axe_faults;
use super::steps::{LONG, answer_questions, binary};
use crate::support::process::{finish, until};
use crate::support::window::{Desktop, Keyring, PATIENCE, Window};

/// As WebDriver writes the key.
const CONTROL: char = '\u{e009}';
const F1: char = '\u{e031}';

pub(super) fn stays_where_it_was() {
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        assert_eq!(inner(&window).await, (1180, 800), "what it has when nobody changed it");
        window.client().set_window_rect(40, 30, 1100, 740).await.unwrap();
        wait_for(&window, (1100, 740)).await;
        let kept = desktop.home().join("config/dev.rekey.app/.window-state.json");
        until("the window's place to be kept", PATIENCE, || {
            std::fs::read_to_string(&kept).ok().filter(|text| text.contains("1100"))
        });
        window.close().await;

        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        wait_for(&window, (1100, 740)).await;
        let (x, y, ..) = window.client().get_window_rect().await.unwrap();
        assert_eq!((x, y), (40, 30));
        window.close().await;
    });
}

pub(super) fn a_second_start() {
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.click("welcome-connect").await;
        window.type_into("connect-name", "typed before").await;
        let second = finish(desktop.command(binary()).stdin(Stdio::null()), None);
        assert_eq!(second.code, Some(0), "{}", second.stderr);
        assert_eq!(window.value("connect-name").await, "typed before");
        window.close().await;
    });
}

pub(super) fn the_desktop_is_told() {
    let desktop = Desktop::start(Keyring::Absent);
    let heard = desktop.listen_on_the_bus();
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        open_the_sample(&window).await;
        window.click("next").await;
        window.find("plan-result").await;
        answer_questions(&window).await;
        window.click("next").await;
        window.find("checklist-outcome").await;
        window.click("next").await;
        window.find("backup-make").await;
        // Whoever looks at the window needs no notice.
        let _other = desktop.distract(&binary());
        wait_until(&window, "return !document.hasFocus()").await;
        window.click("backup-make").await;
        window.wait_for_text("backup-path", LONG, |path| !path.is_empty()).await;
        let database = window
            .script("return document.querySelector('[data-testid=\"top-database\"] strong').textContent", Vec::new())
            .await;
        let title = format!("Backup of {}: done", database.as_str().unwrap());
        until("a notice", PATIENCE, || heard.text().contains(&title).then_some(()));
        // Nobody of that name is on the tests' bus, which the window has to admit.
        until("the wish to stay awake", PATIENCE, || heard.text().contains("member=Inhibit").then_some(()));
        press(&window, CONTROL, 'l').await;
        let told = window.wait_for_text("log-lines", LONG, |text| text.contains("could not be kept")).await;
        for line in ["Open the sample: done in", "Make the plan: begun", "Backup: done in"] {
            assert!(told.contains(line), "{line}: {told}");
        }
        axe_faults(&window, "backup, with the log").await;
        window.close().await;
    });
    for line in heard.text().lines().filter(|line| line.contains("string \"")) {
        assert!(!line.contains("/rekey-data/"), "a path was told to other programs: {line}");
    }
}

pub(super) fn help_and_about() {
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        press_one(&window, F1).await;
        window.find("help-sample").await;
        axe_faults(&window, "help").await;
        window.click("help-about").await;
        assert!(window.text("about-version").await.contains(env!("CARGO_PKG_VERSION")));
        window.click("about-parts").await;
        window.wait_for_text("about-packages", PATIENCE, |text| text.contains("packages")).await;
        axe_faults(&window, "about").await;
        window.click("about-close").await;
        window.click("help-open").await;
        window.click("help-sample").await;
        window.find("inspect-summary").await;
        assert!(window.text("top-database").await.to_uppercase().contains("SAMPLE"));
        window.close().await;
    });
}

// In the smallest window that there is.
pub(super) fn text_of_twice_the_size() {
    let desktop = Desktop::start(Keyring::Absent);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        window.client().set_window_rect(0, 0, 1024, 700).await.unwrap();
        wait_for(&window, (1024, 700)).await;
        for _ in 0..5 {
            press(&window, CONTROL, '=').await;
        }
        wait_for(&window, (512, 350)).await;
        nothing_is_cut_off(&window, "welcome").await;
        push(&window, "welcome-sample").await;
        window.find("inspect-summary").await;
        nothing_is_cut_off(&window, "inspect").await;
        push(&window, "next").await;
        window.find("plan-result").await;
        nothing_is_cut_off(&window, "plan").await;
        press_one(&window, F1).await;
        window.find("help-sample").await;
        nothing_is_cut_off(&window, "help").await;
        push(&window, "help-close").await;
        window.close().await;

        let window = desktop.open(&binary(), &[]).await;
        window.find("welcome-sample").await;
        let (width, _) = inner(&window).await;
        assert!(width < 700, "the size is kept from start to start: {width}");
        press(&window, CONTROL, '0').await;
        wait_until(&window, "return window.innerWidth > 1000").await;
        window.close().await;
    });
}

// Nothing lies beyond the right edge, where no bar leads, and every button can be scrolled to.
async fn nothing_is_cut_off(window: &Window, place: &str) {
    let script = "const wide = document.scrollingElement.scrollWidth - window.innerWidth;
        const beyond = Array.from(document.querySelectorAll('button, input, h1, h2, p')).filter(e => {
            const box = e.getBoundingClientRect();
            const held = e.closest('[class*=scroll], .visually-hidden, table, pre, .cm-editor');
            return !held && box.width > 1 && (box.right > window.innerWidth + 1 || box.left < -1);
        }).map(e => (e.dataset.testid || e.textContent || e.tagName).trim().slice(0, 60));
        return wide > 1 ? ['the page is wider by ' + wide, ...beyond] : beyond;";
    let beyond = window.script(script, Vec::new()).await;
    assert_eq!(beyond.as_array().map(Vec::len), Some(0), "{place}: {beyond:#}");
    axe_faults(window, &format!("{place}, twice the size")).await;
}

// The driver's own clicks go astray where the page is scaled.
async fn push(window: &Window, id: &str) {
    window.find(id).await;
    wait_until(window, &format!("const e = document.querySelector('[data-testid=\"{id}\"]'); if (e.disabled) return false; e.click(); return true")).await;
}

async fn open_the_sample(window: &Window) {
    window.click("welcome-sample").await;
    window.find("inspect-summary").await;
}

async fn inner(window: &Window) -> (u64, u64) {
    let size = window.script("return [window.innerWidth, window.innerHeight]", Vec::new()).await;
    (size[0].as_u64().unwrap_or_default(), size[1].as_u64().unwrap_or_default())
}

async fn wait_for(window: &Window, size: (u64, u64)) {
    let end = std::time::Instant::now() + PATIENCE;
    loop {
        let now = inner(window).await;
        if now == size {
            return;
        }
        assert!(std::time::Instant::now() < end, "the window is {now:?} instead of {size:?}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

async fn wait_until(window: &Window, script: &str) {
    let end = std::time::Instant::now() + PATIENCE;
    while window.script(script, Vec::new()).await != true {
        assert!(std::time::Instant::now() < end, "it never came true: {script}");
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
}

async fn press(window: &Window, held: char, key: char) {
    let keys = KeyActions::new("keys".to_owned())
        .then(KeyAction::Down { value: held })
        .then(KeyAction::Down { value: key })
        .then(KeyAction::Up { value: key })
        .then(KeyAction::Up { value: held });
    window.client().perform_actions(keys).await.unwrap();
}

async fn press_one(window: &Window, key: char) {
    let keys =
        KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: key }).then(KeyAction::Up { value: key });
    window.client().perform_actions(keys).await.unwrap();
}
