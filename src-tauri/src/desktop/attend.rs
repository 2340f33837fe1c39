//! What surrounds work: lines in the log, a computer that stays awake, a word at the end.

use std::sync::Arc;
use std::time::Instant;

use rekey_engine::Failure;
use rekey_engine::observer::{Event, Observer};
use tauri::WebviewWindow;
use tauri::ipc::Channel;

use crate::api::{App, Job, Log};
use crate::desktop::awake::{self, Awake};
use crate::desktop::notice;
use crate::desktop::progress::Forward;

const REASON: &str = "A database is being worked on";

/// Work that may take long, from its beginning to its end.
pub struct Attended<'a> {
    app: &'a App,
    window: WebviewWindow,
    job: Job,
    began: Instant,
    awake: Awake,
}

impl<'a> Attended<'a> {
    /// Begins: what follows is at work until [`Attended::end`].
    pub fn begin(app: &'a App, window: WebviewWindow, job: Job) -> Self {
        app.log().began(job);
        let awake = awake::keep(app.log(), REASON);
        Attended { app, window, job, began: Instant::now(), awake }
    }

    /// Tells how it ended, and gives that back.
    pub async fn end<T>(self, ended: Result<T, Failure>) -> Result<T, Failure> {
        drop(self.awake);
        self.app.log().ended(self.job, self.began.elapsed(), ended.as_ref().err());
        let server = self.app.session_view().await.ok().and_then(|session| session.server);
        let database = server.map(|server| server.database).unwrap_or_default();
        if let Some(notice) = notice::of(self.job, &database, ended.is_ok()) {
            notice::show(&self.window, notice);
        }
        ended
    }
}

/// Notes when that began and how it ended.
///
/// # Errors
/// Those of the work itself.
pub async fn noted<T>(app: &App, job: Job, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let began = Instant::now();
    app.log().began(job);
    let ended = work.await;
    app.log().ended(job, began.elapsed(), ended.as_ref().err());
    ended
}

/// Listens for the log and for the page.
pub struct Watch {
    log: Arc<Log>,
    page: Forward,
}

impl Watch {
    /// What is told goes into the log, and to the page as far as it is worth showing.
    pub fn of(app: &App, channel: Channel<Event>) -> Self {
        let page = Forward::to(Arc::new(move |event| channel.send(event).is_ok()));
        Watch { log: Arc::clone(app.log()), page }
    }
}

impl Observer for Watch {
    fn notice(&self, event: Event) {
        self.log.notice(&event);
        self.page.notice(event);
    }
}
