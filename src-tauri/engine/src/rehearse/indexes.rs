//! The indexes of the tables that are converted: how large they are before and after, measured
//! on the copy, and how often the database itself used them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::dialect::{Access, Database, Figure, Figures};
use crate::error::Result;
use crate::plan::Plan;
use crate::schema::TableName;

/// Every index of the converted tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Indexes {
    /// Each index, by table and name.
    pub indexes: Vec<IndexRow>,
    /// What the sizes are, or why there are none.
    pub sizes: String,
    /// What the uses are, or why there are none.
    pub uses: String,
}

/// One index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IndexRow {
    /// The table that it is on.
    #[serde(flatten)]
    pub table: TableName,
    /// The index.
    pub index: String,
    /// Its bytes with the old keys; none where it was not there, or the server does not tell.
    #[ts(type = "number | null")]
    pub before_bytes: Option<u64>,
    /// Its bytes with the new keys; likewise.
    #[ts(type = "number | null")]
    pub after_bytes: Option<u64>,
    /// How often it was used in the database itself; none where nothing counts.
    #[ts(type = "number | null")]
    pub uses: Option<u64>,
}

/// Where figures go in a row.
type Place = fn(&mut IndexRow) -> &mut Option<u64>;

impl Indexes {
    /// Looks how large they are on the copy with the old keys.
    pub async fn before(copy: &dyn Database, plan: &Plan, own: &Plan) -> Result<Indexes> {
        let mut found = Indexes::default();
        let sizes = sizes(copy, own).await?;
        found.sizes.clone_from(&sizes.note);
        found.take(sizes.figures, plan, own, |row| &mut row.before_bytes);
        Ok(found)
    }

    /// Looks again with the new keys.
    pub async fn after(&mut self, copy: &dyn Database, plan: &Plan, own: &Plan) -> Result<()> {
        let sizes = sizes(copy, own).await?;
        self.take(sizes.figures, plan, own, |row| &mut row.after_bytes);
        Ok(())
    }

    /// Asks the database itself how often it used them. Where it cannot be asked, that is told;
    /// the rehearsal does not depend on it.
    pub async fn used(&mut self, source: &dyn Database, plan: &Plan) {
        let uses = match uses(source, plan).await {
            Ok(uses) => uses,
            Err(failure) => Figures::untold(format!("How often indexes are used could not be asked: {failure}.")),
        };
        self.uses = uses.note;
        self.take(uses.figures, plan, plan, |row| &mut row.uses);
    }

    // Rows are called as in the database itself.
    fn take(&mut self, figures: Vec<Figure>, plan: &Plan, own: &Plan, place: Place) {
        let rows = std::mem::take(&mut self.indexes).into_iter();
        let mut known: BTreeMap<(TableName, String), IndexRow> =
            rows.map(|row| ((row.table.clone(), row.index.clone()), row)).collect();
        for Figure { mut table, index, number } in figures {
            if table.schema == own.database {
                table.schema.clone_from(&plan.database);
            }
            let fresh = || IndexRow {
                table: table.clone(),
                index: index.clone(),
                before_bytes: None,
                after_bytes: None,
                uses: None,
            };
            *place(known.entry((table.clone(), index.clone())).or_insert_with(fresh)) = Some(number);
        }
        self.indexes = known.into_values().collect();
    }
}

async fn sizes(database: &dyn Database, plan: &Plan) -> Result<Figures> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    database.index_sizes(connection.as_mut(), &tables(plan)).await
}

async fn uses(database: &dyn Database, plan: &Plan) -> Result<Figures> {
    let mut connection = database.connect(Access::Read, "rekey").await?;
    database.index_uses(connection.as_mut(), &tables(plan)).await
}

fn tables(plan: &Plan) -> Vec<TableName> {
    let members = plan.conversions.iter().flat_map(|one| &one.members).map(|member| &member.column.table);
    let roots = plan.conversions.iter().map(|one| &one.root.table);
    members.chain(roots).cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
