//! What each migration tool must be told once the keys are converted.

use serde::Serialize;
use ts_rs::TS;

use super::VersionTable;
use crate::schema::TableName;

/// What is left to do for a migration tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Stamp {
    /// The tool.
    pub tool: String,
    /// Its table.
    #[serde(flatten)]
    pub table: TableName,
    /// The newest revision when the run began; none where nothing was carried out yet.
    pub newest: Option<String>,
    /// What to do.
    pub text: String,
    /// The tool's own commands and statements for it, in this order.
    pub commands: Vec<String>,
}

impl Stamp {
    /// What the tool of that table must be told; `target` names the database on a command line.
    pub fn of(table: &VersionTable, target: &str) -> Stamp {
        let (text, commands) = words(&table.tool);
        Stamp {
            tool: table.tool.clone(),
            table: table.table.clone(),
            newest: table.newest.clone(),
            text: text.to_owned(),
            commands: commands.iter().map(|command| command.replace("TARGET", target)).collect(),
        }
    }
}

// What stands in capital letters is for whoever types it.
fn words(tool: &str) -> (&'static str, &'static [&'static str]) {
    match tool {
        "Alembic" => (
            "Write an empty revision into its folder of versions, then tell it that the database is there.",
            &[
                "rekey export TARGET --plan PLAN --format alembic --state-only -o versions/FILE.py",
                "alembic stamp head",
            ],
        ),
        "Django" => (
            "Write the models' new state into the application's migrations and carry that out, which sends nothing; the last command must find nothing to do.",
            &[
                "rekey export TARGET --plan PLAN --format django --state-only -o APP/migrations/FILE.py",
                "python manage.py migrate",
                "python manage.py makemigrations --check",
            ],
        ),
        "Rails, Ecto or golang-migrate" => (
            "Add an empty migration with a new version and note it as carried out; in Rails the last command writes the schema file anew.",
            &["INSERT INTO schema_migrations (version) VALUES ('VERSION');", "bin/rails db:schema:dump"],
        ),
        "Prisma" => (
            "Read the new types into the schema, add a migration folder with what changed, then note it as carried out.",
            &["npx prisma db pull", "npx prisma migrate resolve --applied NAME"],
        ),
        "Flyway" => ("Add an empty versioned migration and carry it out.", &["flyway migrate", "flyway validate"]),
        "Liquibase" => {
            ("Add a change set that describes the new types and note it as carried out.", &["liquibase changelog-sync"])
        }
        "Knex" => ("Add an empty migration and carry it out.", &["npx knex migrate:up NAME"]),
        "Sequelize" => ("Add an empty migration and carry it out.", &["npx sequelize-cli db:migrate"]),
        "TypeORM" => (
            "Add a migration that describes the new types and note it as carried out; keep synchronize off.",
            &["npx typeorm migration:run --fake"],
        ),
        "sqlx" => ("Add an empty migration file and carry it out.", &["sqlx migrate run"]),
        _ => ("Add a migration that describes the new types, and mark it as carried out.", &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::versions::known::KNOWN;

    #[test]
    fn the_ten_tools_that_the_documents_name_have_commands_of_their_own() {
        let others = ["Laravel", "MikroORM", "Drizzle", "Entity Framework", "Doctrine"];
        for known in KNOWN.iter().filter(|known| !others.contains(&known.tool)) {
            let (text, commands) = words(known.tool);
            assert!(text != words("").0 && !commands.is_empty(), "{}", known.tool);
        }
    }
}
