//! What a trial needs to make backups: a folder for them and one with the programs.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rekey_engine::Result;
use rekey_engine::backup::{self, Backup, Content, Making, Scratch, scratch_name};
use rekey_engine::dialect::Access;
use rekey_engine::execute::Cancel;
use rekey_engine::observer::{Event, Observer, Silent};

use crate::mysql::wire::Wire;
use crate::support::mysql::{Database, Product, root};
use crate::support::postgres::random_word;

pub struct Bench {
    pub wire: Wire,
    folder: tempfile::TempDir,
    // The scratch databases that were made, or would have been.
    runs: Mutex<Vec<String>>,
}

impl Bench {
    pub fn new(database: &Database) -> Bench {
        Bench::of(Wire::new(database), database.server().product())
    }

    pub fn of(wire: Wire, product: Product) -> Bench {
        let bench = Bench { wire, folder: tempfile::tempdir().unwrap(), runs: Mutex::default() };
        for (name, program) in [("mysqldump", "mysqldump"), ("mysql", "mysql")] {
            if product == Product::Mysql {
                bench.program(name, &inside(program));
            }
        }
        if product == Product::Mariadb {
            for name in ["mariadb-dump", "mariadb"] {
                bench.program(name, &format!("exec /usr/bin/{name} \"$@\""));
            }
        }
        bench
    }

    /// Puts a script among the programs.
    pub fn program(&self, name: &str, script: &str) {
        std::fs::create_dir_all(self.programs()).unwrap();
        let path = self.programs().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn programs(&self) -> PathBuf {
        self.folder.path().join("programs")
    }

    pub fn target(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    pub fn make(&self) -> Result<Backup> {
        self.make_with(&self.target(), &Silent, &Cancel::default())
    }

    pub fn make_with(&self, folder: &Path, observer: &dyn Observer, cancel: &Cancel) -> Result<Backup> {
        let (run, name, programs) = (self.run(), random_word(8), self.programs());
        let making = Making { folder, name: &name, run: &run, programs: Some(&programs), server: None };
        self.wire.block(backup::make(self.wire.database.as_ref(), &making, observer, cancel))
    }

    pub fn prove(&self, backup: &Backup) -> Result<Scratch> {
        let (run, programs) = (self.run(), self.programs());
        let database = self.wire.database.as_ref();
        self.wire.block(backup::prove(backup, database, &run, Some(&programs), &Silent, &Cancel::default()))
    }

    pub fn content(&self) -> Content {
        let mut connection = self.wire.connect(Access::Read);
        self.wire.block(self.wire.database.content(connection.as_mut())).unwrap()
    }

    pub fn content_of(&self, scratch: &Scratch) -> Content {
        let mut connection = self.wire.block(scratch.database.connect(Access::Read, "rekey")).unwrap();
        self.wire.block(scratch.database.content(connection.as_mut())).unwrap()
    }

    pub fn remove(&self, scratch: Scratch) {
        self.wire.block(scratch.remove()).unwrap();
    }

    fn run(&self) -> String {
        let run = random_word(10).to_lowercase();
        self.runs.lock().unwrap().push(run.clone());
        run
    }

    /// No scratch database of ours is there. Others' are their affair.
    pub fn assert_no_copy(&self, database: &Database) {
        let left = database.server().sql("", "SHOW DATABASES");
        let runs = self.runs.lock().unwrap();
        assert!(!runs.iter().any(|run| left.contains(&scratch_name(run))), "a scratch database was left: {left}");
    }

    /// Nothing of a failed attempt is there: no file, no scratch database, no lock.
    pub fn assert_nothing_left(&self, database: &Database) {
        let files: Vec<_> = std::fs::read_dir(self.target())
            .map_or(Vec::new(), |found| found.flatten().map(|one| one.path()).collect());
        assert!(files.is_empty(), "{files:?}");
        self.assert_no_copy(database);
        database.sql("CREATE TABLE can_be_written (n int); DROP TABLE can_be_written");
    }
}

/// What was told on the way.
#[derive(Default)]
pub struct Heard(pub Mutex<Vec<(String, Option<String>, u64)>>);

impl Observer for Heard {
    fn notice(&self, event: Event) {
        if let Event::Backup { step, table, bytes_done, .. } = event {
            self.0.lock().unwrap().push((step, table, bytes_done));
        }
    }
}

// The programs of MySQL lie in a small system of its own: what they are told in a file is
// brought there.
pub fn inside(program: &str) -> String {
    let root = root();
    let root = root.display();
    format!(
        "file=\"$HOME/.my.cnf\"\ncase \"$1\" in --defaults-file=*) file=\"${{1#--defaults-file=}}\"; shift;; esac\n\
         case \"$1\" in --version) exec chroot '{root}' /usr/bin/{program} --version;; esac\n\
         copy=$(mktemp '{root}'/tmp/rk-cnf-XXXXXXXX) && cat \"$file\" > \"$copy\"\n\
         chroot '{root}' /usr/bin/{program} --defaults-file=/tmp/$(basename \"$copy\") \"$@\"\n\
         code=$?\nrm -f \"$copy\"\nexit $code"
    )
}
