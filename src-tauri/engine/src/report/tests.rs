//! The report of a database whose names try to break out of it, compared with the files
//! in `golden`. `REKEY_BLESS=1` writes them anew.

use std::path::Path;

use crate::application::code::{Hit, Rule, Scan, Scanned};
use crate::application::versions::VersionTable;
use crate::check::manual::{Profile, Tick, Ticks};
use crate::check::{Arrangements, Communication, Contact, Finding, MaintenanceWindow, Severity, SignOff};
use crate::dialect::Explained;
use crate::execute::{
    BackupDetails, Overrides, ProofResult, Rehearsed, RunRecord, RunState, SafetyNet, Size, Sizes, StepRecord,
};
use crate::plan::{Conversion, ConversionKind, Member, Storage, UuidVersion};
use crate::rehearse::{IndexRow, Indexes, Timing, Window};
use crate::report::Report;
use crate::schema::{ColumnName, EngineKind, Shape, TableName};

const HOSTILE: &str = "</style><script>alert(1)</script>|`x`\u{202e}\"&";

fn member(column: ColumnName, via: &str, key: bool) -> Member {
    Member {
        column,
        via: via.to_owned(),
        from_type: "integer".to_owned(),
        to_type: "uuid".to_owned(),
        key,
        confidence: None,
        shape: Shape::Plain,
    }
}

fn conversion(table: &str) -> Conversion {
    let root = ColumnName::new("public", table, "id");
    Conversion {
        kind: ConversionKind::IntToUuid,
        root: root.clone(),
        uuid: UuidVersion::V7,
        storage: Storage::Uuid,
        members: vec![
            member(root, "customer_pkey", true),
            member(ColumnName::new("public", "profile", "customer_id"), "profile_customer_id_fkey", true),
            member(ColumnName::new("public", "sales_order", "customer_id"), "sales_order_customer_id_fkey", false),
        ],
        target: None,
        slug: None,
        namespace: None,
        answers: std::collections::BTreeMap::new(),
    }
}

fn proof(title: &str, passed: bool) -> ProofResult {
    ProofResult {
        id: title.to_owned(),
        title: title.to_owned(),
        passed,
        expected: "4,200 rows".to_owned(),
        found: if passed { "4,200 rows" } else { "4,199 rows" }.to_owned(),
        sql: "SELECT count(*)::text\nFROM \"public\".\"customer\"".to_owned(),
    }
}

fn record(state: RunState, table: &str) -> RunRecord {
    RunRecord {
        run: "4k2j9x0q1z".to_owned(),
        engine: EngineKind::Postgres,
        server_version: "15.18".to_owned(),
        database: "shop".to_owned(),
        place: "localhost:5432/shop".to_owned(),
        plan_fingerprint: "9f2c1b7a64e0".to_owned(),
        state,
        started: "2026-11-21T03:17:59Z".to_owned(),
        finished: Some("2026-11-21T03:18:11.4Z".to_owned()),
        seconds: 12.4,
        tool_version: "0.1.0".to_owned(),
        safety_net: SafetyNet {
            started_by: Some("ann on atlas".to_owned()),
            accepted: vec![Finding::new(Severity::Warn, "RK-023", table, "3 sessions are connected.", "Stop them.")],
            ..SafetyNet::default()
        },
        overrides: Overrides { no_backup: Some("a copy of the <b>disk</b> is kept".to_owned()), no_rehearsal: None },
        conversions: vec![conversion(table)],
        ids: 4200,
        steps: vec![
            StepRecord {
                id: "build_map".to_owned(),
                title: "Give every old id a new one".to_owned(),
                seconds: 3.1,
                at: None,
            },
            StepRecord { id: "convert".to_owned(), title: format!("Convert {table}"), seconds: 8.25, at: Some(3.1) },
        ],
        validation: vec![proof(&format!("Rows of {table}"), true), proof("References of sales_order", true)],
        findings: vec![Finding::new(Severity::Warn, "RK-210", table, "New rows get random ids.", "Nothing to do.")],
        versions: Vec::new(),
        sizes: vec![Sizes {
            table: TableName::new("public", table),
            before: Some(Size { table: 1_245_184, indexes: 524_288 }),
            after: Some(Size { table: 1_654_784, indexes: 917_504 }),
        }],
        failure: None,
        undone: None,
        undo_steps: Vec::new(),
        undo_validation: Vec::new(),
    }
}

fn explained(seconds: f64, indexes: &[&str]) -> Explained {
    let indexes = indexes.iter().map(|name| (*name).to_owned()).collect();
    Explained { seconds: Some(seconds), indexes, plan: Vec::new() }
}

fn index(name: &str, before_bytes: Option<u64>) -> IndexRow {
    IndexRow {
        table: TableName::new("public", "customer"),
        index: name.to_owned(),
        before_bytes,
        after_bytes: Some(24_576),
        uses: before_bytes.map(|_| 1_234),
    }
}

fn golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/golden").join(name);
    if std::env::var_os("REKEY_BLESS").is_some() {
        std::fs::write(&path, found).expect("golden file");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{name} differs; look at it and bless it with REKEY_BLESS=1\n{found}");
}

#[test]
fn the_page_is_as_it_was_looked_at() {
    golden("converted.html", &Report::new(record(RunState::Converted, "customer"), None).html().expect("page"));
    golden("converted.md", &Report::new(record(RunState::Converted, "customer"), None).markdown());
}

#[test]
fn a_hostile_name_stays_text() {
    let report = Report::new(record(RunState::Converted, HOSTILE), None);
    let page = report.html().expect("page");
    assert!(!page.contains("<script"), "{page}");
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(!page.contains("<b>disk</b>"));
    assert!(!page.contains('\u{202e}'));
    golden("hostile.html", &page);
    golden("hostile.md", &report.markdown());
}

#[test]
fn what_the_run_rested_on_is_told_with_the_way_to_restore() {
    let mut record = record(RunState::Converted, "customer");
    record.overrides = Overrides::default();
    record.safety_net.backup = Some(format!("/backups/{HOSTILE}.dump"));
    record.safety_net.backup_details = Some(BackupDetails {
        created: "2026-11-21T02:00:00Z".to_owned(),
        client: "pg_dump 15.18".to_owned(),
        bytes: 123_456,
        sha256: "ab".repeat(32),
        restore: vec!["createdb 'shop'".to_owned(), format!("pg_restore '{HOSTILE}'")],
    });
    record.safety_net.rehearsal = Some(Rehearsed {
        path: "/backups/a.rehearsal.json".to_owned(),
        started: "2026-11-21T02:30:00Z".to_owned(),
        seconds: 10.0,
        undo_seconds: 4.0,
        window: Some(Window {
            low_seconds: 7.0,
            high_seconds: 12.0,
            writers_wait_seconds: 10.0,
            readers_wait_seconds: 10.0,
        }),
        timings: vec![
            Timing {
                title: format!("One row of {HOSTILE} by its key"),
                sql: "SELECT 1".to_owned(),
                before_seconds: 0.0021,
                after_seconds: Some(0.0024),
                before: Some(explained(0.0011, &["customer_pkey"])),
                after: Some(explained(0.0013, &[HOSTILE])),
                ..Timing::default()
            },
            Timing {
                title: "SELECT name FROM customer WHERE id = 5".to_owned(),
                chosen: true,
                before_seconds: 0.001,
                before: Some(explained(0.0004, &[])),
                not_after: Some(
                    "With the new keys the server refuses it: operator does not exist: uuid = integer".to_owned(),
                ),
                ..Timing::default()
            },
        ],
        indexes: Indexes {
            indexes: vec![index("customer_pkey", Some(16_384)), index(HOSTILE, None)],
            sizes: "Bytes on disk, as the server tells them.".to_owned(),
            uses: "Searches of each index in the database itself since 2026-11-01 00:00 UTC.".to_owned(),
        },
    });
    let report = Report::new(record, None);
    // 12.4 seconds are more than were to be reckoned with.
    assert_eq!(report.criteria.iter().map(|one| one.met).collect::<Vec<_>>(), [true, true, true, false]);
    let page = report.html().expect("page");
    assert!(!page.contains("<script") && page.contains("pg_dump 15.18") && page.contains("createdb"), "{page}");
    golden("rested.html", &page);
    golden("rested.md", &report.markdown());
}

#[test]
fn what_people_vouched_for_is_told_with_name_and_time() {
    let mut record = record(RunState::Converted, "customer");
    let tick = |by: &str, note: Option<&str>| Tick {
        by: by.to_owned(),
        at: "2026-11-20T16:00:00Z".to_owned(),
        note: note.map(str::to_owned),
    };
    let ticks = [
        ("code_backup".to_owned(), tick("Ann", None)),
        ("mobile_apps".to_owned(), tick(HOSTILE, Some("there are <b>none</b>"))),
    ];
    let arrangements = Arrangements {
        maintenance_window: Some(MaintenanceWindow {
            from: "2026-11-21T03:00:00Z".to_owned(),
            to: "two hours later".to_owned(),
        }),
        communication: vec![Communication { who: "customers".to_owned(), how: format!("mail of {HOSTILE}") }],
        contacts: vec![Contact { name: HOSTILE.to_owned(), role: "database".to_owned(), reach: "| 7".to_owned() }],
    };
    record.safety_net.sign_off = Some(SignOff::of(Profile::Production, &ticks.into(), arrangements));
    let report = Report::new(record, None);
    let page = report.html().expect("page");
    assert!(!page.contains("<script") && !page.contains("<b>none"), "{page}");
    assert!(report.criteria.iter().any(|one| !one.met && one.text.contains("third_parties")), "{:?}", report.criteria);
    let read: serde_json::Value = serde_json::from_str(&report.json()).expect("json");
    assert_eq!(read["sign_off"]["profile"], "production");
    assert_eq!(read["sign_off"]["contacts"][0]["name"], HOSTILE);
    assert_eq!(read["sign_off"]["items"][0]["tick"]["by"], "Ann");
    golden("signed.html", &page);
    golden("signed.md", &report.markdown());
}

fn hit(file: &str, line: usize, rule: Rule, before: &str, after: Option<&str>) -> Hit {
    Hit {
        file: file.to_owned(),
        line,
        rule,
        framework: rule.framework().into(),
        why: rule.why().into(),
        before: before.to_owned(),
        after: after.map(str::to_owned),
    }
}

#[test]
fn what_must_change_in_the_code_is_told_and_stays_text() {
    let mut record = record(RunState::Converted, "customer");
    record.versions = vec![VersionTable {
        tool: "Alembic".to_owned(),
        table: TableName::new("public", "alembic_version"),
        newest: Some(HOSTILE.to_owned()),
        parts: std::collections::BTreeMap::new(),
        applied: 1,
        failed: Vec::new(),
    }];
    let advised = Report::new(record.clone(), None);
    golden("advised.html", &advised.html().expect("page"));
    golden("advised.md", &advised.markdown());
    let scan = Scan {
        files: 12,
        findings: vec![
            hit(
                "app/models.py",
                4,
                Rule::SqlalchemyKey,
                "id = Column(Integer, primary_key=True)",
                Some("id = Column(Uuid, primary_key=True)"),
            ),
            hit(&format!("src/{HOSTILE}.ts"), 7, Rule::ScriptParse, HOSTILE, Some(HOSTILE)),
            hit("src/user.ts", 9, Rule::Storage, "localStorage.getItem('user_id')", None),
            hit("seeds/customer.json", 1, Rule::Fixture, "{\"pk\": 1, \"email\": \"ann@example.org\"}", None),
        ],
        left_out: vec![format!("{HOSTILE}.js: it is too large to be written by people")],
    };
    let at = "2026-11-20T16:00:00Z".to_owned();
    let report =
        Report::new(record.clone(), None).with_code(Some(Scanned { folder: format!("/src/{HOSTILE}"), at, scan }));
    let page = report.html().expect("page");
    assert!(!page.contains("<script") && !page.contains('\u{202e}') && !page.contains("ann@example.org"), "{page}");
    let read: serde_json::Value = serde_json::from_str(&report.json()).expect("json");
    assert_eq!(read["code"]["scan"]["findings"][0]["rule"], "sqlalchemy.key");
    assert_eq!(read["code"]["scan"]["findings"][3]["before"], "");
    assert_eq!(read["stamps"][0]["commands"][1], "alembic stamp head");
    golden("code.html", &page);
    golden("code.md", &report.markdown());
    record.state = RunState::Undone;
    let undone = Report::new(record, None);
    assert!(undone.code.is_none() && undone.stamps.is_empty());
}

#[test]
fn what_hinders_nobody_is_told_only_where_somebody_signed() {
    let told = |profile, ticks: &Ticks| {
        let mut record = record(RunState::Converted, "customer");
        record.safety_net.sign_off = Some(SignOff::of(profile, ticks, Arrangements::default()));
        let text = Report::new(record, None).markdown();
        (text.contains("What people vouched for"), text.contains("Not everything that people"))
    };
    let tick = Tick { by: "Ann".to_owned(), at: "2026-11-20T16:00:00Z".to_owned(), note: None };
    let one: Ticks = [("unit_tests".to_owned(), tick)].into();
    assert_eq!(told(Profile::Development, &Ticks::new()), (false, false));
    assert_eq!(told(Profile::Development, &one), (true, false));
    assert_eq!(told(Profile::Staging, &Ticks::new()), (true, true));
}

#[test]
fn a_record_from_before_there_was_a_sign_off_is_still_read() {
    let mut old = serde_json::to_value(record(RunState::Converted, "customer")).expect("written");
    assert!(old.as_object_mut().expect("object").remove("sign_off").is_none());
    let read: RunRecord = serde_json::from_value(old).expect("read");
    assert!(read.safety_net.sign_off.is_none() && !Report::new(read, None).markdown().contains("vouched"));
}

#[test]
fn a_failed_run_says_first_that_nothing_changed() {
    let mut record = record(RunState::RolledBack, "customer");
    record.validation[1] = proof("References of sales_order", false);
    record.failure = Some("The proofs did not hold: References of sales_order.".to_owned());
    let report = Report::new(record, None);
    assert!(report.advice.is_empty() && report.map.is_empty());
    let page = report.html().expect("page");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(place("took everything back") < place("What went wrong"));
    assert!(place("What went wrong") < place("<h2"));
    golden("rolled_back.html", &page);
}

#[test]
fn the_way_back_names_a_target() {
    let command = |place: &str| {
        let mut record = record(RunState::Converted, "customer");
        record.place = place.to_owned();
        match Report::new(record, None).way_back.pop() {
            Some(crate::report::Line::Command(command)) => command,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(command("localhost:5432/shop"), "rekey undo postgres://USER@localhost:5432/shop --run 4k2j9x0q1z --yes");
    assert_eq!(
        command("/tmp/pg:5433/shop"),
        "rekey undo 'postgres://USER@:5433/shop?host=/tmp/pg' --run 4k2j9x0q1z --yes"
    );
}

#[test]
fn the_data_keeps_names_as_they_are() {
    let report = Report::new(record(RunState::Undone, HOSTILE), None);
    let read: serde_json::Value = serde_json::from_str(&report.json()).expect("json");
    assert_eq!(read["run"], "4k2j9x0q1z");
    assert_eq!(read["state"], "undone");
    assert_eq!(read["tables"][0]["table"], HOSTILE);
    assert_eq!(read["totals"]["tables"], 3);
    assert_eq!(read["overrides"]["no_backup"], "a copy of the <b>disk</b> is kept");
}
