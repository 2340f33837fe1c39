use std::fs;

use secrecy::ExposeSecret as _;

use super::*;

const CANARY: &str = "canary-77b2";

fn shown(entry: &Entry) -> String {
    let draft = &entry.draft;
    let engine = match draft.engine {
        Some(EngineKind::Postgres) => "postgres",
        Some(EngineKind::Mysql) => "mysql",
        Some(EngineKind::Sqlite) => "sqlite",
        None => "?",
    };
    let text = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
    let word = draft.password.as_ref().map_or(String::new(), |word| format!(" {}", word.expose_secret()));
    let place = match &draft.path {
        Some(path) => path.display().to_string(),
        None => format!(
            "{}@{}:{}/{}",
            text(&draft.user),
            text(&draft.host),
            draft.port.map_or("-".to_owned(), |port| port.to_string()),
            text(&draft.database)
        ),
    };
    format!("{}|{engine} {place}{word}", entry.place)
}

fn all(haul: &Haul) -> Vec<String> {
    haul.entries.iter().map(shown).collect()
}

fn remarks(haul: &Haul) -> String {
    haul.entries
        .iter()
        .flat_map(|entry| entry.draft.remarks.clone())
        .chain(haul.remarks.clone())
        .collect::<Vec<_>>()
        .join("\n")
}

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

#[test]
fn addresses_and_parts_are_found_among_variables() {
    let haul = from_text(
        "# settings\nexport DATABASE_URL=\"postgres://ann:p@ss#1@db/shop?sslmode=require\"\nREDIS_URL=redis://h/0\n\
         POSTGRES_HOST=h\nPOSTGRES_DB=shop\nPOSTGRES_USER=bob\nPOSTGRES_PASSWORD='w#x $y'\nPOSTGRES_PORT=5433 # why\n",
    );
    assert_eq!(
        all(&haul),
        ["DATABASE_URL|postgres ann@db:-/shop p@ss#1", "POSTGRES_*|postgres bob@h:5433/shop w#x $y"]
    );
    assert_eq!(remarks(&haul), "");
}

#[test]
fn laravel_says_which_product_it_means() {
    let haul = from_text(
        "APP_KEY=base64:x\nDB_CONNECTION=pgsql\nDB_HOST=127.0.0.1\nDB_PORT=5432\nDB_DATABASE=shop\nDB_USERNAME=ann\nDB_PASSWORD=w\n",
    );
    assert_eq!(all(&haul), ["DB_*|postgres ann@127.0.0.1:5432/shop w"]);
    assert_eq!(haul.entries[0].source, Source::Laravel);
    let other = from_text("DB_CONNECTION=sqlsrv\nDB_HOST=h\nDB_DATABASE=shop\nDB_USERNAME=ann\n");
    assert!(other.entries[0].draft.engine.is_none() && remarks(&other).contains("'sqlsrv' is not a database"));
}

#[test]
fn compose_gives_what_is_published() {
    let folder = project(&[
        (".env", "PG_PASSWORD=fromenv\nPORT=5544\n"),
        (
            "docker-compose.yml",
            "x-common: &common\n  restart: always\nservices:\n  web:\n    image: shop:latest\n    environment:\n      POSTGRES_PASSWORD: none\n  db:\n    <<: *common\n    image: registry.example.org:5000/library/postgres:16-alpine\n    environment:\n      POSTGRES_USER: ann\n      POSTGRES_DB: ${NAME:-shop}\n      POSTGRES_PASSWORD: ${PG_PASSWORD}\n    ports:\n      - \"127.0.0.1:${PORT}:5432/tcp\"\n  other:\n    image: mariadb@sha256:aa\n    environment:\n      - MARIADB_ROOT_PASSWORD=r$$t\n      - MARIADB_DATABASE=blog\n    ports: [{target: 3306, published: 3307}]\n  hidden:\n    image: mysql:8\n    environment: {MYSQL_USER: bob, MYSQL_PASSWORD: $MISSING, MYSQL_DATABASE: x}\n  admin:\n    image: phpmyadmin\n",
        ),
    ]);
    let haul = from_path(folder.path()).unwrap();
    assert_eq!(
        all(&haul),
        [
            "docker-compose.yml, service db|postgres ann@127.0.0.1:5544/shop fromenv",
            "docker-compose.yml, service hidden|mysql bob@127.0.0.1:-/x",
            "docker-compose.yml, service other|mysql root@127.0.0.1:3307/blog r$t",
        ]
    );
    let hidden = haul.entries[1].draft.remarks.join(" ");
    assert!(hidden.contains("MISSING is not set") && hidden.contains("publishes no port"), "{hidden}");
    assert_eq!(haul.files.len(), 2);
}

#[test]
fn django_is_read_and_not_carried_out() {
    let folder = project(&[
        (".env", "DB_PASSWORD=fromenv\nREPLICA_URL=postgres://rep:w@two/shop\n"),
        ("db.sqlite3", ""),
        (
            "shop/settings.py",
            "import os\nDATABASES = {  # all\n    'default': {\n        'ENGINE': 'django.db.backends.postgresql',\n        \"NAME\": os.environ.get(\"DB_NAME\", \"shop\"),\n        'USER': os.getenv('DB_USER') or 'ann',\n        'PASSWORD': os.environ['DB_PASSWORD'],\n        'HOST': config('DB_HOST', default='db.example.org'),\n        'PORT': 5433,\n        'OPTIONS': {'sslmode': 'verify-ca', 'pool': True, 'sslrootcert': '/ca.pem'},\n    },\n    'files': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE_DIR / 'db.sqlite3'},\n    'url': dj_database_url.config(env='REPLICA_URL', conn_max_age=600),\n    'odd': {'ENGINE': 'django.db.backends.mysql', 'NAME': f'{x}', 'USER': name(1)[2], 'PASSWORD': secret()},\n}\nDATABASES['late'] = dj_database_url.parse('mysql://m:w@h/d')\n",
        ),
    ]);
    let haul = from_path(&folder.path().join("shop/settings.py")).unwrap();
    let file = folder.path().join("db.sqlite3");
    assert_eq!(
        all(&haul),
        [
            "settings.py, default|postgres ann@db.example.org:5433/shop fromenv".to_owned(),
            format!("settings.py, files|sqlite {}", file.display()),
            "settings.py, url|postgres rep@two:-/shop w".to_owned(),
            "settings.py, odd|mysql -@-:-/-".to_owned(),
            "settings.py, late|mysql m@h:-/d w".to_owned(),
        ]
    );
    assert_eq!(haul.entries[0].draft.tls, Some(crate::connect::Tls::VerifyCa));
    assert_eq!(haul.entries[0].draft.certificates.authority(), Some("/ca.pem"));
    assert!(haul.entries[3].draft.remarks.iter().any(|remark| remark.contains("computed by the application")));
}

#[test]
fn rails_takes_over_and_asks_variables() {
    let haul = from_text(
        "default: &default\n  adapter: postgresql\n  pool: <%= ENV.fetch(\"RAILS_MAX_THREADS\") { 5 } %>\n<% if true %>\ndevelopment:\n  <<: *default\n  database: shop_dev\n<% end %>\nproduction:\n  primary:\n    <<: *default\n    url: <%= ENV[\"DATABASE_URL\"] %>\n  queue:\n    <<: *default\n    host: <%= ENV.fetch(\"H\", \"db.example.org\") %>\n    username: ann\n    password: <%= Rails.application.credentials.db %>\n    database: q_<%= ENV[\"SUFFIX\"] || 'x' %>\n",
    );
    assert_eq!(
        all(&haul),
        [
            "development|postgres -@-:-/shop_dev",
            "production.primary|postgres -@-:-/-",
            "production.queue|postgres ann@db.example.org:-/q_x"
        ]
    );
    assert!(haul.entries[1].draft.remarks[0].contains("DATABASE_URL is not set"));
    assert!(haul.entries[2].draft.remarks[0].contains("computed by the application"));
}

#[test]
fn prisma_and_spring_name_their_database() {
    let folder = project(&[
        (
            ".env",
            "DATABASE_URL=\"postgresql://a:w@h-pooler.x.neon.tech/d?schema=public\"\nDIRECT_URL=postgresql://a:w@h.x.neon.tech/d\n",
        ),
        (
            "prisma/schema.prisma",
            "generator x { provider = \"y\" }\ndatasource db {\n  provider  = \"postgresql\"\n  // url = \"z\"\n  url       = env(\"DATABASE_URL\")\n  directUrl = env(\"DIRECT_URL\")\n}\n",
        ),
        (
            "src/main/resources/application.properties",
            "# x\nspring.datasource.url=jdbc:mysql://h:3307/shop?useSSL=false\nspring.datasource.username=ann\nspring.datasource.password=${PW:d=f}\n",
        ),
        (
            "src/main/resources/application.yml",
            "spring:\n  datasource:\n    first:\n      jdbc-url: jdbc:postgresql://h/one\n      username: bob\n---\nspring:\n  r2dbc: {url: \"r2dbc:mariadb://h/two\", username: eve}\n",
        ),
    ]);
    let haul = from_path(folder.path()).unwrap();
    let found = all(&haul).join("\n");
    for line in [
        "prisma/schema.prisma, db.directUrl|postgres a@h.x.neon.tech:-/d w",
        "prisma/schema.prisma, db.url|postgres a@h-pooler.x.neon.tech:-/d w",
        "src/main/resources/application.properties, spring.datasource|mysql ann@h:3307/shop d=f",
        "src/main/resources/application.yml, spring.datasource.first|postgres bob@h:-/one",
        "src/main/resources/application.yml, spring.r2dbc|mysql eve@h:-/two",
    ] {
        assert!(found.contains(line), "{line}\nis not in\n{found}");
    }
    let sqlite = from_text("datasource db {\n provider = \"sqlite\"\n url = \"file:./dev.db\"\n}");
    assert_eq!(all(&sqlite), ["db.url|sqlite ./dev.db"]);
    assert!(remarks(&sqlite).contains("not a whole one"));
    let mongo = from_text("datasource db {\n provider = \"mongodb\"\n url = env(\"X\")\n}");
    assert!(mongo.entries[0].draft.engine.is_none() && remarks(&mongo).contains("'mongodb' is not a database"));
}

#[test]
fn the_programs_own_files_are_read_as_the_programs_read_them() {
    let home = project(&[
        (".pgpass", "# mine\ndb:5432:shop:ann:a\\:b\\\\c\n*:*:*:bob:w\ndb:*:shop:bob:late\nbroken\n"),
        (
            ".pg_service.conf",
            "[live]\nhost=db\nport=5433\ndbname=shop\nuser=ann\nsslmode=verify-full\n[odd]\nsslmode=perhaps\n",
        ),
        (
            ".my.cnf",
            "!includedir /etc/x\n[mysqld]\nport=1\n[client]\nuser = ann\npassword = \"w#x\"\nhost=h\nport=3307\nssl-mode=VERIFY_CA\n[mysql]\nprompt=x\n",
        ),
        (".mylogin.cnf", "x"),
    ]);
    let haul = from_home(home.path());
    assert_eq!(
        all(&haul),
        [
            ".pgpass, line 2|postgres ann@db:5432/shop a:b\\c",
            ".pgpass, line 3|postgres bob@:-/ w",
            ".pgpass, line 4|postgres bob@db:-/shop late",
            ".pgpass, line 5|postgres -@-:-/-",
            ".pg_service.conf, service live|postgres ann@db:5433/shop",
            ".pg_service.conf, service odd|postgres -@-:-/-",
            ".my.cnf, [client]|mysql ann@h:3307/- w#x",
        ]
    );
    let said = remarks(&haul);
    for part in [
        "fits any host, any port, any database",
        "PostgreSQL's programs take that one",
        "five parts",
        "'perhaps' is not an sslmode",
        "includes other files",
        ".mylogin.cnf hides",
        "chmod 600",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn a_password_is_in_no_remark() {
    for text in [
        format!("services:\n  db: {CANARY}: x: [\n"),
        format!("DATABASE_URL=postgres://a:{CANARY}@h:port/d\nPGHOST=h\nPGUSER=u\nPGPASSWORD={CANARY}\nPGPORT=x\n"),
        format!("a:b:c:{CANARY}\nh:x:d:u:{CANARY}\n"),
        format!("DATABASES = {{'default': {{'ENGINE': 'oracle', 'PASSWORD': '{CANARY}'}}}}"),
        format!("[client]\npassword={CANARY}\nport=x\n"),
    ] {
        let haul = from_text(&text);
        assert!(!remarks(&haul).is_empty(), "{text}");
        assert!(!format!("{haul:?}").contains(CANARY), "{text}\n{haul:?}");
    }
}

#[test]
fn what_is_too_much_is_left_out_and_said() {
    let lines: String = (0..MOST + 5).map(|number| format!("U{number}=postgres://a@h/d\n")).collect();
    let haul = from_text(&lines);
    assert_eq!(haul.entries.len(), MOST);
    assert!(remarks(&haul).contains(&format!("of {} connections", MOST + 5)));
    assert!(remarks(&from_text(&"x".repeat(files::LIMIT + 1))).contains("was not looked at"));
    assert!(remarks(&from_text("hello")).contains("none of the kinds"));
    let folder = project(&[(".env", &"#".repeat(files::LIMIT + 1)), ("node_modules/x/.env", "A=postgres://a@h/d")]);
    fs::write(folder.path().join("application.yml"), [0xff, 0xfe]).unwrap();
    let haul = from_path(folder.path()).unwrap();
    assert!(haul.entries.is_empty());
    assert!(remarks(&haul).contains(".env was not read: it is larger") && remarks(&haul).contains("UTF-8"));
    assert!(from_path(&folder.path().join("none")).is_err());
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = project(&[]);
    let pipe = folder.path().join(".env");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    assert!(from_path(&pipe).is_err());
    assert!(from_path(folder.path()).unwrap().entries.is_empty());
}

proptest::proptest! {
    #[test]
    fn no_text_stops_the_reading(
        text in "([\\[\\](){}'\"\\\\$:=@/?#%&*<>, \\n\\t]|DATABASES|services|image|postgres://|url|env|[a-z0-9é]){0,200}",
        nested in 0_usize..5_000,
    ) {
        let origin = Origin::pasted();
        for source in [Source::Address, Source::Variables, Source::Compose, Source::Django, Source::Rails, Source::Prisma, Source::Spring, Source::Pgpass, Source::Service, Source::MyCnf] {
            let mut haul = Haul::default();
            read(source, &origin, &text, &mut haul);
        }
        for open in ["{", "(", "[", "{'a':", "f(", "x[", "!["] {
            drop(python::value(&open.repeat(nested)));
        }
        drop(from_text(&text));
    }
}
