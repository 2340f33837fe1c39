//! Tables that tell of the application by their names: sessions of signed-in users, the
//! migrations of its framework, and frameworks that change the schema by themselves.

use super::{Finding, Looked, Severity, Subject};
use crate::dialect::{Connection, Database};
use crate::schema::{Schema, Table};

/// A framework with the table that it writes its migrations down in.
struct Framework {
    table: &'static str,
    /// Columns without which the table is another one's.
    columns: &'static [&'static str],
    name: &'static str,
    /// The column with the revision, and the one that tells the order.
    revision: &'static str,
    order: &'static str,
    /// The setting by which it changes the schema without a migration.
    sync: Option<&'static str>,
}

/// The table as each framework documents it.
const FRAMEWORKS: &[Framework] = &[
    framework("alembic_version", &["version_num"], "Alembic", "version_num", "version_num", None),
    framework("django_migrations", &["app", "applied"], "Django", "name", "id", None),
    framework("schema_migrations", &["version"], "Rails, Ecto or golang-migrate", "version", "version", None),
    framework(
        "_prisma_migrations",
        &["migration_name"],
        "Prisma",
        "migration_name",
        "started_at",
        Some("'prisma db push'"),
    ),
    framework("flyway_schema_history", &["installed_rank"], "Flyway", "version", "installed_rank", None),
    framework("databasechangelog", &["orderexecuted"], "Liquibase", "id", "orderexecuted", None),
    framework("knex_migrations", &["batch"], "Knex", "name", "id", None),
    framework("sequelizemeta", &["name"], "Sequelize", "name", "name", Some("sequelize.sync({ alter: true })")),
    framework("typeorm_migrations", &["timestamp"], "TypeORM", "name", "timestamp", Some("synchronize: true")),
    framework("migrations", &["timestamp", "name"], "TypeORM", "name", "timestamp", Some("synchronize: true")),
    framework("migrations", &["migration", "batch"], "Laravel", "migration", "id", None),
    framework("mikro_orm_migrations", &["executed_at"], "MikroORM", "name", "id", Some("schema.update()")),
    framework("__drizzle_migrations", &["hash"], "Drizzle", "hash", "id", Some("'drizzle-kit push'")),
    framework("_sqlx_migrations", &["checksum"], "sqlx", "version", "version", None),
    framework("__efmigrationshistory", &["migrationid"], "Entity Framework", "MigrationId", "MigrationId", None),
    framework(
        "doctrine_migration_versions",
        &["version"],
        "Doctrine",
        "version",
        "version",
        Some("'doctrine:schema:update --force'"),
    ),
];

const fn framework(
    table: &'static str,
    columns: &'static [&'static str],
    name: &'static str,
    revision: &'static str,
    order: &'static str,
    sync: Option<&'static str>,
) -> Framework {
    Framework { table, columns, name, revision, order, sync }
}

/// Words that the name of a table with sessions of users is made of.
const SESSIONS: [&str; 10] = [
    "sessions",
    "session",
    "user_sessions",
    "user_session",
    "django_session",
    "auth_sessions",
    "active_sessions",
    "refresh_tokens",
    "access_tokens",
    "personal_access_tokens",
];

fn found(schema: &Schema) -> Vec<(&Table, &'static Framework)> {
    let fits = |table: &Table, one: &Framework| {
        let has = |name: &&str| table.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
        table.name.name.eq_ignore_ascii_case(one.table) && one.columns.iter().all(has)
    };
    let tables = schema.tables.values();
    tables.filter_map(|table| FRAMEWORKS.iter().find(|one| fits(table, one)).map(|one| (table, one))).collect()
}

/// Tables of migrations with their newest revision.
pub(super) async fn migrations(
    database: &dyn Database,
    connection: &mut dyn Connection,
    subject: Subject<'_>,
) -> crate::Result<Looked> {
    let (mut measured, mut findings) = (Vec::new(), Vec::new());
    for (table, framework) in found(subject.schema) {
        let head = head(database, connection, table, framework).await?;
        let at = head.map_or_else(|| "it is empty".to_owned(), |head| format!("its newest revision is {head}"));
        measured.push(format!("{} ({}): {at}", table.name, framework.name));
        findings.push(Finding::new(
            Severity::Info,
            "RK-052",
            table.name.to_string(),
            format!("{} writes its migrations down here; {at}. It does not know of the conversion.", framework.name),
            "Add a migration to the application's code that describes the new types, and mark it as carried out once the run is finished.",
        ));
    }
    if findings.is_empty() {
        return Ok(Looked::passed("no table of migrations that Rekey knows"));
    }
    Ok(Looked::found(measured.join("; "), findings).noted())
}

async fn head(
    database: &dyn Database,
    connection: &mut dyn Connection,
    table: &Table,
    framework: &Framework,
) -> crate::Result<Option<String>> {
    let own = |wanted: &str| {
        let column = table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(wanted));
        column.map(|column| database.quote(&column.name))
    };
    let (Some(revision), Some(order)) = (own(framework.revision), own(framework.order)) else { return Ok(None) };
    let place = format!("{}.{}", database.quote(&table.name.schema), database.quote(&table.name.name));
    let sql = format!("SELECT {} FROM {place} ORDER BY {order} DESC LIMIT 1", database.text(&revision));
    Ok(connection.query(&sql).await?.into_iter().flatten().flatten().next())
}

/// Frameworks that compare the tables with their models.
pub(super) fn auto_sync(schema: &Schema) -> Looked {
    let known = found(schema).into_iter();
    let mut signs: Vec<(String, &str, &str)> = known
        .filter_map(|(table, framework)| Some((table.name.to_string(), framework.name, framework.sync?)))
        .collect();
    // Their columns are a weaker sign than a table of migrations.
    if found(schema).is_empty() {
        signs.extend(schema.tables.values().filter_map(|table| by_columns(schema, table)));
    }
    signs.extend(by_sequence(schema));
    let mut told = std::collections::BTreeSet::new();
    signs.retain(|(_, name, _)| told.insert(*name));
    let findings: Vec<Finding> = signs
        .iter()
        .map(|(object, name, setting)| {
            Finding::new(
                Severity::Warn,
                "RK-053",
                object.clone(),
                format!("The application seems to use {name}. With {setting} it would compare the tables with its models at the next start, change the columns back and lose the ids."),
                format!("See that {setting} is off before the run, and that the models say UUID before the application starts again."),
            )
        })
        .collect();
    let names: Vec<&str> = signs.iter().map(|(_, name, _)| *name).collect();
    if names.is_empty() {
        return Looked::passed("no sign of a framework that changes the schema by itself");
    }
    Looked::found(format!("signs of {}", names.join(", ")), findings)
}

// Sequelize gives every table the same columns (sequelize.org/docs: createdAt, updatedAt), and
// GORM an index of that name over the moment of deletion (gorm.io/docs/delete: idx_users_deleted_at).
fn by_columns(schema: &Schema, table: &Table) -> Option<(String, &'static str, &'static str)> {
    let object = table.name.to_string();
    if ["createdAt", "updatedAt"].iter().all(|name| table.column(name).is_some()) {
        return Some((object, "Sequelize or TypeORM", "sequelize.sync or synchronize: true"));
    }
    let index = format!("idx_{}_deleted_at", table.name.name);
    let has_index = schema.catalogue.objects.keys().any(|name| name.ends_with(&index));
    (has_index && table.column("deleted_at").is_some()).then_some((object, "GORM", "AutoMigrate"))
}

// Hibernate's own sequence (docs.hibernate.org, SequenceStyleGenerator: hibernate_sequence).
fn by_sequence(schema: &Schema) -> Option<(String, &'static str, &'static str)> {
    let mut names =
        schema.catalogue.objects.keys().map(String::as_str).chain(schema.tables.keys().map(|name| name.name.as_str()));
    let own = names.find(|name| name.ends_with("hibernate_sequence") || name.ends_with("hibernate_sequences"))?;
    Some((own.to_owned(), "Hibernate", "hibernate.hbm2ddl.auto=update"))
}

/// Sessions of signed-in users.
pub(super) async fn user_sessions(
    database: &dyn Database,
    connection: &mut dyn Connection,
    schema: &Schema,
) -> crate::Result<Looked> {
    let (mut measured, mut findings) = (Vec::new(), Vec::new());
    for table in
        schema.tables.values().filter(|table| SESSIONS.iter().any(|name| table.name.name.eq_ignore_ascii_case(name)))
    {
        let place = format!("{}.{}", database.quote(&table.name.schema), database.quote(&table.name.name));
        let sql = format!("SELECT {} FROM {place}", database.text("count(*)"));
        let rows = connection.query(&sql).await?.into_iter().flatten().flatten().next().unwrap_or_default();
        measured.push(format!("{}: {rows} rows", table.name));
        if rows != "0" {
            findings.push(Finding::new(
                Severity::Info,
                "RK-047",
                table.name.to_string(),
                format!("{rows} sessions of users are kept here. What they hold of ids outside converted columns, and what browsers and caches hold, stays old."),
                "Let users sign in again after the run: remove these rows and the sessions in caches while the application is stopped.",
            ));
        }
    }
    if measured.is_empty() {
        return Ok(Looked::passed("no table of sessions by its name"));
    }
    Ok(Looked::found(measured.join("; "), findings).noted())
}
