//! Exported migrations in the hands of the real Alembic and the real Django.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Trial;
use serde_json::json;

use super::{Place, catalogue_of_a_run, exported};
use crate::support::dump::assert_same;
use crate::support::journey::Journey;
use crate::support::process::{Outcome, finish};
use crate::support::requirement::{Requirement, python, trial};
use crate::support::subject::Subject;
use crate::support::{mysql, postgres};

/// The trials.
pub fn trials() -> Vec<Trial> {
    let products: [(&'static str, &'static [Requirement]); 3] = [
        ("postgres", &[Requirement::Python, Requirement::Postgres]),
        ("mariadb", &[Requirement::Python, Requirement::Mariadb]),
        ("sqlite", &[Requirement::Python, Requirement::SqliteTool]),
    ];
    let each = |(product, needs): (&'static str, &'static [Requirement])| {
        [
            trial(&format!("exports alembic {product}"), needs, move || alembic(product)),
            trial(&format!("exports django {product}"), needs, move || django(product)),
        ]
    };
    products.into_iter().flat_map(each).collect()
}

struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new(name: &str) -> Project {
        let folder = tempfile::Builder::new().prefix("rk-project-").tempdir().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frameworks").join(name);
        let copied = finish(Command::new("cp").arg("-r").arg(from.join(".")).arg(folder.path()), None);
        assert_eq!(copied.code, Some(0), "{}", copied.stderr);
        Project { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn try_python(&self, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(python());
        command.current_dir(self.folder.path()).args(["-B", "-W", "ignore"]).args(arguments);
        finish(&mut command, None)
    }

    fn python(&self, arguments: &[&str]) -> String {
        let outcome = self.try_python(arguments);
        assert_eq!(outcome.code, Some(0), "{arguments:?}\n{}\n{}", outcome.text(), outcome.stderr);
        outcome.text()
    }
}

// Where a product's server is, by the parts that both frameworks want.
fn parts(subject: &dyn Subject) -> (String, u16, String) {
    let target = subject.target();
    let (_, place) = target.split_once('@').expect("a server's address");
    let (place, database) = place.split_once('/').expect("a database's address");
    let port = place.rsplit(':').next().unwrap().parse().expect("a port");
    let password = subject.password().unwrap_or_default().to_owned();
    (database.to_owned(), port, password)
}

fn user(product: &str) -> String {
    let url = match product {
        "postgres" => postgres::shared().url("x"),
        _ => mysql::shared(mysql::Product::Mariadb).url("x"),
    };
    let (_, rest) = url.split_once("://").unwrap();
    rest.split('@').next().unwrap().to_owned()
}

fn url(product: &str, subject: &dyn Subject) -> String {
    if product == "sqlite" {
        return format!("sqlite:///{}", subject.target());
    }
    let (database, port, password) = parts(subject);
    let driver = if product == "postgres" { "postgresql+psycopg" } else { "mysql+pymysql" };
    format!("{driver}://{}:{}@127.0.0.1:{port}/{database}", user(product), postgres::percent(&password))
}

fn alembic(product: &'static str) {
    let place = Place::new(product, "alembic");
    let subject = place.subject.as_ref();
    let project = Project::new("alembic");
    std::fs::write(project.path("url"), url(product, subject)).unwrap();
    project.python(&["-m", "alembic", "upgrade", "head"]);
    let (journey, planned) = Journey::plan(subject, &["--all", "--accept-defaults"]);
    planned.expect(0);
    let wanted = catalogue_of_a_run(&journey);
    let file = project.path("versions/0002_keys.py").display().to_string();
    let answer = exported(&journey, &["--format", "alembic", "--revision", "0002_keys", "-o", &file]);
    assert_eq!(answer["file"], file.as_str());
    let run = answer["run"].as_str().unwrap().to_owned();
    project.python(&["-m", "alembic", "upgrade", "head"]);
    assert_same("the catalogue that Alembic leaves", &wanted, &subject.schema_dump());
    assert!(project.python(&["-m", "alembic", "current"]).contains("0002_keys (head)"));
    // Alembic's own row is the one that must differ.
    subject.execute("UPDATE alembic_version SET version_num = '0001_first'");
    journey.assert_converted(&run);
    subject.execute("UPDATE alembic_version SET version_num = '0002_keys'");
    project.python(&["-m", "alembic", "downgrade", "-1"]);
    assert_same("the dump after Alembic's way back", &journey.start.dump, &subject.dump());
    stamped(&journey, &project, subject);
}

// Rekey converts, and Alembic is told by a file that sends nothing.
fn stamped(journey: &Journey<'_>, project: &Project, subject: &dyn Subject) {
    let run = journey.convert();
    let file = project.path("versions/0002_keys.py").display().to_string();
    exported(journey, &["--format", "alembic", "--revision", "0002_keys", "--state-only", "-o", &file]);
    let converted = subject.schema_dump();
    project.python(&["-m", "alembic", "upgrade", "head"]);
    assert!(project.python(&["-m", "alembic", "current"]).contains("0002_keys (head)"));
    assert_same("the catalogue after an empty revision", &converted, &subject.schema_dump());
    subject.execute("UPDATE alembic_version SET version_num = '0001_first'");
    journey.undo(&run);
}

const KEYS: [&str; 4] = ["shop_customer", "shop_tag", "shop_order", "billing_invoice"];

fn django(product: &'static str) {
    let place = Place::new(product, "django");
    let subject = place.subject.as_ref();
    let project = Project::new("django");
    let database = if product == "sqlite" {
        json!({ "ENGINE": "django.db.backends.sqlite3", "NAME": subject.target() })
    } else {
        let (name, port, password) = parts(subject);
        let engine = if product == "postgres" { "postgresql" } else { "mysql" };
        json!({
            "ENGINE": format!("django.db.backends.{engine}"), "NAME": name, "HOST": "127.0.0.1", "PORT": port,
            "USER": user(product), "PASSWORD": password,
        })
    };
    std::fs::write(project.path("database.json"), database.to_string()).unwrap();
    project.python(&["manage.py", "makemigrations", "shop", "billing"]);
    project.python(&["manage.py", "migrate"]);
    project.python(&["manage.py", "shell", "--no-imports", "-c", SEED]);
    let schema = subject.own_schema();
    let domains: Vec<String> = KEYS.iter().map(|table| format!("{schema}.{table}.id")).collect();
    let mut choices = vec!["--accept-defaults"];
    choices.extend(domains.iter().flat_map(|domain| ["--domain", domain.as_str()]));
    let (journey, planned) = Journey::plan(subject, &choices);
    planned.expect(0);
    let at_start = subject.schema_dump();
    let wanted = catalogue_of_a_run(&journey);
    let file = project.path("shop/migrations/0002_keys.py").display().to_string();
    let answer = exported(&journey, &["--format", "django", "-o", &file]);
    assert_eq!(answer["unknown_models"], json!([]));
    let run = answer["run"].as_str().unwrap().to_owned();
    project.python(&["manage.py", "migrate"]);
    assert_same("the catalogue that Django leaves", &uncounted(&wanted), &uncounted(&subject.schema_dump()));
    // Django's own row is the one that must differ.
    let newest = "DELETE FROM django_migrations WHERE name = '0002_keys'";
    subject.execute(newest);
    journey.assert_rows(&run);
    project.python(&["manage.py", "migrate", "--fake", "shop", "0002_keys"]);
    project.python(&["after.py", if product == "sqlite" { "text" } else { "uuid" }]);
    let changes = project.try_python(&["manage.py", "makemigrations", "--check", "--dry-run"]);
    assert_eq!(changes.code, Some(0), "the models' state is not what the file says: {}", changes.text());
    project.python(&["manage.py", "shell", "--no-imports", "-c", LOOK]);
    project.python(&["manage.py", "migrate", "shop", "0001_initial"]);
    assert_same("the catalogue after Django's way back", &uncounted(&at_start), &uncounted(&subject.schema_dump()));
    assert_eq!(journey.start.rows, subject.rows(), "the rows after Django's way back");
}

// Django's own table of migrations counts on.
fn uncounted(dump: &str) -> String {
    let mut text = String::new();
    let mut rest = dump;
    while let Some(place) = rest.find(" AUTO_INCREMENT=") {
        text.push_str(&rest[..place]);
        rest = rest[place + " AUTO_INCREMENT=".len()..].trim_start_matches(|letter: char| letter.is_ascii_digit());
    }
    text + rest
}

const SEED: &str = "
from shop.models import Customer, Order, Tag
from billing.models import Invoice
tags = [Tag.objects.create(word=f'tag {n}') for n in range(5)]
for n in range(20):
    customer = Customer.objects.create(name=f'customer {n}')
    for m in range(n % 3):
        order = Order.objects.create(customer=customer, note=f'50%s :name {m}')
        order.tags.set(tags[: n % 5])
        Invoice.objects.create(order=order, amount=n + m)
";

// What the application asks and writes works with the new keys, and is taken back.
const LOOK: &str = "
import uuid
from django.db import transaction
from shop.models import Customer, Order, Tag
from billing.models import Invoice
assert Customer.objects.count() == 20 and Order.objects.count() == 19
customer = Customer.objects.get(name='customer 5')
assert customer.order_set.count() == 2, customer.order_set.count()
assert Invoice.objects.filter(order__customer=customer).count() == 2
assert Order.objects.filter(tags__word='tag 0').count() == 16
again = Customer.objects.get(pk=customer.pk)
assert again == customer and uuid.UUID(str(customer.pk)).version == 7
with transaction.atomic():
    key = {} if Customer._meta.pk.get_internal_type() == 'UUIDField' else {'id': str(uuid.uuid4())}
    new = Customer.objects.create(name='new', **key)
    other = {} if not key else {'id': str(uuid.uuid4())}
    order = Order.objects.create(customer=new, **other)
    order.tags.add(Tag.objects.first())
    assert Order.objects.filter(customer__name='new', tags__isnull=False).count() == 1
    transaction.set_rollback(True)
";
