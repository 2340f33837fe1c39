//! How much room a run takes on the server while it is at work.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::dialect::{Access, Connection, Database};
use crate::error::Result;

/// How often it is looked at. Shorter peaks than this are not worth planning for.
const PAUSE: Duration = Duration::from_millis(250);

/// Looks at the size of a database again and again.
pub struct Gauge<'d> {
    database: &'d dyn Database,
    connection: Box<dyn Connection>,
    peak: AtomicU64,
}

impl<'d> Gauge<'d> {
    /// Takes the first look, over a connection of its own: later the tables may be locked.
    ///
    /// # Errors
    /// Where the database cannot be reached or does not tell.
    pub async fn new(database: &'d dyn Database) -> Result<Self> {
        let mut connection = database.connect(Access::Read, "rekey").await?;
        let peak = AtomicU64::new(database.bytes(connection.as_mut()).await?);
        Ok(Gauge { database, connection, peak })
    }

    /// Does a piece of work and looks meanwhile.
    pub async fn during<T>(&mut self, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        let mut pause = tokio::time::interval(PAUSE);
        loop {
            tokio::select! {
                outcome = &mut work => {
                    self.look().await;
                    return outcome;
                }
                _ = pause.tick() => self.look().await,
            }
        }
    }

    async fn look(&mut self) {
        // What cannot be seen at this moment is seen at the next.
        if let Ok(bytes) = self.database.bytes(self.connection.as_mut()).await {
            self.peak.fetch_max(bytes, Ordering::Relaxed);
        }
    }

    /// The most that was seen, in bytes.
    pub fn peak(&self) -> u64 {
        self.peak.load(Ordering::Relaxed)
    }
}
