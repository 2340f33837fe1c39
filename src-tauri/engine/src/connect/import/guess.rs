//! What kind of settings a pasted text is, by what only that kind has.

use super::Source;
use super::pattern::Pattern;
use crate::connect::url;

/// The kind, or none.
pub fn kind(text: &str) -> Option<Source> {
    let has = |pattern: &Pattern| pattern.is_in(text);
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    if lines().next().is_some_and(url::is_address) {
        Some(Source::Address)
    } else if has(&PRISMA) {
        Some(Source::Prisma)
    } else if has(&DJANGO) {
        Some(Source::Django)
    } else if has(&SPRING) {
        Some(Source::Spring)
    } else if has(&COMPOSE) {
        Some(Source::Compose)
    } else if has(&CLIENT) {
        Some(Source::MyCnf)
    } else if has(&SECTION) {
        Some(Source::Service)
    } else if has(&RAILS) {
        Some(Source::Rails)
    } else if has(&VARIABLE) {
        Some(Source::Variables)
    } else if lines().any(|line| line.matches(':').count() >= 4) {
        Some(Source::Pgpass)
    } else {
        None
    }
}

static PRISMA: Pattern = Pattern::new(r"(?m)^\s*datasource\s+\w+\s*\{");
static DJANGO: Pattern = Pattern::new(r"(?m)^\s*DATABASES\b[^=\n]*=");
static SPRING: Pattern = Pattern::new(r"(?m)^\s*spring\.(datasource|r2dbc)\.|^spring:[\s\S]*\b(datasource|r2dbc):");
static COMPOSE: Pattern = Pattern::new(r"(?m)^services\s*:");
static CLIENT: Pattern = Pattern::new(r"(?m)^\s*\[(client|mysql|mysqld|mariadb|client-\w+)\]");
static SECTION: Pattern = Pattern::new(r"(?m)^\s*\[[^\]\n]+\]\s*$");
static RAILS: Pattern = Pattern::new(r"(?m)^\s+(adapter|database|url)\s*:");
static VARIABLE: Pattern = Pattern::new(r"(?m)^\s*(export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=");
