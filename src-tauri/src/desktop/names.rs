// The commands of the window, in alphabetical order. The build script reads this file
// too: a command that is not listed here cannot be granted, and so not be called.

/// Every command that the window may be granted.
pub const COMMANDS: &[&str] = &[
    "app_view",
    "backup_make",
    "backup_override",
    "backup_view",
    "checklist",
    "connection_forget",
    "connection_open",
    "connection_test",
    "inspect",
    "migrate",
    "migrate_cancel",
    "plan_make",
    "plan_save",
    "rehearsal_override",
    "rehearsal_view",
    "rehearse",
    "report",
    "report_open",
    "run_open",
    "sample_open",
    "session_close",
    "session_view",
    "sign_off_keep",
    "sign_off_view",
    "undo",
    "url_parse",
    "validate",
];
