//! A migration of Alembic (<https://alembic.sqlalchemy.org/en/latest/ops.html>).
//!
//! Statements go to the driver as they are (`exec_driver_sql`, `no_parameters`), so that no
//! percent sign and no colon in them is taken for a parameter. On PostgreSQL they are part of
//! Alembic's own transaction, together with its version; elsewhere Alembic has none around a
//! migration (`autocommit_block`).

use std::fmt::Write;

use crate::application::export::{Part, Script, Way, python};
use crate::schema::EngineKind;

/// The file. `down_revision` is the one that the target is at; with `state_only` nothing is sent,
/// for a database that Rekey itself has converted.
pub fn alembic(script: &Script, revision: &str, down_revision: Option<&str>, state_only: bool) -> String {
    let plan = &script.plan;
    let before = down_revision.map_or_else(|| "None".to_owned(), python::literal);
    let mut text = format!(
        "\"\"\"Integer keys become UUIDs: Rekey plan {}.\n\nFor the {} database {} as it was when this was written.\n{}\n\n\
         Revision ID: {revision}\nRevises: {}\n\"\"\"\n\n",
        plan.fingerprint,
        plan.engine.label(),
        python::documentation(&plan.database),
        said(script, state_only),
        python::documentation(down_revision.unwrap_or("")),
    );
    let imports = if state_only { "" } else { "from alembic import op\nfrom alembic.util import CommandError\n\n" };
    let _ = write!(
        text,
        "{imports}revision = {}\ndown_revision = {before}\nbranch_labels = None\ndepends_on = None\n\n",
        python::literal(revision)
    );
    if state_only {
        text.push_str("\ndef upgrade() -> None:\n    pass\n\n\ndef downgrade() -> None:\n    pass\n");
        return text;
    }
    let _ = write!(
        text,
        "{}\n{}\n{}",
        python::list("UPGRADE", &surrounded(script, Way::Forward)),
        python::list("DOWNGRADE", &surrounded(script, Way::Back)),
        sending(plan.engine)
    );
    text
}

fn said(script: &Script, state_only: bool) -> String {
    if state_only {
        return "Nothing is sent: the database was converted by 'rekey run', and code and versions follow.".to_owned();
    }
    let run = &script.run;
    match script.plan.engine {
        EngineKind::Postgres => {
            format!("One transaction with Alembic's version. The journal in the database will know it as run {run}.")
        }
        EngineKind::Sqlite => format!(
            "One transaction of its own. The journal in the database will know it as run {run}; should\n\
             Alembic's version lack it afterwards, 'alembic stamp' sets it."
        ),
        EngineKind::Mysql => script.final_at_once(),
    }
}

// The session is Alembic's.
fn surrounded(script: &Script, way: Way) -> Vec<Part> {
    let client = &script.client;
    let own = script.plan.engine == EngineKind::Sqlite;
    if own { script.surrounded(way, &client.begin, &client.end) } else { script.surrounded(way, &client.note, &[]) }
}

fn sending(engine: EngineKind) -> String {
    let body = match engine {
        EngineKind::Postgres => POSTGRES,
        EngineKind::Sqlite => SQLITE,
        EngineKind::Mysql => MYSQL,
    };
    format!(
        "\ndef upgrade() -> None:\n    send(UPGRADE)\n\n\ndef downgrade() -> None:\n    send(DOWNGRADE)\n\n\n\
         def send(statements: list[str]) -> None:\n    context = op.get_context()\n    if context.as_sql:\n        \
         raise CommandError(\"for a script use 'rekey export --format sql'\")\n{body}\n\n\
         def run(statement: str) -> None:\n    \
         op.get_bind().exec_driver_sql(statement, execution_options={{\"no_parameters\": True}})\n"
    )
}

const POSTGRES: &str = "    for statement in statements:\n        run(statement)\n";

const MYSQL: &str =
    "    with context.autocommit_block():\n        for statement in statements:\n            run(statement)\n";

const SQLITE: &str = "    with context.autocommit_block():
        referring = op.get_bind().exec_driver_sql(\"PRAGMA foreign_keys\").scalar()
        try:
            for statement in statements:
                run(statement)
        except BaseException:
            run(\"ROLLBACK\")
            raise
        finally:
            run(f\"PRAGMA foreign_keys={int(referring)}\")
";
