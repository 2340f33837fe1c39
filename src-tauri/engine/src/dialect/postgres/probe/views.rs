//! Questions about views: their definitions, with the views beneath them as further shadows.

use super::super::blueprint::Scope;
use super::super::quote;
use super::frame;
use super::shadow::Question;
use crate::dialect::Connection;
use crate::error::Result;

/// One question for every view that is taken away.
pub async fn questions<'s>(connection: &mut dyn Connection, scope: &'s Scope<'_>) -> Result<Vec<Question<'s>>> {
    let places = frame::places(connection).await?;
    let mut questions = Vec::new();
    for view in frame::views(scope) {
        let mut question = frame::question(connection, scope, &places, view, "view").await?;
        let last = places.get(&view.name).map(|name| quote::ident(&name.name)).unwrap_or_default();
        question.query.push_str(&format!("\nSELECT * FROM {last}"));
        questions.push(question);
    }
    Ok(questions)
}
