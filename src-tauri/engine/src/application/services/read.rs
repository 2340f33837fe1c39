//! The user's file: read, completed and looked over before anything in it is used.

use std::io::Read;
use std::path::Path;

use super::{Services, Task, Trouble, Verb, log};
use crate::application::http;
use crate::redact;

/// Larger than any that a person writes.
const LIMIT: u64 = 1 << 20;

/// The longest that a command may take.
const LONGEST: u64 = 24 * 3600;

impl Services {
    /// Reads them from a JSON file. Folders and files in it are taken from where it lies.
    ///
    /// # Errors
    /// [`Trouble::Description`] with what is wrong.
    pub fn read(path: &Path) -> Result<Services, Trouble> {
        let trouble = |reason: String| Trouble::Description { path: path.display().to_string(), reason };
        let mut text = String::new();
        let file = std::fs::File::open(path).map_err(|error| trouble(error.to_string()))?;
        file.take(LIMIT + 1).read_to_string(&mut text).map_err(|error| trouble(error.to_string()))?;
        if text.len() as u64 > LIMIT {
            return Err(trouble("it is larger than 1 MiB".to_owned()));
        }
        let mut read: Services = serde_json::from_str(&text).map_err(|error| trouble(error.to_string()))?;
        let whole = std::path::absolute(path).map_err(|error| trouble(error.to_string()))?;
        read.settle(whole.parent().unwrap_or(&whole));
        read.look_over().map_err(trouble)?;
        Ok(read)
    }

    fn tasks(&mut self) -> impl Iterator<Item = &mut Task> {
        let named = [&mut self.stop, &mut self.start, &mut self.maintenance_on, &mut self.maintenance_off];
        named.into_iter().flatten().chain(self.log_commands.iter_mut())
    }

    fn settle(&mut self, beside: &Path) {
        for task in self.tasks() {
            let none = task.folder.as_os_str().is_empty();
            task.folder = if none { beside.to_owned() } else { beside.join(&task.folder) };
            // Whose folder a relative program is looked for in differs between systems.
            if let Some(program) = task.command.first_mut()
                && program.contains(std::path::is_separator)
                && Path::new(program).is_relative()
            {
                *program = task.folder.join(&program).display().to_string();
            }
        }
        for file in &mut self.logs {
            *file = beside.join(&file);
        }
        for ca in [
            self.health.as_mut().and_then(|health| health.ca.as_mut()),
            self.api.as_mut().and_then(|api| api.ca.as_mut()),
        ]
        .into_iter()
        .flatten()
        {
            *ca = beside.join(&ca);
        }
    }

    fn look_over(&self) -> Result<(), String> {
        for verb in Verb::ALL {
            if let Ok(task) = self.task(verb) {
                sound(task).map_err(|reason| format!("\"{}\": {reason}", verb.key()))?;
            }
        }
        for task in &self.log_commands {
            sound(task).map_err(|reason| format!("\"log_commands\": {reason}"))?;
        }
        for sign in &self.sessions {
            sign.look_over().map_err(|reason| format!("\"sessions\": {reason}"))?;
        }
        if let Some(health) = &self.health {
            health.look_over().map_err(|reason| format!("\"health\": {reason}"))?;
        }
        log::look_over(&self.patterns).map_err(|reason| format!("\"patterns\": {reason}"))?;
        self.api.as_ref().map_or(Ok(()), |api| api.look_over().map_err(|reason| format!("\"api\": {reason}")))
    }
}

fn sound(task: &Task) -> Result<(), String> {
    if task.command.first().is_none_or(String::is_empty) {
        return Err("\"command\" names no program".to_owned());
    }
    if !(1..=LONGEST).contains(&task.timeout_seconds) {
        return Err(format!("\"timeout_seconds\" must be from 1 to {LONGEST}"));
    }
    for word in &task.command {
        if word.contains('\0') {
            return Err("a word of \"command\" holds a zero byte".to_owned());
        }
        if redact::redact(word) != *word {
            return Err(
                "a word of \"command\" holds a password, which every user of the machine could see in the list of \
                 processes; have the program read it from a file of its own"
                    .to_owned(),
            );
        }
    }
    let odd = |name: &&String| name.is_empty() || name.contains(['=', '\0']);
    match task.environment.iter().find(odd) {
        Some(_) => Err("\"environment\" holds names of variables alone, without values".to_owned()),
        None => Ok(()),
    }
}

/// Refuses an address that may not be asked.
///
/// # Errors
/// Why it may not.
pub(in crate::application) fn address(text: &str) -> Result<(), String> {
    http::address(text).map(|_| ()).map_err(|reason| format!("the address cannot be asked: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Services, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("services.json");
        std::fs::write(&path, text).unwrap();
        Services::read(&path).map_err(|trouble| trouble.to_string())
    }

    #[test]
    fn places_are_completed_from_where_the_file_lies() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("services.json");
        let text = r#"{"stop": {"command": ["./stop.sh", "./now"], "folder": "app"}, "start": {"command": ["systemctl", "start", "x"]}, "logs": ["app.log"]}"#;
        std::fs::write(&path, text).unwrap();
        let read = Services::read(&path).unwrap();
        let stop = read.stop.unwrap();
        assert_eq!(stop.folder, folder.path().join("app"));
        assert_eq!(stop.command, [folder.path().join("app/./stop.sh").display().to_string(), "./now".to_owned()]);
        assert_eq!(read.start.unwrap().command[0], "systemctl");
        assert_eq!(read.logs, [folder.path().join("app.log")]);
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_name() {
        for (text, word) in [
            ("{", "EOF"),
            (r#"{"halt": {}}"#, "halt"),
            (r#"{"stop": {"command": []}}"#, "\"stop\""),
            (r#"{"stop": {"command": ["a"], "timeout_seconds": 0}}"#, "timeout_seconds"),
            (r#"{"stop": {"command": ["a"], "environment": ["A=1"]}}"#, "environment"),
            (r#"{"health": {"url": "ftp://h/"}}"#, "\"health\""),
            (r#"{"health": {"url": "http://h/", "tries": 0}}"#, "tries"),
            (r#"{"sessions": [{}]}"#, "\"sessions\""),
            (r#"{"patterns": [{"pattern": "(", "meaning": "m", "remedy": "r"}]}"#, "\"patterns\""),
            (r#"{"api": {"base": "http://h", "probes": [{"path": "a"}]}}"#, "\"api\""),
            (r#"{"api": {"base": "http://h", "headers": {"Authorization": "Bearer x"}, "probes": []}}"#, "token"),
            (r#"{"api": {"base": "http://h", "probes": [{"path": "/a", "uuids": ["id"]}]}}"#, "\"api\""),
        ] {
            let reason = read(text).expect_err(text);
            assert!(reason.contains(word), "{text}: {reason}");
        }
    }

    #[test]
    fn a_password_in_a_command_is_refused_and_not_repeated() {
        let reason = read(r#"{"stop": {"command": ["stop", "postgres://ann:canary@h/d"]}}"#).unwrap_err();
        assert!(reason.contains("list of processes") && !reason.contains("canary"), "{reason}");
    }
}
