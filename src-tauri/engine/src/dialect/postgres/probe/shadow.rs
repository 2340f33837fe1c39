//! Would views and expressions still be valid with the new types? The server itself is
//! asked, without touching anything: a query is prepared, never run, in which common table
//! expressions stand for the tables, once with the old types and once with the new.
//!
//! If it cannot be prepared even with the old types, the shadows are at fault and nothing
//! is said against the object.

use std::collections::BTreeSet;

use super::super::blueprint::{Held, Scope};
use super::super::catalogue::complete;
use super::super::quote;
use super::{Found, answers, bodies, each, policies, rules, views};
use crate::check::Severity;
use crate::dialect::Connection;
use crate::error::{Error, Result};
use crate::schema::{ColumnKind, ColumnName, DependentKind, Table, TableName};

/// What is asked about: a query with the tables and views it rests on.
#[derive(Clone)]
pub struct Question<'s> {
    /// The object by name.
    pub object: String,
    /// What kind of object it is.
    pub what: &'static str,
    /// Tables that shadows stand for.
    pub tables: Vec<&'s Table>,
    /// Converted columns that it concerns.
    pub columns: Vec<&'s ColumnName>,
    /// The types of the query's parameters, in brackets, where it has some.
    pub parameters: String,
    /// What follows the shadows: further shadows, each after a comma, then the query itself.
    pub query: String,
    /// The schemas in which names are looked up.
    pub path: Vec<String>,
    /// True where names could not be written so that the shadows cover them.
    pub hidden: bool,
}

/// Questions asked at once.
const CHUNK: usize = 50;

/// Which columns have their new type.
#[derive(Clone, Copy)]
enum Types {
    Old,
    New,
    Only(usize),
}

/// Looks.
pub async fn look(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let outcome = ask_all(connection, scope).await;
    connection.execute("SET search_path = pg_catalog").await?;
    outcome
}

async fn ask_all(connection: &mut dyn Connection, scope: &Scope<'_>) -> Result<Vec<Found>> {
    let mut questions = expressions(connection, scope).await?;
    let mut casts = Vec::new();
    if scope.version >= 15 {
        let all = filters(connection, scope).await?;
        let (cast, sound): (Vec<Question<'_>>, Vec<Question<'_>>) =
            all.into_iter().partition(|one| casts_text(scope, one));
        casts = cast;
        questions.extend(sound);
    }
    questions.extend(triggers(scope));
    let (on_rules, mut found) = rules::questions(scope);
    found.extend(casts.iter().flat_map(|one| invalid(scope, one, &one.columns, CASTS)));
    questions.extend(on_rules);
    questions.extend(views::questions(connection, scope).await?);
    questions.extend(policies::questions(connection, scope).await?);
    questions.extend(bodies::questions(connection, scope).await?);
    // What stands on something that cannot stay goes with it and is not asked about as well.
    let mut broken: BTreeSet<&str> = BTreeSet::new();
    for question in doubtful(connection, scope, &questions).await? {
        if broken.contains(question.object.as_str()) {
            continue;
        }
        connection.execute(&format!("SET search_path = {}", idents(&question.path))).await?;
        let answer = ask(connection, scope, question).await?;
        if answer.iter().any(|(_, finding)| finding.severity >= Severity::Ask) {
            broken.insert(&question.object);
            broken.extend(answers::upon(scope, &question.object));
        }
        found.extend(answer);
    }
    Ok(found)
}

/// Identifiers with commas between.
pub fn idents(schemas: &[String]) -> String {
    schemas.iter().map(|schema| quote::ident(schema)).collect::<Vec<_>>().join(", ")
}

// The questions left over once many were asked at once: nearly always the server accepts all
// of them, and a round trip for each would take longer than the answers.
async fn doubtful<'q, 's>(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    questions: &'q [Question<'s>],
) -> Result<Vec<&'q Question<'s>>> {
    let mut left = Vec::new();
    for chunk in questions.chunks(CHUNK) {
        let open = chunk.iter().filter(|question| !question.hidden);
        let sql: Vec<String> = open
            .flat_map(|question| {
                let path = format!("SET search_path = {}", idents(&question.path));
                [path, prepared(scope, question, Types::Old), prepared(scope, question, Types::New)]
            })
            .collect();
        match connection.execute(&sql.join(";\n")).await {
            Ok(()) => left.extend(chunk.iter().filter(|question| question.hidden)),
            Err(Error::Statement { .. } | Error::Rights { .. }) => left.extend(chunk),
            Err(other) => return Err(other),
        }
    }
    Ok(left)
}

async fn ask(connection: &mut dyn Connection, scope: &Scope<'_>, question: &Question<'_>) -> Result<Vec<Found>> {
    let control = if question.hidden {
        Some("its names cannot be told apart".to_owned())
    } else {
        refusal(connection, scope, question, Types::Old).await?
    };
    if let Some(reason) = control {
        let meaning = format!(
            "Whether this {} is still valid with UUIDs cannot be told in advance ({reason}). If it is not, the run fails and takes everything back.",
            question.what
        );
        return Ok(each(
            question.columns.iter().copied(),
            Severity::Warn,
            "RK-137",
            &question.object,
            &meaning,
            "Look at its definition, or rehearse the run on a copy.",
        ));
    }
    let Some(reason) = refusal(connection, scope, question, Types::New).await? else {
        return Ok(Vec::new());
    };
    let numbers: BTreeSet<usize> =
        question.columns.iter().filter_map(|column| scope.columns.get(column)).flat_map(Held::numbers).collect();
    let mut guilty = Vec::new();
    for number in numbers {
        if refusal(connection, scope, question, Types::Only(number)).await?.is_some() {
            guilty.push(number);
        }
    }
    let columns = question.columns.iter().copied().filter(|column| {
        guilty.is_empty()
            || scope.columns.get(column).is_some_and(|held| held.numbers().iter().any(|number| guilty.contains(number)))
    });
    Ok(invalid(scope, question, &columns.collect::<Vec<_>>(), &format!("The server says: {reason}.")))
}

fn invalid(scope: &Scope<'_>, question: &Question<'_>, columns: &[&ColumnName], reason: &str) -> Vec<Found> {
    let meaning = format!("This {} would no longer be valid with UUIDs. {reason}", question.what);
    let remedy = "Change it so that it does not treat the key as a number or a text, or drop it before the run and make one that fits afterwards.";
    let severity = if answers::can_go(scope, &question.object) { Severity::Ask } else { Severity::Block };
    let rule = if question.object.starts_with("generated column ") { "RK-102" } else { "RK-130" };
    let found = each(columns.iter().copied(), severity, rule, &question.object, &meaning, remedy);
    found.into_iter().map(|(column, finding)| (column, answers::asking(scope, finding))).collect()
}

const CASTS: &str = "It reads the key as a text, and the server lets no publication make a text of a UUID.";

// A text is a text without further ado; of a UUID one would have to be made.
fn casts_text(scope: &Scope<'_>, question: &Question<'_>) -> bool {
    let text = |column: &&&ColumnName| scope.column(column).is_some_and(|found| found.kind == ColumnKind::Text);
    let spelt = |name: &str| [format!("({name})::"), format!("({})::", quote::ident(name))];
    let casts = |column: &ColumnName| spelt(&column.column).iter().any(|cast| question.query.contains(cast.as_str()));
    question.columns.iter().filter(text).any(|column| casts(column))
}

// What the server has against the query; nothing where it accepts it.
async fn refusal(
    connection: &mut dyn Connection,
    scope: &Scope<'_>,
    question: &Question<'_>,
    types: Types,
) -> Result<Option<String>> {
    match connection.execute(&prepared(scope, question, types)).await {
        Ok(()) => Ok(None),
        Err(Error::Statement { detail, .. }) => Ok(Some(detail)),
        Err(Error::Rights { detail }) => Ok(Some(detail)),
        Err(other) => Err(other),
    }
}

// On a line of its own, so that a comment at the end of a query cannot hide what follows.
fn prepared(scope: &Scope<'_>, question: &Question<'_>, types: Types) -> String {
    let shadows: Vec<String> = question.tables.iter().map(|table| shadow(scope, table, types)).collect();
    format!(
        "PREPARE rekey_probe{} AS WITH {}{}\n; DEALLOCATE rekey_probe",
        question.parameters,
        shadows.join(",\n"),
        question.query
    )
}

fn shadow(scope: &Scope<'_>, table: &Table, types: Types) -> String {
    format!("{} AS ({})", quote::ident(&table.name.name), row(scope, table, types))
}

fn row(scope: &Scope<'_>, table: &Table, types: Types) -> String {
    let cells = table.columns.iter().map(|column| {
        let held = scope.held(&table.name, &column.name).filter(|held| match types {
            Types::Only(wanted) => held.numbers().contains(&wanted),
            Types::New => true,
            Types::Old => false,
        });
        let type_name = held.map_or(column.type_name.as_str(), Held::to_type);
        format!("NULL::{type_name} AS {}", quote::ident(&column.name))
    });
    format!("SELECT {}", cells.collect::<Vec<_>>().join(", "))
}

const EXPRESSIONS: &str = "
SELECT n.nspname, c.relname, 'check constraint', k.conname, pg_get_expr(k.conbin, k.conrelid)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'c' AND k.coninhcount = 0 AND {user}
UNION ALL
SELECT n.nspname, c.relname, 'index', i.relname, pg_get_expr(x.indpred, x.indrelid)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE x.indpred IS NOT NULL AND c.relkind IN ('r', 'p') AND {user}
UNION ALL
SELECT n.nspname, c.relname, 'index', i.relname, pg_get_indexdef(i.oid, u.n::int, false)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL unnest(x.indkey::int2[]) WITH ORDINALITY u(num, n) WHERE u.num = 0 AND c.relkind IN ('r', 'p') AND {user}
UNION ALL
SELECT n.nspname, c.relname, 'generated column', a.attname, '(' || pg_get_expr(f.adbin, f.adrelid) || ')::' || format_type(a.atttypid, a.atttypmod)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attrdef f ON f.adrelid = c.oid AND f.adnum = a.attnum
WHERE a.attgenerated <> '' AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND {user}
ORDER BY 1, 2, 3, 4, 5";

const FILTERS: &str = "
SELECT n.nspname, c.relname, 'publication', b.pubname, pg_get_expr(r.prqual, r.prrelid)
FROM pg_publication_rel r JOIN pg_publication b ON b.oid = r.prpubid JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.prqual IS NOT NULL AND {user} ORDER BY 1, 2, 3, 4, 5";

async fn filters<'s>(connection: &mut dyn Connection, scope: &'s Scope<'_>) -> Result<Vec<Question<'s>>> {
    on_rows(connection, scope, FILTERS).await
}

async fn expressions<'s>(connection: &mut dyn Connection, scope: &'s Scope<'_>) -> Result<Vec<Question<'s>>> {
    on_rows(connection, scope, EXPRESSIONS).await
}

// Checks, index expressions and filters: a row of the table stands for it.
async fn on_rows<'s>(
    connection: &mut dyn Connection,
    scope: &'s Scope<'_>,
    sql: &'static str,
) -> Result<Vec<Question<'s>>> {
    let mut found = Vec::new();
    for row in connection.query(&complete(sql)).await? {
        let [Some(schema), Some(name), Some(kind), Some(object), Some(expression)] = row.as_slice() else {
            continue;
        };
        let Some(table) = scope.table(&TableName::new(schema, name)) else {
            continue;
        };
        let columns = named(scope, table, expression);
        if !columns.is_empty() {
            let query = format!("\nSELECT ({expression}) FROM {}", quote::ident(name));
            found.push(Question {
                object: quote::on(kind, object, schema, name),
                what: "expression",
                tables: vec![table],
                columns,
                parameters: String::new(),
                query,
                path: own_path(table),
                hidden: false,
            });
        }
    }
    Ok(found)
}

// Converted columns whose name occurs in a text, where quotes in it stand twice.
fn named<'s>(scope: &'s Scope<'_>, table: &Table, text: &str) -> Vec<&'s ColumnName> {
    let own = scope.columns.keys().filter(|column| column.table == table.name);
    own.filter(|column| text.contains(&column.column.replace('"', "\"\""))).collect()
}

/// Expressions name columns only; functions in them are written with their schema.
pub fn own_path(table: &Table) -> Vec<String> {
    vec![table.name.schema.clone()]
}

fn triggers<'s>(scope: &'s Scope<'_>) -> Vec<Question<'s>> {
    let triggers = scope.dependents().into_iter().filter(|one| one.kind == DependentKind::Trigger);
    triggers
        .filter_map(|trigger| {
            let (_, rest) = trigger.create.first()?.split_once(" WHEN (")?;
            let (condition, _) = rest.rsplit_once(") EXECUTE ")?;
            let columns: Vec<&ColumnName> = trigger
                .columns
                .iter()
                .filter_map(|column| scope.columns.get_key_value(column))
                .map(|(column, _)| column)
                .collect();
            let table = scope.table(&columns.first()?.table)?;
            let name = quote::ident(&table.name.name);
            let query = format!("\nSELECT ({condition}) FROM {name} old, {name} new");
            Some(Question {
                object: trigger.name.clone(),
                what: "trigger's condition",
                tables: vec![table],
                columns,
                parameters: String::new(),
                query,
                path: own_path(table),
                hidden: false,
            })
        })
        .collect()
}
