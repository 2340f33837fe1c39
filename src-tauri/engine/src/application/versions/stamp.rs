//! What each migration tool must be told once the keys are converted.

use super::VersionTable;

/// What is left to do, in one line with the tool's own command or statement.
pub fn left_to_do(table: &VersionTable) -> String {
    let name = &table.table;
    let at = table.newest.as_deref().map_or_else(|| "is empty".to_owned(), |newest| format!("stands at {newest}"));
    format!("{} does not know of the conversion ({name} {at}). {}", table.tool, command(&table.tool))
}

fn command(tool: &str) -> &'static str {
    match tool {
        "Alembic" => {
            "Write an empty revision with 'rekey export TARGET --plan PLAN --format alembic --state-only -o FILE' into \
             its folder of versions, then run 'alembic stamp head'."
        }
        "Django" => {
            "Write the models' new state with 'rekey export TARGET --plan PLAN --format django --state-only -o FILE' \
             into the application's migrations, then run 'python manage.py migrate'; 'python manage.py makemigrations \
             --check' must find nothing."
        }
        "Rails, Ecto or golang-migrate" => {
            "Add an empty migration with a new version and INSERT INTO schema_migrations (version) VALUES ('VERSION'); \
             in Rails 'bin/rails db:schema:dump' writes the schema file anew."
        }
        "Prisma" => {
            "Run 'npx prisma db pull', add a migration folder with what changed, then 'npx prisma migrate resolve \
             --applied NAME'."
        }
        "Flyway" => "Add an empty versioned migration and run 'flyway migrate'; 'flyway validate' must pass.",
        "Liquibase" => "Add a change set that describes the new types and run 'liquibase changelog-sync'.",
        "Knex" => "Add an empty migration and run 'npx knex migrate:up NAME'.",
        "Sequelize" => "Add an empty migration and run 'npx sequelize-cli db:migrate'.",
        "TypeORM" => {
            "Add a migration that describes the new types and run 'npx typeorm migration:run --fake'; keep \
             synchronize off."
        }
        "sqlx" => "Add an empty migration file and run 'sqlx migrate run'.",
        _ => "Add a migration that describes the new types, and mark it as carried out.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::application::versions::known::KNOWN;

    #[test]
    fn the_ten_tools_that_the_documents_name_have_words_of_their_own() {
        let others = ["Laravel", "MikroORM", "Drizzle", "Entity Framework", "Doctrine"];
        for known in KNOWN.iter().filter(|known| !others.contains(&known.tool)) {
            assert_ne!(command(known.tool), command(""), "{}", known.tool);
        }
    }
}
