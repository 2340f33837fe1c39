//! SQL functions whose bodies the server has bound to columns (BEGIN ATOMIC, RETURN). Their
//! body is replaced for the time of the change by one that fails when it is called, and put
//! back afterwards: owner, rights, comment and whatever uses the function never notice.

use serde::Deserialize;

use super::super::{acl, quote};
use super::dependents::{Use, edges};
use crate::schema::{Dependent, DependentKind, Exchange, Obstacle};

/// A function as the catalogue has it.
#[derive(Deserialize)]
pub struct RawFunction {
    schema: String,
    name: String,
    arguments: String,
    procedure: bool,
    definition: String,
    // None where it is text that the server does not follow.
    body: Option<String>,
    // Views whose rows it takes or gives.
    rows_of: Option<Vec<Use>>,
    owner: String,
    acl: Vec<String>,
    own_rights: bool,
    comment: Option<String>,
    uses: Vec<Use>,
    // What calls it while rows are rewritten.
    called_by: Option<String>,
    // What would stop it from being dropped.
    used_by: Option<String>,
    extension: bool,
}

/// How functions are called as dependents.
pub fn label(schema: &str, name: &str, arguments: &str) -> String {
    format!("function {}({arguments})", quote::label(&[schema, name]))
}

impl RawFunction {
    fn label(&self) -> String {
        label(&self.schema, &self.name, &self.arguments)
    }

    fn word(&self) -> &'static str {
        if self.procedure { "PROCEDURE" } else { "FUNCTION" }
    }

    fn phrase(&self) -> String {
        format!("{} {}({})", self.word(), quote::qualified(&self.schema, &self.name), self.arguments)
    }

    fn head(&self) -> Option<&str> {
        self.definition.trim_end().strip_suffix(self.body.as_ref()?.trim_end())
    }

    /// It with its statements.
    pub fn dependent(&self, strangers: &[String]) -> Dependent {
        let (columns, mut requires) = edges(&self.uses);
        if let Some(views) = &self.rows_of {
            requires.extend(edges(views).1);
        }
        let head = self.head().unwrap_or_default();
        let replaced = Exchange {
            // The text is no SQL, so that a call in between fails aloud.
            drop: vec![
                "SET LOCAL check_function_bodies = off".to_owned(),
                format!("{head}AS $rekey$the body is put back at the end of the conversion$rekey$"),
                "SET LOCAL check_function_bodies TO DEFAULT".to_owned(),
            ],
            create: vec![self.definition.trim_end().to_owned()],
        };
        let for_good = self.for_good(strangers);
        // A view whose rows it takes or gives cannot be made again beneath it.
        let meanwhile = for_good.clone().filter(|_| self.rows_of.is_some()).unwrap_or(replaced);
        Dependent {
            kind: DependentKind::Function,
            name: self.label(),
            on: None,
            objects: vec![quote::key(
                &self.word().to_lowercase(),
                &[&self.schema, &format!("{}({})", self.name, self.arguments)],
            )],
            columns,
            requires,
            drop: meanwhile.drop,
            create: meanwhile.create,
            for_good,
        }
    }

    // A body that is text may be none any more: it is put back as it was all the same, and
    // named in a finding of its own.
    fn defined(&self) -> Vec<String> {
        let definition = self.definition.trim_end().to_owned();
        if self.body.is_some() {
            return vec![definition];
        }
        vec![
            "SET LOCAL check_function_bodies = off".to_owned(),
            definition,
            "SET LOCAL check_function_bodies TO DEFAULT".to_owned(),
        ]
    }

    // `strangers` get rights on new functions without being asked for.
    fn for_good(&self, strangers: &[String]) -> Option<Exchange> {
        let phrase = self.phrase();
        let mut create = self.defined();
        create.extend(self.comment.as_ref().map(|text| format!("COMMENT ON {phrase} IS {}", quote::literal(text))));
        create.push(format!("ALTER {phrase} OWNER TO {}", quote::ident(&self.owner)));
        create.extend(strangers.iter().map(|role| {
            let role = if role.is_empty() { "PUBLIC".to_owned() } else { quote::ident(role) };
            format!("REVOKE ALL ON {phrase} FROM {role}")
        }));
        let rights = acl::Object { phrase: &phrase, column: None, owner: &self.owner };
        let rights = acl::statements(&rights, &self.acl)?;
        if self.own_rights || !strangers.is_empty() {
            create.extend(rights);
        }
        self.used_by.is_none().then(|| Exchange { drop: vec![format!("DROP {phrase}")], create })
    }

    /// The views that cannot be made again because of it, each with the reason.
    pub fn stuck_views(&self) -> Vec<(String, String)> {
        let views = self.rows_of.as_deref().map(|views| edges(views).1).unwrap_or_default();
        let because = match &self.used_by {
            Some(others) => format!(", which is used by {others}"),
            None if self.extension => ", which belongs to an extension".to_owned(),
            None if self.for_good(&[]).is_none() => ", which has a right of a kind that is not known".to_owned(),
            None => return Vec::new(),
        };
        views.into_iter().map(|view| (view, format!("it is used by {}{because}", self.label()))).collect()
    }

    /// Why it cannot be replaced for a while, where it cannot.
    pub fn obstacle(&self) -> Option<Obstacle> {
        let body = self.body.as_ref()?;
        let reason = if self.extension {
            "it belongs to an extension".to_owned()
        } else if let Some(callers) = &self.called_by {
            format!("the server calls it while it rewrites rows, for {callers}")
        } else if body.contains(".\"\"") || self.head().is_none() {
            // An argument without a name beside columns of a result: the server writes it as "".
            "the server cannot write down its definition so that it can be read again; name its arguments".to_owned()
        } else {
            return None;
        };
        let columns = edges(&self.uses).0;
        (!columns.is_empty()).then(|| Obstacle {
            rule: "RK-106".to_owned(),
            object: self.label(),
            columns,
            meaning: format!(
                "The body of this function is bound to the column and must be taken away around the change, and that is not possible: {reason}."
            ),
            remedy: "Drop the function before the run and make it again afterwards, or write its body as text.".to_owned(),
            options: Vec::new(),
            default: None,
        })
    }
}
