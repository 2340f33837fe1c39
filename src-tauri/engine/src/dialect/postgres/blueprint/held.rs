//! How each converted column holds ids: one of one key, an array of them, or one of a key that
//! the column beside it names.

use super::scope::Scope;
use super::text;
use crate::plan::Conversion;
use crate::schema::{Column, Shape, Table};

/// What a converted column holds, with the numbers of the conversions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// One id in each row.
    Plain(usize),
    /// An array of ids.
    Array(usize),
    /// One id in each row, of the key that another column names.
    Typed(Typed),
}

/// Ids of several keys in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The column that says of which.
    pub by: String,
    /// The type that the column gets.
    pub to_type: String,
    /// The conversion of each key with the values that stand for its table.
    pub classes: Vec<(usize, Vec<String>)>,
}

impl Held {
    /// What a member of a conversion holds.
    pub fn of(conversion: usize, shape: &Shape, to_type: &str) -> Held {
        match shape {
            Shape::Plain => Held::Plain(conversion),
            Shape::Array => Held::Array(conversion),
            Shape::Typed { by, values } => Held::Typed(Typed {
                by: by.clone(),
                to_type: to_type.to_owned(),
                classes: vec![(conversion, values.clone())],
            }),
        }
    }

    /// Both together, where one column can hold both.
    pub fn joined(self, other: &Held) -> Option<Held> {
        match (self, other) {
            (Held::Typed(mut one), Held::Typed(two)) if one.by == two.by && one.to_type == two.to_type => {
                let new = two.classes.iter().filter(|(number, _)| one.conversion(*number).is_none());
                let new: Vec<_> = new.cloned().collect();
                one.classes.extend(new);
                Some(Held::Typed(one))
            }
            (one, two) if one == *two => Some(one),
            _ => None,
        }
    }

    /// The conversion, where every value is one id of the same key.
    pub fn plain(&self) -> Option<usize> {
        match self {
            Held::Plain(number) => Some(*number),
            Held::Array(_) | Held::Typed(_) => None,
        }
    }

    /// Every conversion whose ids are held.
    pub fn numbers(&self) -> Vec<usize> {
        match self {
            Held::Plain(number) | Held::Array(number) => vec![*number],
            Held::Typed(typed) => typed.classes.iter().map(|(number, _)| *number).collect(),
        }
    }

    /// The type that the column gets.
    pub fn to_type(&self) -> &str {
        match self {
            Held::Plain(_) => "uuid",
            Held::Array(_) => "uuid[]",
            Held::Typed(typed) => &typed.to_type,
        }
    }
}

impl Typed {
    /// The values that stand for the key of a conversion.
    pub fn conversion(&self, number: usize) -> Option<&[String]> {
        self.classes.iter().find(|(one, _)| *one == number).map(|(_, values)| values.as_slice())
    }
}

/// A column whose ids are in arrays or of several keys.
#[derive(Clone, Copy)]
pub struct Scattered<'s> {
    /// Its table.
    pub table: &'s Table,
    /// The column.
    pub column: &'s Column,
    /// What it holds.
    pub held: &'s Held,
    /// Its place among all of them.
    pub place: usize,
}

/// All of them in order of name, inherited ones included.
pub fn all<'s>(scope: &'s Scope<'_>) -> Vec<Scattered<'s>> {
    let found = scope.scattered.iter().filter_map(|name| at(scope, scope.table(&name.table)?, scope.column(name)?));
    found.enumerate().map(|(place, one)| Scattered { place, ..one }).collect()
}

/// Those whose type is changed by a statement of their own: an inherited column goes with
/// the one it comes from.
pub fn own<'s>(scope: &'s Scope<'_>) -> impl Iterator<Item = Scattered<'s>> {
    all(scope).into_iter().filter(|one| !one.column.inherited)
}

/// A column with what it holds, where its ids are in arrays or of several keys.
pub fn at<'s>(scope: &'s Scope<'_>, table: &'s Table, column: &'s Column) -> Option<Scattered<'s>> {
    let held = scope.held(&table.name, &column.name).filter(|held| held.plain().is_none())?;
    Some(Scattered { table, column, held, place: 0 })
}

/// True where ids of this conversion can be held in such columns.
pub fn can_scatter(scope: &Scope<'_>, conversion: &Conversion) -> bool {
    let number = scope.conversions.iter().position(|one| one.root == conversion.root);
    number.is_some_and(|number| text::old_type(scope, number) == "bigint")
}
