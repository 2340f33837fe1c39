//! Properties of Spring Boot, as lines or as YAML.

use std::collections::BTreeMap;

use secrecy::zeroize::Zeroizing;
use serde_json::Value;

use super::variables::{Style, Variables};
use super::{Found, from_url, yaml};
use crate::connect::url;

type Properties = BTreeMap<String, Zeroizing<String>>;

/// A connection for each address below `spring.datasource` and its like.
pub fn read(text: &str, variables: &Variables) -> Result<Vec<Found>, String> {
    let documents = if text.lines().any(|line| line.starts_with("spring:")) { yaml(text)? } else { vec![lines(text)] };
    Ok(documents.iter().flat_map(|properties| connections(properties, variables)).collect())
}

fn connections(properties: &Properties, variables: &Variables) -> Vec<Found> {
    let addresses = properties.iter().filter_map(|(name, value)| {
        let group = name.strip_suffix(".url").or_else(|| name.strip_suffix(".jdbc-url"))?;
        let group = group.strip_suffix(".hikari").unwrap_or(group);
        (group.contains("datasource") || group.contains("r2dbc")).then_some((group, value))
    });
    addresses.filter_map(|(group, value)| one(group, value, properties, variables)).collect()
}

fn one(group: &str, address: &str, properties: &Properties, variables: &Variables) -> Option<Found> {
    let mut remarks = Vec::new();
    let address = variables.resolve(address, Style::Spring, &mut remarks);
    if !url::is_address(&address) && remarks.is_empty() && !address.starts_with("jdbc:") {
        return None;
    }
    let mut draft = from_url(&address);
    let mut beside = |name: &str| {
        let value = properties.get(&format!("{group}.{name}"))?;
        Some(variables.resolve(value, Style::Spring, &mut remarks)).filter(|value| !value.is_empty())
    };
    if let Some(user) = beside("username") {
        draft.user = Some(user.to_string());
    }
    if let Some(password) = beside("password") {
        draft.with_password(&password);
    }
    draft.remarks.append(&mut remarks);
    Some(Found::new(group, draft))
}

fn lines(text: &str) -> Properties {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with(['#', '!']));
    let parts = lines.filter_map(|line| line.split_once(['=', ':']));
    parts.map(|(name, value)| (name.trim().to_owned(), Zeroizing::new(value.trim().to_owned()))).collect()
}

fn yaml(text: &str) -> Result<Vec<Properties>, String> {
    let documents = yaml::Documents::read(text)?;
    Ok(documents
        .each()
        .map(|document| {
            let mut properties = Properties::new();
            flatten(document, String::new(), &mut properties);
            properties
        })
        .collect())
}

fn flatten(value: &Value, name: String, properties: &mut Properties) {
    if let Some(values) = value.as_object() {
        for (part, value) in values {
            let name = if name.is_empty() { part.clone() } else { format!("{name}.{part}") };
            flatten(value, name, properties);
        }
    } else if let Some(text) = yaml::scalar(value) {
        properties.insert(name, Zeroizing::new(text));
    }
}
