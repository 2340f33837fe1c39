//! The way into Redis: its address, the password, and whether it lets us in.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rekey_engine::Failure;
use rekey_engine::execute::Cancel;
use rekey_engine::redis::{self, Address, Profile};
use rekey_engine::secret::SecretString;

use super::RedisJob;
use super::types::{RedisAddress, RedisForm, RedisView};
use crate::api::session::Target;
use crate::api::types::PasswordSource;
use crate::api::{App, failure};
use crate::store::KeptRedis;
use crate::target::read_authority;

/// For how long a look at the server tries what may pass by itself.
const LOOK: Duration = Duration::from_secs(5);
/// For how long a rewrite does.
const WORK: Duration = Duration::from_secs(60);

impl App {
    /// Takes an address apart. Its password stays here.
    ///
    /// # Errors
    /// Where the text is no address.
    pub async fn redis_parse(&self, text: &str) -> Result<RedisAddress, Failure> {
        let parsed = Address::parse(text).map_err(|trouble| super::told(&trouble))?;
        let held = parsed.password.map(|password| self.held.hold(password));
        Ok(RedisAddress { address: parsed.address.to_string(), held })
    }

    /// Logs in, looks around, and keeps the address with the database that is open, the password
    /// in the keyring where that is wished.
    ///
    /// # Errors
    /// Where the server does not let us in; what was there before then stays.
    pub async fn redis_connect(&self, form: RedisForm, password: PasswordSource) -> Result<RedisView, Failure> {
        let target = self.redis_target().await?;
        let parsed = Address::parse(&form.address).map_err(|trouble| super::told(&trouble))?;
        let address = parsed.address.to_string();
        let password = match (parsed.password, password) {
            (Some(written), _) => Some(written),
            // Filed under the address, whatever the window calls it.
            (None, PasswordSource::Keyring { .. }) => Some(self.saved_password(address.clone()).await?),
            (None, other) => self.password(other).await?,
        };
        let authority = Some(form.authority.trim()).filter(|path| !path.is_empty());
        let authority = authority.map(|path| read_authority(Path::new(path))).transpose()?;
        let profile = Profile { address: parsed.address, password, authority, patience: WORK };
        let look = Profile { patience: LOOK, ..profile.clone() };
        let standing = redis::standing(&look, &Cancel::default()).await.map_err(|trouble| super::told(&trouble))?;
        let form = RedisForm { address, ..form };
        let (kept, notice) = self.keep_redis(&target, &form, profile.password.as_ref()).await?;
        self.held.clear();
        let mut session = self.session.lock().await;
        session.still(&target)?;
        session.redis = RedisJob {
            kept: Some(kept),
            profile: Some(Arc::new(profile)),
            standing: Some(standing),
            notice,
            ..RedisJob::default()
        };
        drop(session);
        self.redis_view().await
    }

    /// Forgets the Redis of this database, its rules and its password. What was rewritten there
    /// stays, and is still noted in the database.
    ///
    /// # Errors
    /// Where the keyring does not let go of the password.
    pub async fn redis_forget(&self) -> Result<RedisView, Failure> {
        let target = self.redis_target().await?;
        let kept = self.session.lock().await.redis.kept.clone();
        if let Some(kept) = kept {
            self.forget_redis_password(&target, &kept).await?;
            self.store().await?.forget_redis(&target.server.place).await?;
        }
        self.session.lock().await.redis = RedisJob::default();
        self.redis_view().await
    }

    async fn redis_target(&self) -> Result<Arc<Target>, Failure> {
        self.idle()?;
        let session = self.session.lock().await;
        session.target.clone().ok_or_else(|| failure::closed("Connect to a database first."))
    }

    // Rules that were made for this database stay, whatever server they are for now.
    async fn keep_redis(
        &self,
        target: &Target,
        form: &RedisForm,
        password: Option<&SecretString>,
    ) -> Result<(KeptRedis, Option<String>), Failure> {
        let before = self.session.lock().await.redis.kept.clone();
        let mut kept = KeptRedis {
            address: form.address.clone(),
            authority: form.authority.trim().to_owned(),
            password_saved: false,
            rules: before.as_ref().map(|kept| kept.rules.clone()).unwrap_or_default(),
        };
        let mut notice = None;
        if let Some(password) = password.filter(|_| form.remember) {
            notice = self.keep_secret(&form.address, password).await;
            kept.password_saved = notice.is_none();
        }
        if let Some(before) = before.filter(|before| !form.remember || before.address != kept.address) {
            self.forget_redis_password(target, &before).await?;
        }
        if let Err(failure) = self.write_redis(target, &kept).await {
            notice.get_or_insert(format!("The address could not be kept on this machine. {}", failure.what));
        }
        Ok((kept, notice))
    }

    // Another database may have its ids in the same Redis, and the same password then.
    async fn forget_redis_password(&self, target: &Target, kept: &KeptRedis) -> Result<(), Failure> {
        let elsewhere = self.store().await?.redis_password_kept(&kept.address, Some(&target.server.place)).await?;
        if elsewhere {
            return Ok(());
        }
        self.session_only_forget(&kept.address);
        if kept.password_saved { self.forget_password(&kept.address).await } else { Ok(()) }
    }

    pub(super) async fn write_redis(&self, target: &Target, kept: &KeptRedis) -> Result<(), Failure> {
        Ok(self.store().await?.keep_redis(&target.server.place, kept).await?)
    }
}
