//! The statements and proofs of a conversion, and of its undo, where each statement is final
//! at once: new tables beside the live ones, filled through the map, proven, exchanged.

mod announce;
mod assertion;
mod comparable;
mod copy;
mod exchange;
mod map;
mod outside;
mod proof;
mod repoint;
mod slug;
mod text;
mod value;
mod work;

use self::exchange::Steps;
pub use self::map::ORPHANS;
pub use self::slug::index_name as slug_index;
pub use self::work::Way;
use self::work::Work;
use super::quote;
use crate::plan::{self, Action, Blueprint, Conversion, ConversionKind, Staged, Step};
use crate::schema::Schema;
use crate::{Error, Result};

/// Writes the blueprint.
pub fn blueprint(schema: &Schema, conversions: &[Conversion]) -> Result<Blueprint> {
    let work = Work::new(schema, conversions)?;
    let reasons: Vec<String> = conversions.iter().filter_map(|one| impossible(&work, one)).collect();
    if !reasons.is_empty() {
        return Err(Error::Refused { reasons });
    }
    let proofs = proof::proofs(&work);
    let (assertions, asserted_aside) = assertion::assertions(&work);
    let (steps, mut forward) = steps(&work, Way::Forward)?;
    let (undo, mut back) = self::steps(&work, Way::Back)?;
    forward.aside = proofs.aside;
    forward.aside.extend(asserted_aside);
    back.aside = proofs.aside_back;
    Ok(Blueprint {
        steps,
        undo,
        proofs: proofs.proofs,
        assertions,
        later: Vec::new(),
        announced: announce::announced(&work)?,
        staged: Some(Staged { forward, back }),
    })
}

// What the choices ask for and cannot be had there.
fn impossible(work: &Work<'_>, conversion: &Conversion) -> Option<String> {
    let root = &conversion.root;
    let made = conversion.kind != ConversionKind::Repoint;
    (made && !super::uuid::can_make(&work.version, conversion.uuid)).then(|| {
        format!(
            "RK-320 {root}: UUIDs of version 5 are made with SHA-1, which MySQL {} has no function for",
            work.version
        )
    })
}

fn steps(work: &Work<'_>, way: Way) -> Result<(Vec<Step>, plan::Way)> {
    let mut needed = plan::Way::new();
    let mut steps = vec![lock(work), prepare(work)];
    for number in 0..work.conversions.len() {
        steps.push(map_step(work, number, way));
    }
    steps.extend(text::keep(work).filter(|_| way == Way::Forward));
    for table in &work.tables {
        let made = copy::make(work, table, way)?;
        steps.extend(made.steps);
        needed.done.extend(made.done);
        needed.slices.extend(made.slices);
        needed.after.extend(made.after);
    }
    let after_prepare = vec!["prepare".to_owned()];
    needed
        .after
        .extend((0..work.conversions.len()).map(|number| (map::step_id(work, number, way), after_prepare.clone())));
    let indexes = (0..work.conversions.len()).filter_map(|number| map::index(work, number));
    for (step, done) in indexes.filter(|_| way == Way::Forward) {
        // Whoever reads the map would hold the index back.
        let filled = work.tables.iter().map(|table| format!("convert_table {}", table.table.name));
        needed.after.insert(step.id.clone(), filled.collect());
        needed.done.insert(step.id.clone(), done);
        steps.push(step);
    }
    let Steps { steps: exchanging, done } = exchange::exchange(work, way);
    steps.extend(exchanging);
    needed.done.extend(done);
    steps.push(analyze(work));
    steps.push(clean_up(work, way));
    steps.push(Step {
        id: "record".to_owned(),
        action: Action::Record,
        title: "Write the run into the journal".to_owned(),
        statements: Vec::new(),
    });
    let Steps { steps: abandon, done } = exchange::abandon(work, way);
    needed.abandon = abandon;
    needed.done.extend(done);
    Ok((steps, needed))
}

// Writers are kept out on a connection of its own; readers may go on.
fn lock(work: &Work<'_>) -> Step {
    let mut tables: std::collections::BTreeSet<String> = work.tables.iter().map(|table| table.live()).collect();
    // The rows whose UUIDs become references must not change either.
    let given = work.conversions.iter().filter(|one| one.led_to().is_some());
    tables.extend(given.map(|one| quote::table(&one.root.table)));
    let tables: Vec<String> = tables.into_iter().map(|table| format!("{table} READ")).collect();
    Step {
        id: "lock_tables".to_owned(),
        action: Action::LockTables,
        title: "Keep writers out".to_owned(),
        statements: vec![format!("LOCK TABLES {}", tables.join(", "))],
    }
}

fn prepare(work: &Work<'_>) -> Step {
    let slices = work.names.slices();
    Step {
        id: "prepare".to_owned(),
        action: Action::Prepare,
        title: "Make the place for how far the tables are filled".to_owned(),
        statements: vec![
            format!("DROP TABLE IF EXISTS {slices}"),
            format!(
                "CREATE TABLE {slices} (`table` VARCHAR(190) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, \
                 `part` INT NOT NULL, `upto` DECIMAL(30,0), `last` DECIMAL(30,0), `done` BIGINT UNSIGNED NOT NULL, \
                 `warnings` BIGINT UNSIGNED NOT NULL, PRIMARY KEY (`table`, `part`), CONSTRAINT {} CHECK (`warnings` = 0)) ENGINE=InnoDB",
                quote::ident(&format!("rk_{}_no_warnings", work.names.tag()))
            ),
        ],
    }
}

fn map_step(work: &Work<'_>, number: usize, way: Way) -> Step {
    let root = &work.conversions[number].root;
    match way {
        Way::Forward => Step {
            id: map::step_id(work, number, way),
            action: Action::BuildMap { root: root.clone() },
            title: format!("Give every id of {root} its UUID"),
            statements: map::build(work, number),
        },
        Way::Back => Step {
            id: map::step_id(work, number, way),
            action: Action::ExtendMap { root: root.clone() },
            title: format!(
                "Give every UUID of {root} that was written since {}",
                if work.is_text(number) { "a text" } else { "an integer" }
            ),
            statements: map::extend(work, number),
        },
    }
}

fn analyze(work: &Work<'_>) -> Step {
    let tables = work.tables.iter().map(|table| table.live()).collect::<Vec<_>>().join(", ");
    Step {
        id: "analyze".to_owned(),
        action: Action::Analyze,
        title: "Renew the planner's statistics".to_owned(),
        statements: vec![format!("ANALYZE TABLE {tables}")],
    }
}

fn clean_up(work: &Work<'_>, way: Way) -> Step {
    let mut tables = vec![work.names.slices()];
    tables.extend(beside(work, way));
    if way == Way::Back {
        tables.extend(work.tables.iter().flat_map(|table| [Way::Forward, Way::Back].map(|way| table.away(work, way))));
        tables.extend((0..work.conversions.len()).map(|number| work.names.map(number)));
    }
    Step {
        id: "clean_up".to_owned(),
        action: Action::CleanUp,
        title: "Remove what only the run needed".to_owned(),
        statements: vec![format!("DROP TABLE IF EXISTS {}", tables.join(", "))],
    }
}

// What stands beside the maps of texts and is not needed once that way is gone: the spellings
// that the maps lack are of use while the tables are filled, those of single rows until the undo.
fn beside(work: &Work<'_>, way: Way) -> Vec<String> {
    let texts = (0..work.conversions.len()).filter(|number| work.is_text(*number));
    match way {
        Way::Forward => texts.map(|number| work.names.spellings(number)).collect(),
        Way::Back => text::deviations(work).iter().map(|one| one.kept(work)).collect(),
    }
}

/// What a run keeps for the undo alone beside its maps: the tables as they were, and the
/// spellings that rows had of their own.
pub fn kept(schema_fingerprint: &str, conversions: &[Conversion]) -> Vec<String> {
    let names = super::helper::Names::new(schema_fingerprint, conversions);
    let texts = conversions.iter().enumerate().filter(|(_, one)| one.kind == ConversionKind::TextToUuid);
    let spellings = texts.flat_map(|(number, one)| (0..one.members.len()).map(move |place| (number, place)));
    let spellings = spellings.map(|(number, place)| format!("DROP TABLE IF EXISTS {}", names.kept(number, place)));
    let tables: std::collections::BTreeSet<_> = conversions
        .iter()
        .flat_map(|one| &one.members)
        .map(|member| &member.column.table)
        .chain(work::slug_tables(conversions))
        .collect();
    let old = tables.iter().enumerate().map(|(number, name)| {
        let old = crate::schema::TableName { schema: name.schema.clone(), name: names.old(number + 1, &name.name) };
        format!("DROP TABLE IF EXISTS {}", quote::table(&old))
    });
    old.chain(spellings).collect()
}
