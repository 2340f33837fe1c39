//! `redis scan`: which keys there are.

use rekey_engine::execute::Cancel;
use rekey_engine::observer::Silent;
use rekey_engine::redis::{self, Found};
use rekey_engine::report::words::thousands;

use crate::command::args::RedisScanArgs;
use crate::command::interrupt::Interrupt;
use crate::command::session::Session;
use crate::command::text::{blocks, columns};
use crate::command::{Outcome, Stop};

/// Shows the templates of the keys.
pub async fn scan(session: &Session, args: &RedisScanArgs) -> Result<Outcome, Stop> {
    let profile = super::profile(session, &args.place).await?;
    let cancel = Cancel::default();
    let _interrupt = Interrupt::listen(&session.console, &cancel);
    let found =
        redis::scan(&profile, args.sample, &Silent, &cancel).await.map_err(|trouble| trouble.failure(None, None))?;
    let text = text(&found);
    Ok(Outcome::new(&found, text))
}

fn text(found: &Found) -> String {
    let kind = if found.cluster { format!("a cluster of {} masters", found.masters) } else { "one server".to_owned() };
    let looked = if found.sampled < found.keys {
        format!("{} of them looked at", thousands(found.sampled))
    } else {
        "all of them looked at".to_owned()
    };
    let head = format!("{}, {kind}: {} keys, {looked}.", found.server, thousands(found.keys));
    blocks(&[head, templates(found)])
}

/// The templates as columns; nothing where there are none.
pub fn templates(found: &Found) -> String {
    if found.templates.is_empty() {
        return String::new();
    }
    let rows: Vec<[String; 5]> = found
        .templates
        .iter()
        .map(|one| {
            let example = one.examples.first().cloned().unwrap_or_default();
            [one.template.clone(), thousands(one.count), one.kind.clone(), one.ttl.to_owned(), example]
        })
        .collect();
    columns(["Template", "Keys", "Type", "Goes by itself", "Example"], &rows)
}
