//! What services say where ids are of another kind than they think, from the guides and from the
//! messages of servers and libraries themselves.

use regex::{RegexSet, RegexSetBuilder};

use super::{OwnPattern, RuleCount};

struct Rule {
    name: &'static str,
    pattern: &'static str,
    meaning: &'static str,
    remedy: &'static str,
}

const QUERY: &str =
    "Find the query or the form field that still takes the id for a number: 'rekey code' names such lines.";

/// Of several that a line has, the first one counts.
const RULES: &[Rule] = &[
    Rule {
        name: "uuid-syntax",
        pattern: r"invalid input syntax for (?:type )?uuid|Incorrect uuid value|InvalidTextRepresentation|UUID string too (?:large|short)",
        meaning: "The application sends the database something that is no UUID, mostly an old number.",
        remedy: "Find where the id comes from: an old link, a cache, a session, a queue or code that still counts. Keys in Redis are rewritten by 'rekey redis rewrite'.",
    },
    Rule {
        name: "comparison",
        pattern: r"operator does not exist:.*(?:\buuid\b|character varying = |integer = |bigint = )",
        meaning: "A query compares a UUID with a number or a text.",
        remedy: QUERY,
    },
    Rule {
        name: "type",
        pattern: r"is of type uuid but expression is of type|is of type (?:integer|bigint|smallint) but expression is of type (?:uuid|character varying|text)|cannot cast type (?:uuid|integer|bigint)|function \S+\((?:[^)]*\b)?uuid\b[^)]*\) does not exist|Datatype ?Mismatch",
        meaning: "A statement writes a number where a UUID belongs, or a UUID where a number does.",
        remedy: QUERY,
    },
    Rule {
        name: "uuid-form",
        pattern: r"badly formed hexadecimal UUID string|(?:is not a|must be a|should be a|expected a) valid (?:UUID|uuid|GUID)|not a valid (?:UUID|uuid|Guid)|[Ii]nvalid (?:UUID|uuid|GUID)|Guid should contain 32 digits|uuid_parsing|ParseError.*uuid|invalid UUID length",
        meaning: "The application wants a UUID and was given something else, mostly an old number.",
        remedy: "Find who still sends the old id: a front end, a bookmark, another service, a message in a queue.",
    },
    Rule {
        name: "number-form",
        pattern: r"invalid literal for int\(\)|expected a number but got|should be a valid integer|value is not a valid integer|int_parsing|Cannot deserialize value of type .?(?:int|long|java\.lang\.(?:Integer|Long))|invalid input syntax for (?:type )?(?:integer|bigint)|Incorrect integer value|NumberFormatException|strconv\.(?:Atoi|ParseInt)",
        meaning: "The application wants a number and was given something else, mostly a new id.",
        remedy: "Change the field, the route or the conversion to UUID: 'rekey code' names such lines.",
    },
    Rule {
        name: "uuid-object",
        pattern: r"'UUID' object has no attribute|(?:Object of type|type) UUID is not JSON serializable|unsupported operand type\(s\).*UUID|not supported between instances of '(?:int|str|UUID)' and '(?:int|str|UUID)'|can't adapt type 'UUID'",
        meaning: "The application's code treats a UUID as if it were a number or a text.",
        remedy: "Change that line; a UUID is written out with str() and is not counted with.",
    },
    Rule {
        name: "truncated",
        pattern: r"Truncated incorrect (?:INTEGER|DOUBLE|DECIMAL) value|Data too long for column|value too long for type character|Data truncated for column",
        meaning: "A UUID does not fit where it is put, or is compared with a number, which finds the wrong rows.",
        remedy: "Find the column or the comparison. A column outside the conversion that holds ids must be made wide enough.",
    },
    Rule {
        name: "reference",
        pattern: r"violates foreign key constraint|a foreign key constraint fails|FOREIGN KEY constraint failed|ForeignKeyViolation",
        meaning: "A row was to lead to a row that is not there, mostly by an id that the application remembered from before.",
        remedy: "Find where the id comes from: a cache, a session, a queue. 'rekey validate' proves that the database itself is whole.",
    },
    Rule {
        name: "duplicate",
        pattern: r"duplicate key value violates unique constraint|Duplicate entry .* for key|UNIQUE constraint failed|UniqueViolation",
        meaning: "A row was to be written twice, perhaps with an id that the application makes itself.",
        remedy: "See which column it is. New ids come from the database's default or from a UUID library, not from counting.",
    },
    Rule {
        name: "no-id",
        pattern: r#"null value in column "?\w*id"? .*violates not-null|Field '\w*id' doesn't have a default value|Column '\w*id' cannot be null|NOT NULL constraint failed: \S*id\b|currval of sequence|lastval is not yet defined"#,
        meaning: "A new row came without an id, or the application asks a counter for it that is no longer used.",
        remedy: "Have the application make the id, or leave it to the database's default and read it back with RETURNING. The report says which tables have one.",
    },
    Rule {
        name: "missing-object",
        pattern: r#"(?:relation|column|constraint|sequence|index) "?[\w.]+"?(?: of relation "?[\w.]+"?)? does not exist|Unknown column|Table '[^']+' doesn't exist|no such (?:table|column)"#,
        meaning: "The application asks for a table, column, sequence or constraint that is not there under this name.",
        remedy: "See whether the new version of the application is deployed, and whether its own migrations were stamped as done.",
    },
    Rule {
        name: "session",
        pattern: r"PendingRollbackError|current transaction is aborted|InFailedSqlTransaction",
        meaning: "The application goes on with a transaction in which a statement failed before.",
        remedy: "Look at the first error above it in the log: that one is the cause.",
    },
    Rule {
        name: "id-format",
        pattern: r"(?i)invalid id(?: format)?\b|malformed id\b|unrecognised id",
        meaning: "The application does not take an id for one.",
        remedy: "Its check of ids knows the old form alone, or version 4 alone: new ids are of another version by default.",
    },
    Rule {
        name: "database-error",
        pattern: r"\b(?:ProgrammingError|DataError|IntegrityError|UndefinedFunction|QueryFailedError|PG::\w+|ActiveRecord::StatementInvalid|PrismaClient\w*Error|SQLSTATE\[?\w+)",
        meaning: "The database refused a statement.",
        remedy: "Read the lines around it: they name the statement.",
    },
    Rule {
        name: "uuid-error",
        pattern: r"(?i)(?:error|exception|fail|fatal|critical|warn).*\b(?:uuid|guid)|\b(?:uuid|guid)s?\b.*(?:error|exception|fail)",
        meaning: "A complaint speaks of a UUID.",
        remedy: "Read the lines around it.",
    },
];

/// All patterns, those of the user's first.
pub struct Known {
    set: RegexSet,
    rules: Vec<(String, String, String)>,
}

impl Known {
    /// Ours and the user's.
    ///
    /// # Errors
    /// Which of the user's is no pattern.
    pub fn with(own: &[OwnPattern]) -> Result<Known, String> {
        let mut patterns: Vec<&str> = own.iter().map(|one| one.pattern.as_str()).collect();
        for pattern in &patterns {
            regex::Regex::new(pattern).map_err(|error| format!("'{pattern}' is no regular expression: {error}"))?;
        }
        let named = own.iter().enumerate();
        let mut rules: Vec<(String, String, String)> =
            named.map(|(place, one)| (format!("own-{}", place + 1), one.meaning.clone(), one.remedy.clone())).collect();
        patterns.extend(RULES.iter().map(|rule| rule.pattern));
        rules.extend(RULES.iter().map(|rule| (rule.name.to_owned(), rule.meaning.to_owned(), rule.remedy.to_owned())));
        let set = RegexSetBuilder::new(patterns).size_limit(64 << 20).build().map_err(|error| error.to_string())?;
        Ok(Known { set, rules })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// The first one that a line has.
    pub fn of(&self, line: &str) -> Option<usize> {
        self.set.matches(line).iter().next()
    }

    /// Its name.
    pub fn name(&self, rule: usize) -> &str {
        self.rules.get(rule).map_or("", |(name, ..)| name)
    }

    /// It, with how many lines have it.
    pub fn counted(&self, rule: usize, lines: u64) -> RuleCount {
        let (rule, meaning, remedy) = self.rules.get(rule).cloned().unwrap_or_default();
        RuleCount { rule, lines, meaning, remedy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // As servers and libraries write them.
    const SAID: &[(&str, &str)] = &[
        (r#"ERROR:  invalid input syntax for type uuid: "42""#, "uuid-syntax"),
        ("(1292, \"Incorrect uuid value: '42' for column `shop`.`users`.`id` at row 1\")", "uuid-syntax"),
        ("ERROR:  operator does not exist: uuid = integer at character 40", "comparison"),
        ("operator does not exist: integer = uuid", "comparison"),
        (r#"column "user_id" is of type uuid but expression is of type integer"#, "type"),
        (r#"column "n" is of type integer but expression is of type uuid"#, "type"),
        ("ERROR: cannot cast type uuid to integer", "type"),
        ("function get_user(uuid) does not exist", "type"),
        ("ValueError: badly formed hexadecimal UUID string", "uuid-form"),
        (r#"{"detail":[{"msg":"Input should be a valid UUID, invalid length"}]}"#, "uuid-form"),
        ("\u{201c}42\u{201d} is not a valid UUID.", "uuid-form"),
        ("ValueError: invalid literal for int() with base 10: '0190b0c4-0000'", "number-form"),
        ("ValueError: Field 'id' expected a number but got '0190b0c4-...'", "number-form"),
        ("value is not a valid integer (type=type_error.integer)", "number-form"),
        ("Incorrect integer value: '0190' for column 'user_id'", "number-form"),
        ("TypeError: Object of type UUID is not JSON serializable", "uuid-object"),
        ("AttributeError: 'UUID' object has no attribute 'replace'", "uuid-object"),
        ("Truncated incorrect DOUBLE value: '0190b0c4-'", "truncated"),
        (
            r#"insert or update on table "journals" violates foreign key constraint "journals_user_id_fkey""#,
            "reference",
        ),
        ("Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`)", "reference"),
        ("sqlite3.IntegrityError: FOREIGN KEY constraint failed", "reference"),
        (r#"duplicate key value violates unique constraint "users_pkey""#, "duplicate"),
        (r#"null value in column "id" of relation "users" violates not-null constraint"#, "no-id"),
        ("Field 'id' doesn't have a default value", "no-id"),
        (r#"constraint "report_executions_fk" of relation "report_executions" does not exist"#, "missing-object"),
        ("sqlalchemy.exc.PendingRollbackError: This Session's transaction has been rolled back", "session"),
        ("400 Invalid ID format", "id-format"),
        ("psycopg2.errors.UndefinedFunction: something", "database-error"),
        ("sqlalchemy.exc.ProgrammingError: (psycopg2) x", "database-error"),
        ("ERROR could not read GUID of widget", "uuid-error"),
    ];

    #[test]
    fn what_servers_and_libraries_say_is_known_by_its_meaning() {
        let known = Known::with(&[]).unwrap();
        for (line, expected) in SAID {
            assert_eq!(known.of(line).map(|rule| known.name(rule)), Some(*expected), "{line}");
        }
        for rule in RULES {
            assert!(SAID.iter().any(|(_, name)| *name == rule.name), "nothing shows {}", rule.name);
        }
    }

    #[test]
    fn what_is_fine_is_left_alone() {
        let known = Known::with(&[]).unwrap();
        for line in [
            "INFO GET /users/0190b0c4-7f1e-7000-8000-000000000001 200",
            "started worker 42",
            "created user with uuid 0190b0c4-7f1e-7000-8000-000000000001",
            "WARNING slow query: 512 ms",
        ] {
            assert_eq!(known.of(line).map(|rule| known.name(rule)), None, "{line}");
        }
    }

    #[test]
    fn own_patterns_come_first() {
        let own = OwnPattern { pattern: "DataError".into(), meaning: "m".into(), remedy: "r".into() };
        let known = Known::with(&[own]).unwrap();
        assert_eq!(
            known.of("DataError: invalid input syntax for type uuid").map(|rule| known.name(rule)),
            Some("own-1")
        );
        assert!(
            Known::with(&[OwnPattern { pattern: "(".into(), meaning: String::new(), remedy: String::new() }]).is_err()
        );
    }
}
