//! Schemas of Prisma: the block that names the database.

use secrecy::zeroize::Zeroizing;

use super::pattern::Pattern;
use super::variables::{Variables, unknown};
use super::{Found, from_url, product, unknown_product};
use crate::connect::draft::Draft;

/// A connection for each address of each block: the direct one first, since Rekey wants it.
pub fn read(text: &str, variables: &Variables) -> Vec<Found> {
    let blocks = BLOCK.each(text).map(|block| (block[1].to_owned(), Zeroizing::new(block[2].to_owned())));
    blocks.flat_map(|(name, block)| one(&name, &block, variables)).collect()
}

fn one(name: &str, block: &str, variables: &Variables) -> Vec<Found> {
    let setting = |wanted: &str| {
        let lines = block.lines().map(str::trim).filter(|line| !line.starts_with("//"));
        lines
            .filter_map(|line| line.split_once('='))
            .find(|(key, _)| key.trim() == wanted)
            .map(|(_, value)| value.trim())
    };
    let provider = setting("provider").unwrap_or_default().trim_matches('"').to_owned();
    let found = ["directUrl", "url"].into_iter().filter_map(|key| {
        let mut draft = address(setting(key)?, variables);
        if draft.engine.is_none() {
            draft.engine = product(&provider);
        }
        if product(&provider).is_none() && !provider.is_empty() {
            draft = Draft { remarks: vec![unknown_product(&provider)], ..Draft::default() };
        }
        Some(Found::new(format!("{name}.{key}"), draft))
    });
    let found: Vec<Found> = found.collect();
    if !found.is_empty() {
        return found;
    }
    let remarks = vec!["The address stands elsewhere, in prisma.config.ts or a .env file.".to_owned()];
    vec![Found::new(name, Draft { engine: product(&provider), remarks, ..Draft::default() })]
}

fn address(value: &str, variables: &Variables) -> Draft {
    let Some(asked) = VARIABLE.first(value) else {
        return match value.strip_prefix('"').and_then(|value| value.split('"').next()) {
            Some(url) => from_url(url),
            None => Draft::default(),
        };
    };
    match variables.get(&asked[1]) {
        Some(url) => from_url(url),
        None => Draft { remarks: vec![unknown(&asked[1])], ..Draft::default() },
    }
}

static BLOCK: Pattern = Pattern::new(r"(?m)^\s*datasource\s+(\w+)\s*\{([^}]*)\}");
static VARIABLE: Pattern = Pattern::new(r#"^env\(\s*["'](\w+)["']\s*\)"#);
