//! Connect: from the form to a database, and the connections that are kept.

use std::path::PathBuf;
use std::time::Duration;

use rekey_engine::connect::{self, Address};
use rekey_engine::dialect::{Access, Connection, Database};
use rekey_engine::execute::{self, RunState};
use rekey_engine::schema::EngineKind;
use rekey_engine::secret::SecretString;
use rekey_engine::{Error, Failure};

use crate::api::session::{self, Session, Target};
use crate::api::types::{ConnectionForm, Environment, PasswordSource, PastedUrl, SavedConnection, SessionView};
use crate::api::{App, failure, import, resume, server};
use crate::target;

/// What the server shows as the name of our sessions.
pub const PURPOSE: &str = "rekey";

// Drivers have limits of their own for single steps; this one is for all of them.
const LIMIT: Duration = Duration::from_secs(30);

impl App {
    /// Takes a pasted URL apart. Its password stays here.
    ///
    /// # Errors
    /// Where the text is no address.
    pub async fn url_parse(&self, text: &str) -> Result<PastedUrl, Failure> {
        let draft = connect::read(text)?;
        let form = import::form(&draft).ok_or_else(|| Error::Address { reason: "it is no database".to_owned() })?;
        let held = draft.password.map(|password| self.held.hold(password));
        Ok(PastedUrl { form, held, remarks: draft.remarks })
    }

    /// Connects, read-only, and makes this database the job at hand. A named connection
    /// is saved, its password goes into the keyring where that is wished.
    ///
    /// # Errors
    /// Where the database cannot be connected to; the job at hand then stays as it was.
    pub async fn connection_open(
        &self,
        form: ConnectionForm,
        password: PasswordSource,
    ) -> Result<SessionView, Failure> {
        self.idle()?;
        let address = address(&form)?;
        let environment = environment(&form, &address)?;
        let password = self.password(password).await?;
        let mut session = open(address, environment, false, password.clone()).await?;
        session.notice = self.keep(form, environment, password.as_ref()).await?;
        self.held.clear();
        self.replace(session).await
    }

    /// Forgets a saved connection and its password.
    ///
    /// # Errors
    /// Where the keyring does not let go of the password; the connection then stays, so
    /// that it can be tried again.
    pub async fn connection_forget(&self, id: &str) -> Result<(), Failure> {
        let store = self.store().await?;
        if store.connection(id).await?.is_some_and(|saved| saved.password_saved) {
            self.forget_password(id).await?;
        }
        Ok(store.forget_connection(id).await?)
    }

    pub(super) async fn replace(&self, mut session: Session) -> Result<SessionView, Failure> {
        self.recall_sign_off(&mut session).await;
        self.recall_redis(&mut session).await;
        self.recall_stopped(&mut session).await;
        let mut current = self.session.lock().await;
        self.idle()?;
        *current = session;
        Ok(self.view(&current))
    }

    pub(super) fn idle(&self) -> Result<(), Failure> {
        match self.work.stage() {
            Some(_) => Err(failure::closed("Rekey is at work. Wait for it to end, or cancel it.")),
            None => Ok(()),
        }
    }

    async fn keep(
        &self,
        mut form: ConnectionForm,
        environment: Environment,
        password: Option<&SecretString>,
    ) -> Result<Option<String>, Failure> {
        form.name = form.name.trim().to_owned();
        if form.name.is_empty() {
            let lost = form.remember && password.is_some();
            return Ok(lost
                .then(|| "The password is not kept, because the connection has no name to keep it under.".to_owned()));
        }
        let store = self.store().await?;
        let earlier = store.connection_named(&form.name).await?;
        form.environment = Some(environment);
        let mut saved = SavedConnection {
            id: earlier.as_ref().map_or_else(|| nanoid::nanoid!(), |earlier| earlier.id.clone()),
            name: form.name.clone(),
            environment,
            address: address(&form)?.to_string(),
            password_saved: earlier.is_some_and(|earlier| earlier.password_saved),
            form,
        };
        let notice = self.keep_password(&mut saved, password).await?;
        store.save_connection(&saved).await?;
        Ok(notice)
    }
}

/// Connects, read-only, and sees whether the last run still stands in the database.
pub async fn open(
    address: Address,
    environment: Environment,
    sample: bool,
    password: Option<SecretString>,
) -> Result<Session, Failure> {
    let database = connect::open(&address, password)?;
    let mut connection = reach(database.as_ref()).await?;
    let server = server::describe(database.as_ref(), connection.as_mut(), &address).await?;
    let last = execute::runs(database.as_ref(), connection.as_mut()).await?.into_iter().next();
    let stopped = match &last {
        Some(last) => resume::of(database.as_ref(), connection.as_mut(), last).await?,
        None => None,
    };
    let mut session = Session::on(Target { database: database.into(), server, environment, sample });
    session.stopped = stopped;
    if let Some(last) = last.filter(|last| last.state == RunState::Converted) {
        session.outcome = session::outcome(last.state);
        session.record = Some(last.record);
    }
    Ok(session)
}

/// Opens a connection that can only read, within a limit.
pub async fn reach(database: &dyn Database) -> Result<Box<dyn Connection>, Error> {
    match tokio::time::timeout(LIMIT, database.connect(Access::Read, PURPOSE)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::Unreachable {
            place: database.place(),
            detail: format!("no answer within {} s", LIMIT.as_secs()),
        }),
    }
}

/// The address that the form speaks of.
pub fn address(form: &ConnectionForm) -> Result<Address, Error> {
    let missing = |what: &str| Error::Address { reason: format!("{what} is empty") };
    match form.engine {
        EngineKind::Sqlite if form.path.trim().is_empty() => Err(missing("the path of the file")),
        EngineKind::Sqlite => Ok(Address::Sqlite { path: PathBuf::from(form.path.trim()) }),
        EngineKind::Postgres | EngineKind::Mysql => {
            for (value, what) in [(&form.host, "the host"), (&form.user, "the user"), (&form.database, "the database")]
            {
                if value.trim().is_empty() {
                    return Err(missing(what));
                }
            }
            Ok(target::address_of(&ConnectionForm { host: form.host.trim().to_owned(), ..form.clone() }))
        }
    }
}

fn environment(form: &ConnectionForm, address: &Address) -> Result<Environment, Failure> {
    match form.environment {
        Some(environment) => Ok(environment),
        None if address.is_local() => Ok(Environment::Dev),
        None => Err(failure::no_environment()),
    }
}
