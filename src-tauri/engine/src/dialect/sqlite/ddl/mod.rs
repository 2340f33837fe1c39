//! Reading and editing the SQL text that SQLite keeps of every object.
//!
//! The text is never written anew: only the words that must change are replaced, so that
//! comments, spelling and spacing stay the user's own. What the text means is left to
//! SQLite; the catalogue read afterwards shows whether the edit did what was announced.

mod edit;
mod expression;
mod lead;
mod table;
mod token;
mod unlead;

pub use edit::{Change, Changes, Led, converted, parenthesis, renamed};
pub use expression::{depends_on_numbers, mentions, passes_on, uses_row_numbers};
pub use table::TableText;
pub use token::{Token, significant};
pub use unlead::without_references;

#[cfg(test)]
mod tests;
