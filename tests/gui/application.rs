//! The plan in other hands, and the application's code, from Plan to the report.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::json;

use super::looks::no_faults;
use super::steps::{LONG, answer_questions, binary, give_reasons, migrate, plan_and_check};
use crate::support::window::{Desktop, Keyring};

// The system's dialogs cannot be driven; their paths can be typed as well.
pub(super) fn whole_way() {
    let desktop = Desktop::start(Keyring::Absent);
    let folder = tempfile::tempdir().unwrap();
    let code = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/applications/fastapi");
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.click("welcome-sample").await;
        window.find("inspect-summary").await;
        window.click("next").await;
        window.find("plan-result").await;
        answer_questions(&window).await;
        let script = folder.path().join("keys.sql");
        window.script("document.querySelector('[data-testid=\"export-card\"]').open = true;", Vec::new()).await;
        window.type_into("export-path", &script.display().to_string()).await;
        window.click("export-save").await;
        window.wait_for_text("export-saved", LONG, |text| text.contains("keys.sql")).await;
        let written = std::fs::read_to_string(&script).unwrap();
        assert!(written.contains("BEGIN") && written.contains("COMMIT"), "{written}");
        window.click("export-save").await;
        let code_of_panel = window.find("error-panel").await.attr("data-code").await.unwrap();
        assert_eq!(code_of_panel.as_deref(), Some("RK-E53"), "a typed path never replaces a file");
        window.click("export-show").await;
        window.type_into("code-path", &code.display().to_string()).await;
        window.click("code-scan").await;
        let told = window.wait_for_text("code-told", LONG, |text| text.contains("lines to change")).await;
        assert!(window.text("code-hits").await.contains("app/models.py"), "{told}");
        no_faults(&window, "plan, with export and code").await;
        window.click("next").await;
        window.find("checklist-outcome").await;
        window.click("next").await;
        give_reasons(&window).await;
        migrate(&window).await;
        window.click("next").await;
        window.find("validate-outcome").await;
        window.click("next").await;
        let html = window.wait_for_text("report-path", LONG, |path| Path::new(path).is_file()).await;
        assert!(window.text("code-hits").await.contains("app/models.py"));
        let page = std::fs::read_to_string(html).unwrap();
        assert!(page.contains("app/models.py") && page.contains("What to change in the code"), "{page}");
        no_faults(&window, "report, with code").await;
        window.close().await;
    });
}

// The commands are really carried out, and the log is really looked at.
pub(super) fn services() {
    let desktop = Desktop::start(Keyring::Absent);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, text) in [
        ("stop.sh", "echo stopping the shop; touch stopped"),
        (
            "start.sh",
            "test -e stopped && rm stopped; echo 'ERROR invalid input syntax for type uuid: \"7\"' >> app.log",
        ),
    ] {
        std::fs::write(at(name), format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(at(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    std::fs::write(at("app.log"), "").unwrap();
    let described =
        json!({ "stop": { "command": ["./stop.sh"] }, "start": { "command": ["./start.sh"] }, "logs": ["app.log"] });
    std::fs::write(at("services.json"), described.to_string()).unwrap();
    desktop.block_on(async {
        let window = desktop.open(&binary(), &[]).await;
        window.click("welcome-sample").await;
        window.find("inspect-summary").await;
        plan_and_check(&window).await;
        give_reasons(&window).await;
        window.type_into("services-path", "services.json").await;
        window.click("services-read").await;
        let refused = window.find("error-panel").await.attr("data-code").await.unwrap();
        assert_eq!(refused.as_deref(), Some("RK-E53"), "a window has no folder of its own");
        window.type_into("services-path", &at("services.json").display().to_string()).await;
        window.click("services-read").await;
        window.wait_for_text("services-stop", LONG, |text| text.contains("stop.sh")).await;
        no_faults(&window, "migrate, with services").await;
        window.click("services-stop-begin").await;
        window.click("danger-cancel").await;
        assert!(!at("stopped").exists(), "it was carried out without a yes");
        window.click("services-stop-begin").await;
        window.click("danger-confirm").await;
        let said = window.wait_for_text("services-stop", LONG, |text| text.contains("ended well")).await;
        assert!(said.contains("stopping the shop") && at("stopped").exists(), "{said}");
        no_faults(&window, "migrate, services stopped").await;
        migrate(&window).await;
        window.click("services-start-begin").await;
        window.click("danger-confirm").await;
        window.wait_for_text("services-start", LONG, |text| text.contains("ended well")).await;
        assert!(!at("stopped").exists(), "it was not started");
        window.click("services-log-begin").await;
        let told = window.wait_for_text("services-log", LONG, |text| text.contains("complain")).await;
        assert!(told.contains("One line complains"), "{told}");
        no_faults(&window, "migrate, services started").await;
        window.close().await;
    });
}
