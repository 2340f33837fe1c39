//! The real window, driven by clicks and keys: every way through it on real servers, what it says
//! when something goes wrong, and what it must never let out.

mod application;
mod browser;
mod closed;
mod crash;
mod guards;
mod inspect;
mod keyboard;
mod looks;
mod motion;
mod passwords;
mod pictures;
mod redis;
mod released;
mod resting;
mod sample;
mod secrets;
mod shell;
mod steps;
mod waiting;
mod whole_way;

use libtest_mimic::Trial;

use crate::support::requirement::{Requirement, trial};

/// The trials of this folder.
pub fn trials() -> Vec<Trial> {
    let desktop = [Requirement::Desktop];
    let both = [Requirement::Desktop, Requirement::Postgres];
    let three = [Requirement::Desktop, Requirement::Postgres, Requirement::Redis];
    let mariadb = [Requirement::Desktop, Requirement::Mariadb];
    let sqlite = [Requirement::Desktop, Requirement::SqliteTool];
    let browser = [Requirement::Browser];
    let given = [Requirement::Desktop, Requirement::Released, Requirement::Postgres];
    vec![
        trial("gui::the_whole_way_on_postgres_with_a_gate_that_does_not_hold", &both, whole_way::postgres),
        trial("gui::the_whole_way_on_mariadb_with_a_server_that_goes_away", &mariadb, whole_way::mariadb),
        trial("gui::the_whole_way_on_sqlite_with_a_file_in_use", &sqlite, whole_way::sqlite),
        trial("gui::the_sample_goes_from_welcome_to_the_report_and_back", &desktop, sample::there_and_back),
        trial("gui::the_sample_takes_at_most_12_clicks_and_60_seconds", &desktop, sample::clicks_and_seconds),
        trial("gui::the_whole_sample_goes_by_keyboard_only", &desktop, keyboard::sample),
        trial("gui::a_window_killed_in_the_middle_of_a_run_leaves_a_database_as_before", &both, crash::postgres),
        trial("gui::a_run_killed_in_the_middle_goes_on_after_two_clicks", &mariadb, crash::mariadb),
        trial("gui::a_run_killed_behind_the_exchange_is_taken_back", &mariadb, crash::taken_back),
        trial("gui::a_run_rests_and_goes_on", &mariadb, resting::mariadb),
        trial("gui::nothing_moves_where_less_motion_is_asked_for", &sqlite, motion::reduced),
        trial("gui::a_password_is_kept_in_the_keyring_and_seen_nowhere", &both, passwords::kept),
        trial(
            "gui::without_a_keyring_a_password_lasts_until_the_end_and_the_window_says_so",
            &both,
            passwords::without_keyring,
        ),
        trial("gui::an_address_that_leads_nowhere_is_told_with_a_remedy_and_the_state", &both, guards::bad_addresses),
        trial("gui::the_window_is_closed_to_foreign_code", &desktop, closed::to_foreign_code),
        trial("gui::the_window_opens_where_it_was_closed", &desktop, shell::stays_where_it_was),
        trial("gui::a_second_start_leaves_the_first_window_alone", &desktop, shell::a_second_start),
        trial("gui::the_desktop_is_told_of_work_and_of_its_end", &desktop, shell::the_desktop_is_told),
        trial("gui::help_and_what_rekey_is_made_of", &desktop, shell::help_and_about),
        trial("gui::text_of_twice_the_size_loses_nothing", &desktop, shell::text_of_twice_the_size),
        trial(
            "gui::a_released_window_that_is_driven_loads_no_password",
            &given,
            released::saved_passwords_stay_in_the_keyring,
        ),
        trial("gui::a_released_window_can_soon_be_used", &[Requirement::Released], released::soon_usable),
        trial(
            "gui::a_thousand_tables_are_searched_turned_over_and_drawn_without_a_long_task",
            &both,
            inspect::thousand_tables,
        ),
        trial(
            "gui::references_without_a_foreign_key_are_drawn_and_answered_once_for_inspect_and_plan",
            &both,
            inspect::undeclared,
        ),
        trial("gui::a_production_database_asks_for_its_name", &both, guards::production),
        trial("gui::ids_in_redis_go_with_the_database_there_and_back", &three, redis::whole_way),
        trial(
            "gui::the_plan_is_written_for_others_and_the_code_is_told_in_the_report",
            &desktop,
            application::whole_way,
        ),
        trial(
            "gui::services_are_stopped_and_started_by_the_users_own_commands_after_a_yes",
            &desktop,
            application::services,
        ),
        trial("gui::a_run_that_waits_names_who_is_in_its_way_and_can_be_cancelled", &both, waiting::cancelled),
        trial("gui::every_stage_has_its_picture", &desktop, pictures::all),
        trial("gui::a_plain_browser_opens_every_stage_over_the_scripted_host", &browser, browser::every_stage),
    ]
}
