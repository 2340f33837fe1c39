//! What a check asks of the product, where only the product can tell.

/// A check, or the part of one, that each product answers in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Rights, object by object.
    Rights,
    /// Managed and distributed products.
    Flavour,
    /// Something that hands sessions around.
    Pooler,
    /// A server or file that takes no changes.
    Replica,
    /// Room for the sessions of a run.
    Connections,
    /// Disk for the tables that are written anew.
    DiskForRewrite,
    /// Disk for the server's log.
    DiskForLog,
    /// Disk for sorting.
    TemporarySpace,
    /// References to tables that are not there.
    Orphans,
    /// Sessions of other programs.
    Sessions,
    /// Transactions that stay open.
    LongTransactions,
    /// Transactions in two phases.
    PreparedTransactions,
    /// Standbys, slots, subscriptions, the binary log.
    Replication,
    /// Jobs by the clock.
    ScheduledJobs,
}
