//! Rekey measured against the database's own rewrite of the same tables.
//!
//! Both sides start from the same data and run one after the other, so that the ratio
//! means something on any machine. Nothing here judges the figures.

mod mariadb;
mod measure;
mod postgres;
mod schema;
mod sqlite;

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
    let (engine, sizes, recipe) = read(arguments)?;
    system::provide(&[Needs::Compiler, Needs::Tests])?;
    let rekey = build::program("release", "rekey", &["--no-default-features"])?;
    let mut earlier: Option<(Rows, Duration)> = None;
    for rows in sizes {
        let folder = Folder::new()?;
        println!("\nMaking {} users and {} orders ...", rows.users, rows.orders);
        let time = match engine {
            "mariadb" => hold(&mut mariadb::Server::start(&folder.path, rows)?, &rekey, &folder.path, rows, false)?,
            "postgres" => hold(&mut postgres::Server::start(&folder.path, rows)?, &rekey, &folder.path, rows, recipe)?,
            _ => hold(&mut sqlite::Files::make(&folder.path, rows)?, &rekey, &folder.path, rows, recipe)?,
        };
        if let Some((fewer, shorter)) = earlier.replace((rows, time)) {
            let times = Duration::from_secs(rows.orders).div_duration_f64(Duration::from_secs(fewer.orders));
            let longer = time.div_duration_f64(shorter);
            println!("\n{times:.1} times the rows of before: {longer:.1} times the seconds");
        }
    }
    Ok(())
}

fn hold(contest: &mut dyn Contest, rekey: &Path, folder: &Path, rows: Rows, recipe: bool) -> Outcome<Duration> {
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
    let ran = measure::run(&mut command(&[
        "run",
        &target,
        "--plan",
        &plan_text,
        "--yes",
        "--no-backup",
        "bench",
        "--no-rehearsal",
        "bench",
    ]))?;
    print(contest, rekey, rows, floor, &planned, &ran)?;
    compare(floor, &recipe, ran.time);
    steps(&ran, folder)?;
    Ok(ran.time)
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
    let file = folder.join("run.json");
    fs::write(&file, &ran.output).map_err(|error| format!("{}: {error}", file.display()))?;
    let sql = format!(
        "SELECT printf('  %9.2f s  %s', value->>'seconds', value->>'title') \
         FROM json_each(readfile('{}'), '$.steps')",
        file.display()
    );
    println!("steps of rekey run:\n{}", process::read(Command::new("sqlite3").args([":memory:", &sql]))?);
    Ok(())
}

fn today() -> Outcome<String> {
    process::read(Command::new("sqlite3").args([":memory:", "SELECT date('now')"]))
}

// Sizes from small to large, so that the last line says how time grows with the rows; and
// whether the guides' recipe, which takes longest by far, is carried out too.
fn read<'a>(arguments: &[&'a str]) -> Outcome<(&'a str, Vec<Rows>, bool)> {
    let (engine, rest) = match arguments {
        [engine @ ("sqlite" | "postgres" | "mariadb"), rest @ ..] => (*engine, rest),
        rest => ("sqlite", rest),
    };
    let (rest, recipe) = match rest {
        [rest @ .., "--without", "recipe"] => (rest, false),
        rest => (rest, true),
    };
    let sizes = match rest {
        [] => vec![3_000_000],
        ["--rows", numbers] => numbers
            .split(',')
            .map(|number| number.parse().map_err(|_| format!("'{number}' is not a number of rows")))
            .collect::<Result<Vec<u64>, _>>()?,
        other => return Err(format!("'{}' is not understood; see cargo xtask help", other.join(" "))),
    };
    Ok((engine, sizes.into_iter().map(|orders| Rows { users: (orders / 6).max(1), orders }).collect(), recipe))
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
        let rows = |users, orders| Rows { users, orders };
        assert_eq!(read(&[]), Ok(("sqlite", vec![rows(500_000, 3_000_000)], true)));
        let sizes = vec![rows(100, 600), rows(1000, 6000)];
        assert_eq!(read(&["postgres", "--rows", "600,6000"]), Ok(("postgres", sizes, true)));
        let short = read(&["postgres", "--rows", "600", "--without", "recipe"]);
        assert_eq!(short, Ok(("postgres", vec![rows(100, 600)], false)));
        assert!(read(&["--rows", "many"]).is_err());
        assert!(read(&["oracle"]).is_err());
    }
}
