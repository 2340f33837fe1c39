//! The token for the interface of the user's application, as window and command line keep it.

use rekey_engine::application::probes::Api;

/// Under what the keyring holds it: the place that it is for, so that it is never sent to another
/// one, whatever file names that.
pub fn id(api: &Api) -> String {
    format!("api {}", api.origin())
}
