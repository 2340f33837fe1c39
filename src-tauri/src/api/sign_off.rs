//! The part of the checklist that people sign: items with name and time, the maintenance window,
//! who was told and whom to reach. It is kept for the database until a run has converted it.

use rekey_engine::Failure;
use rekey_engine::check::manual::{self, Profile, Tick, Ticks};
use rekey_engine::check::{Arrangements, SignOff};

use crate::api::session::{Session, Target};
use crate::api::types::{Environment, SignOffForm, SignOffView, Signature, Stage};
use crate::api::{App, failure};
use crate::store::now;

impl App {
    /// What people vouch for, as it stands.
    ///
    /// # Errors
    /// Where the stage is not open.
    pub async fn sign_off_view(&self) -> Result<SignOffView, Failure> {
        let session = self.session.lock().await;
        let target = session.open(Stage::Checklist, self.work.stage())?;
        Ok(view(&current(&session, &target)))
    }

    /// Takes what people vouch for in place of what there was. An item that the same person has
    /// signed before keeps its time.
    ///
    /// # Errors
    /// Where an item is signed by nobody, or a field is empty.
    pub async fn sign_off_keep(&self, form: SignOffForm) -> Result<SignOffView, Failure> {
        let (target, before) = {
            let session = self.session.lock().await;
            let target = session.open(Stage::Checklist, self.work.stage())?;
            let before = current(&session, &target);
            (target, before)
        };
        let ticks = signed(form.signatures, &before);
        if let Some(fault) = manual::fault(&ticks).or_else(|| form.arrangements.fault()) {
            return Err(failure::not_signed(&fault));
        }
        let sign_off = SignOff::of(profile(target.environment), &ticks, form.arrangements);
        let kept =
            async { Ok::<(), Failure>(self.store().await?.keep_sign_off(&target.server.place, &sign_off).await?) };
        let failed = kept.await.err();
        let mut session = self.session.lock().await;
        session.still(&target)?;
        // It counts for the run whether or not it could be written down for later.
        session.notice =
            failed.map(|failure| format!("What was signed is kept until Rekey is closed. {}", failure.what));
        session.sign_off = Some(sign_off);
        Ok(view(&current(&session, &target)))
    }

    /// Finds what was signed for the database of a job that is about to begin.
    pub(super) async fn recall_sign_off(&self, session: &mut Session) {
        let Some(target) = session.target.clone() else { return };
        let kept = match self.store().await {
            Ok(store) => store.sign_off(&target.server.place).await.ok().flatten(),
            Err(_) => None,
        };
        let (ticks, arrangements) = kept.map(|kept| (ticks(&kept), kept.arrangements)).unwrap_or_default();
        session.sign_off = Some(SignOff::of(profile(target.environment), &ticks, arrangements));
    }

    /// Forgets what was signed: it was for the run that is done, whose record has it.
    pub(super) async fn forget_sign_off(&self, target: &Target) {
        if let Ok(store) = self.store().await {
            // What is left over shows its old times and can be signed anew.
            let _ = store.forget_sign_off(&target.server.place).await;
        }
    }
}

/// What an environment asks of people.
pub fn profile(environment: Environment) -> Profile {
    match environment {
        Environment::Production => Profile::Production,
        Environment::Staging => Profile::Staging,
        Environment::Dev => Profile::Development,
    }
}

/// What a database asks for, of which nothing is signed yet.
pub fn nothing(target: &Target) -> SignOff {
    SignOff::of(profile(target.environment), &Ticks::new(), Arrangements::default())
}

fn current(session: &Session, target: &Target) -> SignOff {
    session.sign_off.clone().unwrap_or_else(|| nothing(target))
}

fn ticks(sign_off: &SignOff) -> Ticks {
    sign_off.items.iter().filter_map(|one| Some((one.item.id.to_string(), one.tick.clone()?))).collect()
}

fn signed(signatures: Vec<Signature>, before: &SignOff) -> Ticks {
    let earlier = ticks(before);
    let tick = |one: Signature| {
        let by = one.by.trim().to_owned();
        let at = earlier.get(&one.id).filter(|tick| tick.by == by).map_or_else(now, |tick| tick.at.clone());
        let note = one.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        (one.id, Tick { by, at, note })
    };
    signatures.into_iter().map(tick).collect()
}

fn view(sign_off: &SignOff) -> SignOffView {
    SignOffView {
        meaning: sign_off.profile.meaning().to_owned(),
        open: sign_off.open(),
        refuses: sign_off.refuses(),
        sign_off: sign_off.clone(),
    }
}
