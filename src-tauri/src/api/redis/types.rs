//! What crosses to the front end about Redis. No type here can hold a password on the way out.

use rekey_engine::redis::{Found, NoteState, Proposal, Standing, Told, Written};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An address of Redis as it was typed, without the password that may have been in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RedisAddress {
    /// The address.
    pub address: String,
    /// Ticket for the password that was in it, where there was one.
    pub held: Option<String>,
}

/// The fields of the form, without the password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct RedisForm {
    /// The address, with the user.
    pub address: String,
    /// The file with the certificates to trust (PEM); empty where those of the system are.
    pub authority: String,
    /// True where the password shall go into the keyring.
    pub remember: bool,
}

/// A rule that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RedisRule {
    /// As it was written.
    #[serde(flatten)]
    pub written: Written,
    /// Why it cannot be used for this plan, where it cannot.
    pub fault: Option<String>,
}

/// What the database notes of a run in one Redis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RedisNote {
    /// The server and its database.
    pub server: String,
    /// How far it is.
    pub state: NoteState,
    /// What was rewritten in all.
    #[ts(type = "number")]
    pub rewritten: u64,
    /// Keys that were removed in all.
    #[ts(type = "number")]
    pub deleted: u64,
}

/// What the last rewrite came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RedisMade {
    /// True where the old ids were brought back.
    pub back: bool,
    /// What came out.
    pub told: Told,
}

/// Everything that is known of Redis for the database that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct RedisView {
    /// The address that is kept for this database.
    pub form: Option<RedisForm>,
    /// True where the password need not be typed.
    pub password_saved: bool,
    /// The server, once it let us in.
    pub connected: Option<Standing>,
    /// What was found there.
    pub found: Option<Found>,
    /// Whose ids may stand in it.
    pub proposals: Vec<Proposal>,
    /// The keys whose ids rules can name.
    pub columns: Vec<String>,
    /// The rules that are kept.
    pub rules: Vec<RedisRule>,
    /// The run whose ids are in question.
    pub run: Option<String>,
    /// What was done for it.
    pub notes: Vec<RedisNote>,
    /// True where ids can be rewritten: the run stands and has its map.
    pub may_rewrite: bool,
    /// True where old ids can be brought back.
    pub may_undo: bool,
    /// What the rules would do, looked at after they were last changed.
    pub foreseen: Option<Told>,
    /// What the last rewrite came to.
    pub made: Option<RedisMade>,
    /// What the user should know although the last action succeeded.
    pub notice: Option<String>,
}
