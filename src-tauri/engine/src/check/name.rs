//! The checks by name: to which group each belongs, and why it is looked at.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a check belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(export, rename = "CheckGroup")]
pub enum Group {
    /// What answers, and what the user may do there.
    Access,
    /// Disk for the new tables, the log and temporary files.
    Space,
    /// Objects and the plan.
    Schema,
    /// Rows and values.
    Data,
    /// Who else is at work.
    Traffic,
    /// What the application and Rekey bring along.
    Tools,
}

impl Group {
    /// Every group, in the order in which it is shown.
    pub const ALL: [Group; 6] = [Group::Access, Group::Space, Group::Schema, Group::Data, Group::Traffic, Group::Tools];

    /// Its title for people.
    pub fn title(self) -> &'static str {
        match self {
            Group::Access => "Access",
            Group::Space => "Space",
            Group::Schema => "Schema",
            Group::Data => "Data",
            Group::Traffic => "Traffic",
            Group::Tools => "Tools",
        }
    }
}

macro_rules! checks {
    ($($(#[$meaning:meta])* $variant:ident $word:literal $group:ident $title:literal $why:literal;)*) => {
        /// A check, by its stable name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[ts(export, rename = "CheckName")]
        pub enum Name {
            $($(#[$meaning])* #[serde(rename = $word)] $variant,)*
        }

        impl Name {
            /// Every check, in the order in which it is shown.
            pub const ALL: &'static [Name] = &[$(Name::$variant,)*];

            /// The name as it is written.
            pub fn word(self) -> &'static str {
                match self { $(Name::$variant => $word,)* }
            }

            /// Where it belongs.
            pub fn group(self) -> Group {
                match self { $(Name::$variant => Group::$group,)* }
            }

            /// What is looked at, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Name::$variant => $title,)* }
            }

            /// Why it matters, in one sentence.
            pub fn why(self) -> &'static str {
                match self { $(Name::$variant => $why,)* }
            }
        }
    };
}

checks! {
    /// Rights, object by object.
    Rights "rights" Access "Rights on every object"
        "A right that is missing in the middle of a run ends it.";
    /// Version of the server.
    ServerVersion "server_version" Access "Version of the server"
        "Rekey is proven on certain versions, and a server without fixes should not be kept for long.";
    /// Managed and distributed products.
    Flavour "flavour" Access "Product and provider"
        "Managed and distributed servers answer like the original and do some things in another way.";
    /// Something that hands sessions around.
    Pooler "pooler" Access "A pooler in between"
        "Through a pooler that hands sessions around, locks and settings of a run would land in the sessions of others.";
    /// A server or file that takes no changes.
    Replica "replica" Access "The server takes changes"
        "A replica only repeats what its primary does.";
    /// Room for the sessions of a run.
    Connections "connections" Access "Room for Rekey's sessions"
        "A run needs some sessions at a time; without them it cannot begin or is slower.";
    /// Disk for the tables that are written anew.
    DiskForRewrite "disk_for_rewrite" Space "Disk for the new tables"
        "Every converted table is written anew while the old one is still there.";
    /// Disk for the server's log.
    DiskForLog "disk_for_log" Space "Disk for the server's log"
        "The server writes all that a run changes into its log too, and keeps it for whoever reads it later.";
    /// Disk for sorting.
    TemporarySpace "temporary_space" Space "Room for temporary files"
        "Indexes and joins of whole tables are sorted in temporary files.";
    /// What changed since the plan was made.
    Drift "drift" Schema "Changes since the plan"
        "A plan holds for the very schema that it was made for.";
    /// What stays as it is.
    LeftOut "left_out" Schema "Keys that stay as they are"
        "What is not converted keeps its numbers, and so does everything that points to it.";
    /// Questions.
    Decisions "decisions" Schema "Decisions"
        "Some things only a person can decide, and nothing runs before that.";
    /// What stands on the keys.
    Dependents "dependents" Schema "Views, triggers, functions and conditions on keys"
        "What compares a key with a number finds something else, or fails, once the key is a UUID.";
    /// References without an index.
    UnindexedReferences "unindexed_references" Schema "References without an index"
        "Without an index each deletion of a parent reads the whole table of its children.";
    /// Triggers on changes of the schema.
    EventTriggers "event_triggers" Schema "Event triggers"
        "A trigger on changes of the schema can refuse those of a run.";
    /// Rows that point nowhere.
    Orphans "orphans" Data "Rows that point nowhere, by reference"
        "A value without its key gets a UUID that leads nowhere, as the value does now.";
    /// Keys and ids that occur twice.
    Duplicates "duplicates" Data "Keys that occur more than once"
        "An id that stands for two rows does not tell which of them a reference means.";
    /// Texts that are no UUIDs.
    MalformedUuids "malformed_uuids" Data "Texts that are no UUIDs"
        "A text that is no UUID does not fit into a column of UUIDs.";
    /// Rows without the UUID that references are led to.
    RowsWithoutUuid "rows_without_uuid" Data "Rows without a UUID or a key"
        "A reference to a row without a UUID could not be led to it.";
    /// Rows that cannot be seen.
    HiddenRows "hidden_rows" Data "Rows that cannot be read"
        "Nothing can be proven about rows that are not seen.";
    /// Sessions of the application's users.
    UserSessions "user_sessions" Data "Signed-in users"
        "A session that remembers the old id of its user no longer finds that user.";
    /// Sessions of other programs.
    Sessions "sessions" Traffic "Other programs that are connected"
        "A run needs the tables for itself.";
    /// Transactions that stay open.
    LongTransactions "long_transactions" Traffic "Transactions that stay open"
        "A run waits for locks only briefly, so a transaction that stays open keeps it from starting.";
    /// Transactions in two phases.
    PreparedTransactions "prepared_transactions" Traffic "Prepared transactions"
        "A prepared transaction keeps its locks until somebody ends it by name, also across restarts.";
    /// Standbys, slots, subscriptions, the binary log.
    Replication "replication" Traffic "Replicas and subscribers"
        "Whoever repeats the changes has to take in the whole conversion, and may lag behind or stop.";
    /// Publications.
    Publications "publications" Traffic "Publications"
        "Subscribers that still have numbers stop at the first UUID.";
    /// Rows written in this moment.
    Writers "writers" Traffic "Rows being written right now"
        "Whatever writes during a run is kept waiting and may time out.";
    /// Jobs by the clock.
    ScheduledJobs "scheduled_jobs" Traffic "Jobs that run by the clock"
        "A job of the server's own starts although the application is stopped.";
    /// The application's migrations.
    Migrations "migrations" Tools "Table of migrations"
        "The application's own migrations must know of the change, or the next one undoes it or fails.";
    /// Frameworks that change the schema by themselves.
    AutoSync "auto_sync" Tools "Frameworks that change the schema by themselves"
        "A framework that compares the tables with its models at start would change the columns back and drop the ids.";
    /// Earlier runs.
    EarlierRun "earlier_run" Tools "Earlier runs"
        "Runs are undone in reverse, and one that stopped on the way must be brought to an end first.";
    /// The backup.
    Backup "backup" Tools "Backup"
        "A way back that does not depend on this database helps where everything else fails.";
    /// The rehearsal.
    Rehearsal "rehearsal" Tools "Rehearsal"
        "What went there and back on a copy holds no surprise on the database itself.";
    /// Programs that dump and restore.
    ClientPrograms "client_programs" Tools "The server's own programs on this machine"
        "Backups are made and put back with the database's own programs, and older ones refuse newer servers.";
    /// Items that people sign.
    SignOff "sign_off" Tools "What people vouch for"
        "Some things no program can look at; a name and a time stand for each of them.";
}

impl Name {
    /// The check of that name.
    pub fn read(word: &str) -> Option<Name> {
        Name::ALL.iter().copied().find(|name| name.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written_and_stand_by_group() {
        for name in Name::ALL {
            assert_eq!(Name::read(name.word()), Some(*name));
            assert_eq!(serde_json::to_string(name).expect("written"), format!("\"{}\"", name.word()));
            assert!(name.why().ends_with('.') && !name.title().ends_with('.'), "{}", name.word());
        }
        let groups: Vec<Group> = Name::ALL.iter().map(|name| name.group()).collect();
        assert!(groups.is_sorted(), "{groups:?}");
        assert_eq!(Name::read("nothing"), None);
    }
}
