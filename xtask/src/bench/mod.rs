//! Rekey measured against the database's own rewrite of the same tables.
//!
//! Both sides start from the same data and run one after the other, so that the ratio
//! means something on any machine. Nothing here judges the figures.

mod mariadb;
mod measure;
mod postgres;
mod redis;
mod rehearsed;
mod schema;
mod sqlite;
mod window;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::system::{self, Needs};
use crate::{Outcome, build, process, workspace};
use measure::Measured;

/// How many rows to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rows {
    users: u64,
    orders: u64,
}

/// A step and how long it took.
type Taken = (&'static str, Duration);

/// How long both sides took with the same data.
struct Round {
    floor: Duration,
    rekey: Duration,
}

impl Round {
    fn ratio(&self) -> f64 {
        self.rekey.div_duration_f64(self.floor)
    }
}

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted<'a> {
    engine: &'a str,
    // From small to large, so that the last line says how time grows with the rows.
    sizes: Vec<Rows>,
    // How often each size is measured, with fresh data.
    rounds: u32,
    // Whether the guides' recipe, which takes longest by far, is carried out too, once.
    recipe: bool,
    // Whether the run rests on a backup and a rehearsal, whose estimate is then compared with it.
    rehearsed: bool,
}

/// One database, several times the same: one copy for each side.
trait Contest {
    /// Product and version of what does the floor.
    fn product(&self) -> String;
    /// The statement that the floor consists of.
    fn floor_name(&self) -> &'static str;
    /// Rewrites the tables by the database's own means.
    fn floor(&mut self) -> Outcome<Duration>;
    /// Converts the keys as guides say, step by step, where that is known for the product.
    fn recipe(&mut self) -> Outcome<Vec<Taken>> {
        Ok(Vec::new())
    }
    /// The copy for Rekey, as the command line takes it.
    fn target(&self) -> String;
}

/// Measures; the arguments are those after `bench`.
pub fn bench(arguments: &[&str]) -> Outcome {
    if arguments == ["schema"] {
        return schema::bench();
    }
    if let ["window", rest @ ..] = arguments {
        return window::bench(rest);
    }
    if let ["redis", rest @ ..] = arguments {
        return redis::bench(rest);
    }
    let Wanted { engine, sizes, rounds, recipe, rehearsed } = read(arguments)?;
    system::provide(&[Needs::Compiler, Needs::Tests])?;
    let rekey = build::program("release", "rekey", &["--no-default-features"])?;
    let mut earlier: Option<(Rows, Duration)> = None;
    for rows in sizes {
        let mut taken = Vec::new();
        for round in 0..rounds {
            taken.push(once(engine, &rekey, rows, recipe && round == 0, rehearsed)?);
        }
        let time = middle(&mut taken);
        if let Some((fewer, shorter)) = earlier.replace((rows, time)) {
            let times = Duration::from_secs(rows.orders).div_duration_f64(Duration::from_secs(fewer.orders));
            let longer = time.div_duration_f64(shorter);
            println!("\n{times:.1} times the rows of before: {longer:.1} times the seconds");
        }
    }
    Ok(())
}

// One round, from the making of the data on.
fn once(engine: &str, rekey: &Path, rows: Rows, recipe: bool, rehearsed: bool) -> Outcome<Round> {
    let folder = Folder::new()?;
    let path = &folder.path;
    println!("\nMaking {} users and {} orders ...", rows.users, rows.orders);
    match engine {
        "mariadb" => hold(&mut mariadb::Server::start(path, rows)?, rekey, path, rows, false, rehearsed),
        "postgres" => hold(&mut postgres::Server::start(path, rows)?, rekey, path, rows, recipe, rehearsed),
        _ => hold(&mut sqlite::Files::make(path, rows)?, rekey, path, rows, recipe, rehearsed),
    }
}

// How long Rekey took in the round of the middle ratio. Where other programs are at work on a
// machine, a round by itself says little.
fn middle(rounds: &mut [Round]) -> Duration {
    rounds.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    if rounds.len() > 1 {
        let ratios: Vec<String> = rounds.iter().map(|round| format!("{:.2}", round.ratio())).collect();
        println!("\n{} rounds, rekey run in times of the floor: {}", rounds.len(), ratios.join(", "));
    }
    rounds.get(rounds.len() / 2).map_or(Duration::ZERO, |round| round.rekey)
}

fn hold(
    contest: &mut dyn Contest,
    rekey: &Path,
    folder: &Path,
    rows: Rows,
    recipe: bool,
    rehearsed: bool,
) -> Outcome<Round> {
    let floor = contest.floor()?;
    let recipe = if recipe { contest.recipe()? } else { Vec::new() };
    let target = contest.target();
    let plan = folder.join("plan.json");
    let data = folder.join("data");
    // The history of these runs is nobody's history.
    let command = |words: &[&str]| {
        let mut command = Command::new(rekey);
        command.args(words).args(["--json", "--progress", "none"]).env("XDG_DATA_HOME", &data).env("HOME", &data);
        command
    };
    let plan_text = plan.to_string_lossy();
    let planned = measure::run(&mut command(&["plan", &target, "--all", "-o", &plan_text]))?;
    let rehearsal = if rehearsed { Some(rehearsed::carry_out(&command, &target, &plan_text, folder)?) } else { None };
    let rests_on: Vec<&str> = match &rehearsal {
        Some(rehearsal) => vec!["--backup", &rehearsal.backup],
        None => vec!["--no-backup", "bench", "--no-rehearsal", "bench"],
    };
    let ran = measure::run(&mut command(&[&["run", &target, "--plan", &plan_text, "--yes"][..], &rests_on].concat()))?;
    print(contest, rekey, rows, floor, &planned, &ran)?;
    compare(floor, &recipe, ran.time);
    if let Some(rehearsal) = &rehearsal {
        rehearsal.print(&ran, folder)?;
    }
    steps(&ran, folder)?;
    Ok(Round { floor, rekey: ran.time })
}

fn compare(floor: Duration, recipe: &[Taken], ran: Duration) {
    if recipe.is_empty() {
        return;
    }
    let whole: Duration = recipe.iter().map(|(_, time)| *time).sum();
    println!(
        "  {:<28}{:>9.2} s   {:.2} times the floor, {:.2} times rekey run",
        "the guides' recipe",
        whole.as_secs_f64(),
        whole.div_duration_f64(floor),
        whole.div_duration_f64(ran)
    );
    println!("steps of the recipe:");
    for (title, time) in recipe {
        println!("  {:>9.2} s  {title}", time.as_secs_f64());
    }
}

fn print(
    contest: &dyn Contest,
    rekey: &Path,
    rows: Rows,
    floor: Duration,
    planned: &Measured,
    ran: &Measured,
) -> Outcome {
    let version = process::read(Command::new(rekey).arg("--version"))?;
    let (floor, seconds) = (floor.as_secs_f64(), ran.time.as_secs_f64());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    println!("\n{}, {version}, {}, {system} {machine}, {cores} cores", today()?, contest.product());
    println!("rows: {} users, {} orders, four secondary indexes", rows.users, rows.orders);
    println!("  {:<28}{floor:>9.2} s", format!("floor: {}", contest.floor_name()));
    println!("  {:<28}{:>9.2} s", "rekey plan", planned.time.as_secs_f64());
    println!("  {:<28}{seconds:>9.2} s   {:.2} times the floor", "rekey run", seconds / floor);
    match ran.peak_bytes {
        Some(bytes) => println!("  {:<28}{:>9} MB", "peak memory of rekey run", bytes / 1_000_000),
        None => println!("  peak memory of rekey run: not known on this system"),
    }
    Ok(())
}

// The command line of SQLite reads the JSON: it made the data too, so it is there.
fn steps(ran: &Measured, folder: &Path) -> Outcome {
    let sql = "SELECT printf('  %9.2f s  %s', value->>'seconds', value->>'title') FROM json_each({}, '$.steps')";
    println!("steps of rekey run:\n{}", asked(ran, folder, sql)?);
    Ok(())
}

/// Asks a question of the JSON that a command gave, which stands for `{}`.
fn asked(gave: &Measured, folder: &Path, question: &str) -> Outcome<String> {
    let file = folder.join("answer.json");
    fs::write(&file, &gave.output).map_err(|error| format!("{}: {error}", file.display()))?;
    let sql = question.replace("{}", &format!("readfile('{}')", file.display()));
    Ok(process::read(Command::new("sqlite3").args([":memory:", &sql]))?.trim_end().to_owned())
}

fn today() -> Outcome<String> {
    process::read(Command::new("sqlite3").args([":memory:", "SELECT date('now')"]))
}

fn read<'a>(arguments: &[&'a str]) -> Outcome<Wanted<'a>> {
    let (engine, mut rest) = match arguments {
        [engine @ ("sqlite" | "postgres" | "mariadb"), rest @ ..] => (*engine, rest),
        rest => ("sqlite", rest),
    };
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("'{text}' is not a number"));
    let (mut sizes, mut rounds, mut recipe, mut rehearsed) = (vec![3_000_000], 1, true, false);
    while let [name, value, after @ ..] = rest {
        match (*name, *value) {
            ("--with", "rehearsal") => rehearsed = true,
            ("--rows", numbers) => sizes = numbers.split(',').map(number).collect::<Outcome<Vec<u64>>>()?,
            ("--rounds", count) => rounds = u32::try_from(number(count)?.max(1)).unwrap_or(u32::MAX),
            ("--without", "recipe") => recipe = false,
            _ => break,
        }
        rest = after;
    }
    if !rest.is_empty() {
        return Err(format!("'{}' is not understood; see cargo xtask help", rest.join(" ")));
    }
    let sizes = sizes.into_iter().map(|orders| Rows { users: (orders / 6).max(1), orders }).collect();
    Ok(Wanted { engine, sizes, rounds, recipe, rehearsed })
}

/// A temporary folder that goes when it is dropped. Its path is short, because a server's
/// socket lies in it.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn new() -> Outcome<Self> {
        let base = if cfg!(windows) { workspace::scratch("bench") } else { std::env::temp_dir() };
        let path = base.join(format!("rekey-bench-{}", std::process::id()));
        fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Folder { path })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left of it is in the system's folder for such things.
        let _ = fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_name_engine_and_rows() {
        let wanted = |engine, orders: &[u64], rounds, recipe| {
            let sizes = orders.iter().map(|&orders| Rows { users: orders / 6, orders }).collect();
            Ok(Wanted { engine, sizes, rounds, recipe, rehearsed: false })
        };
        assert_eq!(read(&[]), wanted("sqlite", &[3_000_000], 1, true));
        assert_eq!(read(&["postgres", "--rows", "600,6000"]), wanted("postgres", &[600, 6000], 1, true));
        let short = read(&["postgres", "--rows", "600", "--rounds", "3", "--without", "recipe"]);
        assert_eq!(short, wanted("postgres", &[600], 3, false));
        assert!(read(&["mariadb", "--with", "rehearsal"]).is_ok_and(|wanted| wanted.rehearsed));
        assert!(read(&["--rows", "many"]).is_err());
        assert!(read(&["--rounds"]).is_err());
        assert!(read(&["oracle"]).is_err());
    }

    #[test]
    fn the_round_of_the_middle_ratio_counts() {
        let round = |floor, rekey| Round { floor: Duration::from_secs(floor), rekey: Duration::from_secs(rekey) };
        assert_eq!(middle(&mut [round(2, 9), round(2, 6), round(1, 8)]), Duration::from_secs(9));
        assert_eq!(middle(&mut [round(2, 6)]), Duration::from_secs(6));
    }
}
