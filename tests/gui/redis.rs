//! Redis in the window: a PostgreSQL database and a real server beside it, from the address on Plan
//! to the way back after the database itself went back.

use std::collections::BTreeMap;
use std::path::Path;

use super::looks::no_faults;
use super::secrets::{collect, listen_to_replies, seen_nowhere};
use super::steps::{LONG, answer_questions, binary, fill_in, give_reasons, migrate, shop, undo};
use crate::support::postgres::{Database, shared};
use crate::support::process::finish;
use crate::support::redis::{Held, Redis, Reply};
use crate::support::window::{Desktop, Keyring, Window};

const PASSWORD: &str = "redis-canary-5be2";

type Content = BTreeMap<Vec<u8>, Held>;

pub(super) fn whole_way() {
    let database = shop("gui_redis");
    let redis = filled();
    let before = redis.content();
    let desktop = Desktop::start(Keyring::Unlocked);
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        listen_to_replies(&window).await;
        fill_in(&window, &database).await;
        window.type_into("connect-password", shared().password()).await;
        window.click("connect-open").await;
        window.find("inspect-summary").await;
        window.click("next").await;
        window.find("plan-result").await;
        answer_questions(&window).await;
        plan(&window, &redis).await;
        window.click("next").await;
        let pending = window.wait_for_text("redis-pending", LONG, |text| !text.is_empty()).await;
        assert!(pending.contains("3 rules are kept") && !pending.contains(PASSWORD), "{pending}");
        no_faults(&window, "checklist with redis").await;
        window.find("checklist-outcome").await;
        window.click("next").await;
        give_reasons(&window).await;
        migrate(&window).await;
        assert_eq!(redis.content(), before, "a run touches nothing in Redis");

        rewrite(&window, &redis, &before).await;
        let converted = expected(&before, &database);
        assert_eq!(redis.content(), converted);
        no_faults(&window, "migrate, redis rewritten").await;
        window.click("redis-undo").await;
        window.click("danger-confirm").await;
        window.find("redis-undone").await;
        assert_eq!(redis.content(), before, "the old ids are back, times to live included");

        rewrite(&window, &redis, &before).await;
        assert_eq!(redis.content(), converted);
        window.click("next").await;
        window.find("validate-outcome").await;
        window.click("next").await;
        window.find("report-path").await;
        undo(&window).await;
        assert_eq!(redis.content(), converted, "the way back of the database touches nothing in Redis");
        window.find("redis-taken-back").await;
        no_faults(&window, "report, redis pending").await;
        assert!(window.seen("redis-foresee").await.is_none(), "a run that was taken back rewrites nothing");
        window.click("redis-undo").await;
        window.click("danger-confirm").await;
        window.find("redis-undone").await;
        assert_eq!(redis.content(), before);
        seen_nowhere(&desktop, &window, PASSWORD).await;
        window.close().await;
    });
    on_the_command_line(&desktop, &redis);
    let mut files = Vec::new();
    collect(&desktop.data_dir(), &mut files);
    assert!(files.iter().any(|file| holds(file, "customer_sessions:{public.customer.id}")), "the rules are kept");
}

// What the window put into the keyring under the address serves there too.
fn on_the_command_line(desktop: &Desktop, redis: &Redis) {
    // Until here nobody had to log in, so that the content could be looked at.
    redis.done("ACL SETUSER default resetpass");
    let scan = |host: &str| {
        let url = format!("redis://ann@{host}:{}/0", redis.port());
        finish(desktop.command(env!("CARGO_BIN_EXE_rekey")).args(["redis", "scan", &url, "--json"]), None)
    };
    let known = scan("127.0.0.1");
    assert_eq!(known.code, Some(0), "{}{}", known.text(), known.stderr);
    assert!(known.text().contains("\"keys\": 44") && !known.stderr.contains(PASSWORD), "{}", known.text());
    let other = scan("localhost");
    assert_eq!(other.code, Some(1), "under another address there is no password: {}", other.text());
    assert!(other.text().contains("RK-R05"), "{}", other.text());
}

// Forty sessions that go by themselves, one that nobody knows, a set of who is there, and keys that
// no rule is about.
fn filled() -> Redis {
    let redis = Redis::start(&[]);
    redis.done(&format!("ACL SETUSER ann on >{PASSWORD} ~* &* +@all"));
    for id in 1..=40 {
        redis.done(&format!("SET customer_sessions:{id} of-{id} EX {}", 50_000 + id));
    }
    redis.done("SET customer_sessions:990001 of-nobody");
    redis.done("SADD online 1 2 3 40");
    redis.done("HSET item:7 title t7");
    redis.done("SET visits:2026 12");
    redis
}

async fn plan(window: &Window, redis: &Redis) {
    let open = "document.querySelector('[data-testid=\"redis-optional\"]').open = true;";
    window.find("redis-optional").await;
    window.script(open, Vec::new()).await;
    window.type_into("redis-address", &format!("redis://ann:{PASSWORD}@127.0.0.1:{}/0", redis.port())).await;
    window.click("redis-remember").await;
    window.click("redis-connect").await;
    let server = window.text("redis-server").await;
    assert!(server.contains("44 keys") && !server.contains(PASSWORD), "{server}");
    window.click("redis-scan").await;
    window.wait_for_text("redis-scanned", LONG, |text| text.contains("44")).await;
    assert_eq!(
        window.value("redis-slot-customer_sessions:{int}-0").await,
        "public.customer.id",
        "by its name and its ids"
    );
    assert_eq!(window.value("redis-slot-item:{int}-0").await, "public.item.id");
    assert_eq!(window.value("redis-slot-visits:{int}-0").await, "", "no name speaks for it");
    let open = "document.querySelector('[data-testid=\"redis-by-hand\"]').open = true;";
    window.script(open, Vec::new()).await;
    window.type_into("redis-rule", "online={public.customer.id}").await;
    window.click("redis-add").await;
    no_faults(window, "plan with redis").await;
    window.click("redis-keep").await;
    window.wait_for_text("redis-kept", LONG, |text| text.starts_with("3 rules are kept")).await;
}

async fn rewrite(window: &Window, redis: &Redis, before: &Content) {
    window.find("redis-foresee").await;
    assert!(!window.is_enabled("redis-rewrite").await, "nothing is rewritten before it was looked at");
    window.click("redis-foresee").await;
    let foreseen = window.wait_for_text("redis-foreseen", LONG, |text| !text.is_empty()).await;
    assert!(foreseen.contains("Would be rewritten") && foreseen.contains("customer_sessions:"), "{foreseen}");
    assert_eq!(&redis.content(), before, "looking changes nothing");
    no_faults(window, "migrate, redis foreseen").await;
    window.click("redis-rewrite").await;
    window.click("danger-confirm").await;
    let told = window.wait_for_text("redis-made", LONG, |text| text.contains("Ids in Redis are rewritten")).await;
    assert!(told.contains("45 names and values"), "{told}");
    assert!(window.seen("redis-unmapped").await.is_some(), "what the map does not know is named");
}

// What Redis should hold, by the ids that the database gave.
fn expected(before: &Content, database: &Database) -> Content {
    let new = |table: &str, label: &str, name: &str| {
        database.value(&format!("SELECT id FROM {table} WHERE {label} = '{name}'"))
    };
    let customer = |id: &str| new("customer", "name", &format!("c{id}"));
    let renamed = |key: &[u8]| {
        let key = String::from_utf8(key.to_vec()).unwrap();
        match key.split_once(':') {
            Some(("customer_sessions", "990001")) | None => key,
            Some(("customer_sessions", id)) => format!("customer_sessions:{}", customer(id)),
            Some(("item", id)) => format!("item:{}", new("item", "title", &format!("t{id}"))),
            Some(_) => key,
        }
    };
    let mut content: Content = before.iter().map(|(key, held)| (renamed(key).into_bytes(), held.clone())).collect();
    let (members, _) = content.get_mut("online".as_bytes()).unwrap();
    *members = members.iter().map(|member| Reply::Bytes(customer(&member.text()).into_bytes())).collect();
    members.sort();
    content
}

fn holds(file: &Path, text: &str) -> bool {
    std::fs::read(file).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(text))
}
