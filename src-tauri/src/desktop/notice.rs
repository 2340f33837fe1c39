//! A word from the system's desktop when long work has ended and nobody looks at the window.
//!
//! Other programs may show and keep it, so it holds nothing but the database's name.

use tauri::WebviewWindow;

use crate::api::Job;

/// What a notice says.
#[derive(Debug, PartialEq, Eq)]
pub struct Notice {
    /// The line that is always shown, never read as markup.
    pub title: String,
    /// The line below.
    pub body: &'static str,
}

/// What is said of that work; nothing of what is over in a moment or leaves nothing behind.
pub fn of(job: Job, database: &str, good: bool) -> Option<Notice> {
    let work = match job {
        Job::Backup => "Backup",
        Job::Restore => "Restoring",
        Job::Rehearsal => "Rehearsal",
        Job::Migration => "Migration",
        Job::Undo | Job::Abandon => "Undo",
        Job::Resume => "Resumed run",
        Job::Keep => "Keeping for good",
        Job::RedisRewrite | Job::RedisUndo => "Work in Redis",
        Job::Sample
        | Job::Test
        | Job::Connect
        | Job::Inspect
        | Job::Plan
        | Job::Checklist
        | Job::Validation
        | Job::RedisScan
        | Job::RedisForesight
        | Job::RedisRemoval => return None,
    };
    let (ended, body) = match good {
        true => ("done", "Rekey has the result."),
        false => ("not done", "Rekey says what happened, in which state the data is and how to go on."),
    };
    Some(Notice { title: format!("{work} of {database}: {ended}"), body })
}

/// Shows it, unless the window is being looked at.
pub fn show(window: &WebviewWindow, notice: Notice) {
    if window.is_focused().unwrap_or(false) {
        return;
    }
    // It asks another program, which may take its time.
    std::thread::spawn(move || {
        if let Err(error) = prepared(&notice).show() {
            tracing::info!(%error, "the desktop shows no notices");
        }
    });
}

fn prepared(notice: &Notice) -> notify_rust::Notification {
    let mut prepared = notify_rust::Notification::new();
    prepared.appname("Rekey").summary(&notice.title).body(notice.body);
    #[cfg(target_os = "linux")]
    prepared.icon("rekey-desktop");
    #[cfg(windows)]
    prepared.app_id("dev.rekey.app");
    prepared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_work_is_told_with_its_database_and_nothing_else() {
        let notice = of(Job::Migration, "shop", true).expect("a notice");
        assert_eq!(notice.title, "Migration of shop: done");
        let failed = of(Job::Backup, "shop", false).expect("a notice");
        assert_eq!(failed.title, "Backup of shop: not done");
        assert_ne!(notice.body, failed.body);
    }

    #[test]
    fn what_is_over_in_a_moment_is_not_told() {
        for job in [Job::Inspect, Job::Plan, Job::Checklist, Job::RedisScan] {
            assert_eq!(of(job, "shop", true), None);
        }
    }
}
