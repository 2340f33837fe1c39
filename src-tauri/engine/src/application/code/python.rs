//! Python: SQLAlchemy, FastAPI and pydantic, Django, Flask.

use super::patterns::{
    DJANGO_INT, DJANGO_PRIMARY, FIELD_INT, PYTHON_CAST, PYTHON_CLASS, PYTHON_DIGITS, PYTHON_FORMAT, PYTHON_INSTANCE,
    PYTHON_INT, ROUTE_DIGITS, ROUTE_INT, SQLALCHEMY_COLUMN, SQLALCHEMY_INT, SQLALCHEMY_REFERENCE, TABLE_NAME,
    VERSION_FOUR,
};
use super::{Found, Line, Names, Rule, stored};
use crate::plan::Storage;

/// Everything that a line says.
pub fn look(line: &Line<'_>) -> Vec<Found> {
    let rules: [fn(&Line<'_>) -> Option<Found>; 11] =
        [model, django, class, route, reads, field, version_four, declared, tests_digits, formatted, stored::query];
    rules.iter().find_map(|rule| rule(line)).into_iter().collect()
}

fn found(rule: Rule, after: Option<String>) -> Option<Found> {
    Some(Found { rule, after })
}

fn type_of(names: &Names) -> &'static str {
    match names.storage {
        Some(Storage::Uuid) | None => "UUID",
        Some(Storage::Char36) => "str",
        Some(Storage::Binary16) => "bytes",
    }
}

fn column_of(names: &Names) -> &'static str {
    match names.storage {
        Some(Storage::Uuid) | None => "Uuid",
        Some(Storage::Char36) => "String(36)",
        Some(Storage::Binary16) => "LargeBinary(16)",
    }
}

fn retyped(line: &Line<'_>) -> String {
    let text = SQLALCHEMY_INT.replace(line.text, column_of(line.names)).replace(", autoincrement=True", "");
    PYTHON_INT.groups(&text).map_or_else(|| text.clone(), |groups| text.replace(groups[0], &ending(line, groups[0])))
}

// A column of SQLAlchemy's, which may go over several lines.
fn model(line: &Line<'_>) -> Option<Found> {
    let column = SQLALCHEMY_COLUMN.groups(line.text)?;
    let whole = whole(line);
    let number = SQLALCHEMY_INT.fits(&whole) || PYTHON_INT.fits(line.text);
    let untyped = !SQLALCHEMY_INT.fits(&whole) && !line.text.contains("Mapped[");
    if let Some(reference) = SQLALCHEMY_REFERENCE.groups(&whole) {
        let known = line.names.is_table(reference[1]);
        return (known && number && !untyped)
            .then(|| Found { rule: Rule::SqlalchemyReference, after: Some(retyped(line)) });
    }
    if whole.contains("primary_key=True") && number && in_class_of_plan(line) {
        return found(Rule::SqlalchemyKey, Some(retyped(line)));
    }
    (number && line.names.is_id(column[1]))
        .then(|| Found { rule: Rule::SqlalchemyReference, after: Some(retyped(line)) })
}

// What ends in `int`, with the type of the ids in its place.
fn ending(line: &Line<'_>, declared: &str) -> String {
    format!("{}{}", declared.trim_end_matches("int"), type_of(line.names))
}

// From the line to where its brackets are closed.
fn whole(line: &Line<'_>) -> String {
    let mut text = line.text.to_owned();
    let open = |text: &str| text.matches('(').count() > text.matches(')').count();
    for next in line.rest.iter().take(12) {
        if !open(&text) {
            break;
        }
        text.push_str(next);
    }
    text
}

fn in_class_of_plan(line: &Line<'_>) -> bool {
    line.around.iter().filter_map(|header| PYTHON_CLASS.groups(header)).any(|class| line.names.is_model(class[1]))
}

fn django(line: &Line<'_>) -> Option<Found> {
    let groups = DJANGO_INT.groups(line.text)?;
    let field = match line.names.storage {
        Some(Storage::Uuid) | None => "models.UUIDField(",
        Some(Storage::Char36) => "models.CharField(max_length=36, ",
        Some(Storage::Binary16) => "models.BinaryField(max_length=16, ",
    };
    let after = || Some(line.text.replace(&format!("models.{}(", groups[2]), field).replace(", )", ")"));
    if DJANGO_PRIMARY.fits(line.text) || groups[2].ends_with("AutoField") {
        return in_class_of_plan(line).then(|| Found { rule: Rule::DjangoKey, after: after() });
    }
    line.is_id(groups[1]).then(|| Found { rule: Rule::DjangoReference, after: after() })
}

// A model of Django's that names no key has a number.
fn class(line: &Line<'_>) -> Option<Found> {
    let class = PYTHON_CLASS.groups(line.text)?;
    let indent = line.text.len() - line.text.trim_start().len();
    let body: Vec<&&str> = line
        .rest
        .iter()
        .take_while(|next| next.trim().is_empty() || next.len() - next.trim_start().len() > indent)
        .collect();
    let fields = body.iter().any(|next| next.contains("= models."));
    let model = class[2].split(',').any(|base| base.trim().ends_with("Model")) && fields;
    let keyed = body.iter().any(|next| DJANGO_PRIMARY.fits(next) || next.contains("abstract = True"));
    let table = body.iter().find_map(|next| TABLE_NAME.groups(next)).map(|groups| groups[1]);
    let known = table.map_or_else(|| line.names.is_model(class[1]), |table| line.names.is_table(table));
    let key = match line.names.storage {
        Some(Storage::Uuid) | None => "models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)",
        Some(Storage::Char36) => "models.CharField(max_length=36, primary_key=True)",
        Some(Storage::Binary16) => "models.BinaryField(max_length=16, primary_key=True)",
    };
    (model && !keyed && known)
        .then(|| Found { rule: Rule::DjangoImplicitKey, after: Some(format!("{}\n    id = {key}", line.text.trim())) })
}

fn route(line: &Line<'_>) -> Option<Found> {
    let plain = ROUTE_INT.all(line.text).iter().any(|groups| line.is_id(groups[1]));
    let digits = ROUTE_DIGITS.all(line.text).iter().any(|groups| line.is_id(groups[1]));
    let after = ROUTE_DIGITS.replace(&ROUTE_INT.replace(line.text, "<uuid:$1>"), "(?P<$1>[0-9a-f-]{36})");
    (plain || digits).then_some(Found { rule: Rule::RouteConverter, after: Some(after) })
}

fn reads(line: &Line<'_>) -> Option<Found> {
    let read =
        PYTHON_CAST.all(line.text).into_iter().find(|groups| line.has_id(groups[1]) || says_sub(line, groups[1]))?;
    found(Rule::PythonParse, Some(line.text.replace(read[0], &format!("{}({})", type_of(line.names), read[1]))))
}

// Tokens name their user in `sub` (RFC 7519, 4.1.2).
fn says_sub(line: &Line<'_>, text: &str) -> bool {
    (text.contains("\"sub\"") || text.contains("'sub'"))
        && line.names.things.iter().any(|thing| thing.ends_with("user"))
}

fn tests_digits(line: &Line<'_>) -> Option<Found> {
    let asked = PYTHON_DIGITS.groups(line.text).or_else(|| PYTHON_INSTANCE.groups(line.text))?;
    line.has_id(asked[1]).then_some(Found { rule: Rule::PythonParse, after: None })
}

fn formatted(line: &Line<'_>) -> Option<Found> {
    let written = PYTHON_FORMAT.groups(line.text)?;
    let last = |text: &str| text.rsplit('.').next().is_some_and(|word| line.is_id(word));
    (last(written[1]) || last(written[2])).then_some(Found { rule: Rule::PythonParse, after: None })
}

fn field(line: &Line<'_>) -> Option<Found> {
    let groups = FIELD_INT.groups(line.text)?;
    let after = line.text.replace("NumberFilter(", "UUIDFilter(").replace("IntegerField(", "UUIDField(");
    line.is_id(groups[1]).then_some(Found { rule: Rule::PythonField, after: Some(after) })
}

fn version_four(line: &Line<'_>) -> Option<Found> {
    VERSION_FOUR.fits(line.text).then_some(Found { rule: Rule::VersionFour, after: None })
}

fn declared(line: &Line<'_>) -> Option<Found> {
    let declared = PYTHON_INT.all(line.text);
    let name = declared.iter().find(|groups| line.is_id(groups[1]))?;
    let after = line.text.replace(name[0], &ending(line, name[0]));
    found(Rule::PythonType, Some(after))
}
