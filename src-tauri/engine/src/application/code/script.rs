//! TypeScript and JavaScript: React, Vue, Svelte, Express, NestJS, TypeORM, Prisma.

use super::patterns::{
    FORM_NAME, FORM_NUMBER, PRISMA_INT, ROUTE_EXPRESS, SCRIPT_ALIAS, SCRIPT_CAST, SCRIPT_DIGITS, SCRIPT_IS_NUMBER,
    SCRIPT_KEYED, SCRIPT_MINUS, SCRIPT_NUMBER, SCRIPT_PIPE, SCRIPT_PLUS, SCRIPT_SCHEMA, SCRIPT_SIZE, SCRIPT_STATE,
    SCRIPT_STORAGE, TYPEORM_KEY, VERSION_FOUR,
};
use super::{Found, Line, Rule, stored};

/// Everything that a line says.
pub fn look(line: &Line<'_>) -> Vec<Found> {
    let rules: [fn(&Line<'_>) -> Option<Found>; 12] = [
        version_four,
        stored_in_browser,
        schema,
        pipe,
        route,
        model,
        reads,
        asks,
        form,
        declared,
        sizes,
        stored::query,
    ];
    rules.iter().find_map(|rule| rule(line)).into_iter().collect()
}

/// A line of Prisma's schema.
pub fn prisma(line: &Line<'_>) -> Vec<Found> {
    let Some(groups) = PRISMA_INT.groups(line.text) else { return Vec::new() };
    let after = line
        .text
        .replacen(" Int", " String", 1)
        .replace("@default(autoincrement())", "@default(dbgenerated()) @db.Uuid");
    let known = line.is_id(groups[1]);
    known.then_some(Found { rule: Rule::ScriptModel, after: Some(after) }).into_iter().collect()
}

fn number_to_string(text: &str) -> String {
    text.replace("number", "string")
}

fn version_four(line: &Line<'_>) -> Option<Found> {
    VERSION_FOUR.fits(line.text).then_some(Found { rule: Rule::VersionFour, after: None })
}

fn stored_in_browser(line: &Line<'_>) -> Option<Found> {
    let key = SCRIPT_STORAGE.groups(line.text)?;
    let last = key[1].rsplit([':', '.', '-', '/']).next().unwrap_or(key[1]);
    let read = reads(line).and_then(|found| found.after);
    (line.is_id(last) || line.is_id(&key[1].replace(['-', '.', ':'], "_")))
        .then_some(Found { rule: Rule::Storage, after: read })
}

fn schema(line: &Line<'_>) -> Option<Found> {
    let groups = SCRIPT_SCHEMA.groups(line.text)?;
    let after = || Some(SCRIPT_SCHEMA.replace(line.text, "$1: z.string().uuid()"));
    line.is_id(groups[1])
        .then(|| Found { rule: Rule::ScriptValidation, after: if groups[0].contains("z.") { after() } else { None } })
}

fn pipe(line: &Line<'_>) -> Option<Found> {
    if !SCRIPT_PIPE.fits(line.text) {
        return None;
    }
    // A decorator speaks of the field below it.
    let below: String = line.rest.iter().take(3).take_while(|next| !next.trim().is_empty()).copied().collect();
    let about = line.has_id(line.text) || (line.text.trim().starts_with('@') && line.has_id(&below));
    about.then(|| Found {
        rule: Rule::ScriptValidation,
        after: Some(line.text.replace("ParseIntPipe", "ParseUUIDPipe").replace("@IsInt()", "@IsUUID()")),
    })
}

fn route(line: &Line<'_>) -> Option<Found> {
    let found = ROUTE_EXPRESS.all(line.text).iter().any(|groups| line.is_id(groups[1]));
    found.then(|| Found { rule: Rule::RouteConverter, after: Some(ROUTE_EXPRESS.replace(line.text, ":$1")) })
}

fn model(line: &Line<'_>) -> Option<Found> {
    let header = |text: &&str| text.contains("class ") && line.names.speaks_of(text);
    (TYPEORM_KEY.fits(line.text) && line.around.iter().any(header)).then(|| Found {
        rule: Rule::ScriptModel,
        after: Some(TYPEORM_KEY.replace(line.text, "@PrimaryGeneratedColumn('uuid')")),
    })
}

fn reads(line: &Line<'_>) -> Option<Found> {
    for groups in SCRIPT_CAST.all(line.text) {
        let (value, _) = groups[2]
            .rsplit_once(',')
            .filter(|(_, base)| base.trim().parse::<u32>().is_ok())
            .unwrap_or((groups[2], ""));
        if line.has_id(value) {
            return Some(Found { rule: Rule::ScriptParse, after: Some(line.text.replace(groups[0], value)) });
        }
    }
    let plus = SCRIPT_PLUS.all(line.text).into_iter().find(|groups| line.has_id(groups[1]))?;
    let after = line.text.replace(plus[0], &plus[0].replacen('+', "", 1));
    Some(Found { rule: Rule::ScriptParse, after: Some(after) })
}

fn asks(line: &Line<'_>) -> Option<Found> {
    let asked =
        SCRIPT_IS_NUMBER.all(line.text).into_iter().any(|groups| line.has_id(groups[1]) || line.has_id(groups[2]));
    let digits = SCRIPT_DIGITS.all(line.text).into_iter().any(|groups| line.has_id(groups[1]));
    (asked || digits).then_some(Found { rule: Rule::ScriptValidation, after: None })
}

// `userId > 0`, `a.id - b.id`.
fn sizes(line: &Line<'_>) -> Option<Found> {
    let last = |text: &str| text.rsplit('.').next().unwrap_or(text).to_owned();
    let sized = SCRIPT_SIZE.all(line.text).into_iter().any(|groups| line.is_id(&last(groups[1])));
    let less = SCRIPT_MINUS.all(line.text).into_iter().any(|groups| line.is_id(groups[1]) && line.is_id(groups[2]));
    (sized || less).then_some(Found { rule: Rule::ScriptValidation, after: None })
}

fn form(line: &Line<'_>) -> Option<Found> {
    if !line.text.contains("<") {
        return None;
    }
    // An element may go over several lines.
    let mut whole = line.text.to_owned();
    for next in line.rest.iter().take(8) {
        if whole.contains('>') {
            break;
        }
        whole.push(' ');
        whole.push_str(next.trim());
    }
    let number = FORM_NUMBER.fits(&whole);
    let named =
        FORM_NAME.all(&whole).iter().any(|groups| line.has_id(groups[1].rsplit('.').next().unwrap_or(groups[1])));
    (number && named)
        .then(|| Found { rule: Rule::Form, after: Some(line.text.replace("type=\"number\"", "type=\"text\"")) })
}

fn declared(line: &Line<'_>) -> Option<Found> {
    let names = [&SCRIPT_NUMBER, &SCRIPT_STATE, &SCRIPT_ALIAS];
    let keyed = SCRIPT_KEYED.groups(line.text).is_some_and(|groups| line.names.speaks_of(groups[1]));
    let found = keyed || names.iter().flat_map(|pattern| pattern.all(line.text)).any(|groups| line.is_id(groups[1]));
    found.then(|| Found { rule: Rule::ScriptType, after: Some(number_to_string(line.text)) })
}
