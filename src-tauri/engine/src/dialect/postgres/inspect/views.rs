//! Views: how each is taken away and put back with options, owner, rights and comments.

use serde::Deserialize;

use super::super::{acl, quote};
use super::dependents::{Use, edges};
use super::functions;
use crate::schema::{Dependent, DependentKind};

/// A view as the catalogue has it.
#[derive(Deserialize)]
pub struct RawView {
    schema: String,
    name: String,
    stored: bool,
    definition: String,
    options: Vec<String>,
    owner: String,
    acl: Option<Vec<String>>,
    comment: Option<String>,
    populated: bool,
    tablespace: Option<String>,
    method: Option<String>,
    columns: Vec<RawViewColumn>,
    indexes: Vec<RawIndex>,
    uses: Vec<Use>,
    calls: Vec<Call>,
    blocked_by: Option<String>,
    extension: bool,
    labelled: bool,
}

// A function that the view calls and whose body is replaced meanwhile.
#[derive(Deserialize)]
struct Call {
    schema: String,
    name: String,
    arguments: String,
}

#[derive(Deserialize)]
struct RawViewColumn {
    name: String,
    default: Option<String>,
    acl: Option<Vec<String>>,
    comment: Option<String>,
    statistics: Option<i64>,
}

#[derive(Deserialize)]
struct RawIndex {
    name: String,
    definition: String,
    comment: Option<String>,
    clustered: bool,
    tablespace: Option<String>,
}

impl RawView {
    /// Its name, as dependents are called.
    pub fn label(&self) -> String {
        quote::label(&[&self.schema, &self.name])
    }

    /// Why it cannot be put back, where it cannot.
    pub fn reason_against(&self) -> Option<String> {
        if self.extension {
            return Some("it belongs to an extension".to_owned());
        }
        if self.labelled {
            return Some("it carries a security label".to_owned());
        }
        if let Some(others) = &self.blocked_by {
            return Some(format!("it is used by {others}"));
        }
        self.rights().is_none().then(|| "it has a right of a kind that is not known".to_owned())
    }

    fn phrase(&self) -> String {
        quote::qualified(&self.schema, &self.name)
    }

    fn rights(&self) -> Option<Vec<String>> {
        let phrase = format!("TABLE {}", self.phrase());
        let mut sql = Vec::new();
        if let Some(items) = &self.acl {
            sql.extend(acl::statements(&acl::Object { phrase: &phrase, column: None, owner: &self.owner }, items)?);
        }
        for column in &self.columns {
            let object = acl::Object { phrase: &phrase, column: Some(&column.name), owner: &self.owner };
            sql.extend(acl::statements(&object, column.acl.as_deref().unwrap_or_default())?);
        }
        Some(sql)
    }

    /// It with its statements; `strangers` get rights on new views without being asked for.
    pub fn dependent(&self, strangers: &[String]) -> Dependent {
        let word = if self.stored { "MATERIALIZED VIEW" } else { "VIEW" };
        let (columns, mut requires) = edges(&self.uses);
        requires.extend(self.calls.iter().map(|call| functions::label(&call.schema, &call.name, &call.arguments)));
        Dependent {
            kind: if self.stored { DependentKind::MaterializedView } else { DependentKind::View },
            name: self.label(),
            on: None,
            objects: self.objects(),
            columns,
            requires,
            drop: vec![format!("DROP {word} {}", self.phrase())],
            create: self.create(word, strangers),
            for_good: None,
        }
    }

    fn objects(&self) -> Vec<String> {
        let kind = if self.stored { "materialized view" } else { "view" };
        let mut objects = vec![quote::key(kind, &[&self.schema, &self.name])];
        let columns = self.columns.iter().map(|column| quote::key("column", &[&self.schema, &self.name, &column.name]));
        objects.extend(columns);
        objects.extend(self.indexes.iter().map(|index| quote::key("index", &[&self.schema, &index.name])));
        objects
    }

    fn create(&self, word: &str, strangers: &[String]) -> Vec<String> {
        let name = self.phrase();
        let mut sql = vec![self.definition(word)];
        sql.extend(self.indexes.iter().flat_map(|index| self.index(index)));
        for column in &self.columns {
            let at = format!("ALTER {word} {name} ALTER COLUMN {}", quote::ident(&column.name));
            sql.extend(column.default.as_ref().map(|default| format!("{at} SET DEFAULT {default}")));
            sql.extend(column.statistics.map(|target| format!("{at} SET STATISTICS {target}")));
            sql.extend(column.comment.as_ref().map(|text| {
                format!("COMMENT ON COLUMN {name}.{} IS {}", quote::ident(&column.name), quote::literal(text))
            }));
        }
        sql.extend(self.comment.as_ref().map(|text| format!("COMMENT ON {word} {name} IS {}", quote::literal(text))));
        sql.push(format!("ALTER {word} {name} OWNER TO {}", quote::ident(&self.owner)));
        // Default rights of the one who makes the view are none of the view's own.
        sql.extend(strangers.iter().map(|role| {
            let role = if role.is_empty() { "PUBLIC".to_owned() } else { quote::ident(role) };
            format!("REVOKE ALL ON TABLE {name} FROM {role}")
        }));
        if self.acl.is_none() && strangers.contains(&self.owner) {
            sql.push(format!("GRANT ALL ON TABLE {name} TO {}", quote::ident(&self.owner)));
        }
        sql.extend(self.rights().unwrap_or_default());
        sql
    }

    fn definition(&self, word: &str) -> String {
        let mut sql = format!("CREATE {word} {}", self.phrase());
        if let Some(method) = self.method.as_ref().filter(|_| self.stored) {
            sql.push_str(&format!(" USING {}", quote::ident(method)));
        }
        if !self.options.is_empty() {
            let options: Vec<String> = self.options.iter().map(|option| quote::setting(option)).collect();
            sql.push_str(&format!(" WITH ({})", options.join(", ")));
        }
        if let Some(tablespace) = &self.tablespace {
            sql.push_str(&format!(" TABLESPACE {}", quote::ident(tablespace)));
        }
        sql.push_str(&format!(" AS\n{}", self.definition.trim().trim_end_matches(';')));
        if self.stored && !self.populated {
            sql.push_str("\nWITH NO DATA");
        }
        sql
    }

    fn index(&self, index: &RawIndex) -> Vec<String> {
        let name = quote::qualified(&self.schema, &index.name);
        let mut sql = vec![index.definition.clone()];
        sql.extend(
            index.tablespace.as_ref().map(|space| format!("ALTER INDEX {name} SET TABLESPACE {}", quote::ident(space))),
        );
        if index.clustered {
            sql.push(format!("ALTER MATERIALIZED VIEW {} CLUSTER ON {}", self.phrase(), quote::ident(&index.name)));
        }
        sql.extend(index.comment.as_ref().map(|text| format!("COMMENT ON INDEX {name} IS {}", quote::literal(text))));
        sql
    }
}
