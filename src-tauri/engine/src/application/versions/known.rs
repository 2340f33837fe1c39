//! The tables in which migration tools write down what they did, as each documents its own.

use crate::schema::{Schema, Table};

/// A tool with its table.
pub struct Known {
    /// The table's name, in lower case.
    pub table: &'static str,
    /// Columns without which the table is another one's.
    pub columns: &'static [&'static str],
    /// The tool.
    pub tool: &'static str,
    /// The column with the revision.
    pub revision: &'static str,
    /// The column that tells the order.
    pub order: &'static str,
    /// The column that tells to which part of the application a revision belongs.
    pub part: Option<&'static str>,
    /// When a row stands for a migration that failed or was never finished; `{name}` is a column.
    pub failed: Option<&'static str>,
    /// When a row counts.
    pub counts: Option<&'static str>,
    /// The setting by which it changes the schema without a migration.
    pub sync: Option<&'static str>,
}

const NONE: Known = Known {
    table: "",
    columns: &[],
    tool: "",
    revision: "name",
    order: "id",
    part: None,
    failed: None,
    counts: None,
    sync: None,
};

const TYPEORM: Known = Known {
    table: "migrations",
    columns: &["timestamp", "name"],
    tool: "TypeORM",
    order: "timestamp",
    sync: Some("synchronize: true"),
    ..NONE
};

/// Every table that is known.
pub const KNOWN: &[Known] = &[
    Known {
        table: "alembic_version",
        columns: &["version_num"],
        tool: "Alembic",
        revision: "version_num",
        order: "version_num",
        ..NONE
    },
    Known { table: "django_migrations", columns: &["app", "applied"], tool: "Django", part: Some("app"), ..NONE },
    Known {
        table: "schema_migrations",
        columns: &["version"],
        tool: "Rails, Ecto or golang-migrate",
        revision: "version",
        order: "version",
        ..NONE
    },
    Known {
        table: "_prisma_migrations",
        columns: &["migration_name", "finished_at", "rolled_back_at"],
        tool: "Prisma",
        revision: "migration_name",
        order: "started_at",
        failed: Some("{finished_at} IS NULL"),
        counts: Some("{rolled_back_at} IS NULL"),
        sync: Some("'prisma db push'"),
        ..NONE
    },
    Known {
        table: "flyway_schema_history",
        columns: &["installed_rank", "success"],
        tool: "Flyway",
        revision: "version",
        order: "installed_rank",
        failed: Some("NOT {success}"),
        counts: Some("{version} IS NOT NULL"),
        ..NONE
    },
    Known {
        table: "databasechangelog",
        columns: &["orderexecuted", "exectype"],
        tool: "Liquibase",
        revision: "id",
        order: "orderexecuted",
        failed: Some("{exectype} = 'FAILED'"),
        ..NONE
    },
    Known { table: "knex_migrations", columns: &["batch"], tool: "Knex", order: "name", ..NONE },
    Known {
        table: "sequelizemeta",
        columns: &["name"],
        tool: "Sequelize",
        order: "name",
        sync: Some("sequelize.sync({ alter: true })"),
        ..NONE
    },
    Known { table: "typeorm_migrations", columns: &["timestamp"], ..TYPEORM },
    TYPEORM,
    Known { table: "migrations", columns: &["migration", "batch"], tool: "Laravel", revision: "migration", ..NONE },
    Known {
        table: "mikro_orm_migrations",
        columns: &["executed_at"],
        tool: "MikroORM",
        sync: Some("schema.update()"),
        ..NONE
    },
    Known {
        table: "__drizzle_migrations",
        columns: &["hash"],
        tool: "Drizzle",
        revision: "hash",
        sync: Some("'drizzle-kit push'"),
        ..NONE
    },
    Known {
        table: "_sqlx_migrations",
        columns: &["checksum", "success"],
        tool: "sqlx",
        revision: "version",
        order: "version",
        failed: Some("NOT {success}"),
        ..NONE
    },
    Known {
        table: "__efmigrationshistory",
        columns: &["migrationid"],
        tool: "Entity Framework",
        revision: "migrationid",
        order: "migrationid",
        ..NONE
    },
    Known {
        table: "doctrine_migration_versions",
        columns: &["version"],
        tool: "Doctrine",
        revision: "version",
        order: "version",
        sync: Some("'doctrine:schema:update --force'"),
        ..NONE
    },
];

/// The tables of migrations in a schema, each with the tool that it belongs to.
pub fn found(schema: &Schema) -> Vec<(&Table, &'static Known)> {
    let fits = |table: &Table, one: &Known| {
        table.name.name.eq_ignore_ascii_case(one.table) && one.columns.iter().all(|name| column(table, name).is_some())
    };
    let tables = schema.tables.values();
    tables.filter_map(|table| KNOWN.iter().find(|one| fits(table, one)).map(|one| (table, one))).collect()
}

/// The name of a column as the table has it, in whatever case.
pub fn column<'t>(table: &'t Table, name: &str) -> Option<&'t str> {
    table.columns.iter().map(|column| column.name.as_str()).find(|own| own.eq_ignore_ascii_case(name))
}
