// The one place that imports Tauri.

import { Channel, invoke } from "@tauri-apps/api/core";

import type { Choices } from "../generated/Choices";
import type { ConnectionForm } from "../generated/ConnectionForm";
import type { Event as RunEvent } from "../generated/Event";
import type { PasswordSource } from "../generated/PasswordSource";
import type { SignOffForm } from "../generated/SignOffForm";
import type { Host, Listener } from "./index";
import type { Verb } from "../generated/Verb";

function channel(listen: Listener): Channel<RunEvent> {
  const made = new Channel<RunEvent>();
  made.onmessage = listen;
  return made;
}

export class TauriHost implements Host {
  appView: Host["appView"] = () => invoke("app_view");
  sampleOpen: Host["sampleOpen"] = () => invoke("sample_open");
  urlParse: Host["urlParse"] = (text: string) => invoke("url_parse", { text });
  importText: Host["importText"] = (text) => invoke("import_text", { text });
  importPath: Host["importPath"] = (path) => invoke("import_path", { path });
  importUsual: Host["importUsual"] = () => invoke("import_usual");
  pathChoose: Host["pathChoose"] = (title, folder) => invoke("path_choose", { title, folder });
  connectionTest: Host["connectionTest"] = (form: ConnectionForm, password: PasswordSource) =>
    invoke("connection_test", { form, password });
  connectionOpen: Host["connectionOpen"] = (form: ConnectionForm, password: PasswordSource) =>
    invoke("connection_open", { form, password });
  connectionForget: Host["connectionForget"] = (id: string) => invoke("connection_forget", { id });
  inspect: Host["inspect"] = () => invoke("inspect");
  planMake: Host["planMake"] = (choices: Choices) => invoke("plan_make", { choices });
  planSave: Host["planSave"] = (format) => invoke("plan_save", { format });
  export: Host["export"] = (wish, file) => invoke("export", { wish, file });
  exportChoose: Host["exportChoose"] = (title, name) => invoke("export_choose", { title, name });
  codeView: Host["codeView"] = (of) => invoke("code_view", { of });
  codeScan: Host["codeScan"] = (of, folder, listen) => invoke("code_scan", { channel: channel(listen), of, folder });
  codeCancel: Host["codeCancel"] = () => invoke("code_cancel");
  versionsView: Host["versionsView"] = () => invoke("versions_view");
  versionsExpect: Host["versionsExpect"] = (expected) => invoke("versions_expect", { expected });
  checklist: Host["checklist"] = () => invoke("checklist");
  checklistAgain: Host["checklistAgain"] = (name) => invoke("checklist_again", { name });
  signOffView: Host["signOffView"] = () => invoke("sign_off_view");
  signOffKeep: Host["signOffKeep"] = (form: SignOffForm) => invoke("sign_off_keep", { form });
  backupView: Host["backupView"] = () => invoke("backup_view");
  backupMake: Host["backupMake"] = (listen: Listener) => invoke("backup_make", { channel: channel(listen) });
  backupOverride: Host["backupOverride"] = (reason: string) => invoke("backup_override", { reason });
  backupRestore: Host["backupRestore"] = (name: string, tables: readonly string[], listen: Listener) =>
    invoke("backup_restore", { channel: channel(listen), name, tables });
  leftovers: Host["leftovers"] = () => invoke("leftovers");
  leftoverRemove: Host["leftoverRemove"] = (name: string) => invoke("leftover_remove", { name });
  rehearsalView: Host["rehearsalView"] = () => invoke("rehearsal_view");
  rehearse: Host["rehearse"] = (listen: Listener) => invoke("rehearse", { channel: channel(listen) });
  rehearsalOverride: Host["rehearsalOverride"] = (reason: string) => invoke("rehearsal_override", { reason });
  migrate: Host["migrate"] = (confirmation: string, listen: Listener) =>
    invoke("migrate", { channel: channel(listen), confirmation });
  migrateCancel: Host["migrateCancel"] = () => invoke("migrate_cancel");
  migratePause: Host["migratePause"] = (wanted: boolean) => invoke("migrate_pause", { wanted });
  runResume: Host["runResume"] = (confirmation: string, listen: Listener) =>
    invoke("run_resume", { channel: channel(listen), confirmation });
  runAbandon: Host["runAbandon"] = (confirmation: string, listen: Listener) =>
    invoke("run_abandon", { channel: channel(listen), confirmation });
  runKeep: Host["runKeep"] = (confirmation: string) => invoke("run_keep", { confirmation });
  goingBack: Host["goingBack"] = () => invoke("going_back");
  rowsSince: Host["rowsSince"] = () => invoke("rows_since");
  sample: Host["sample"] = (table) => invoke("sample", { table });
  validate: Host["validate"] = () => invoke("validate");
  report: Host["report"] = () => invoke("report");
  reportOpen: Host["reportOpen"] = () => invoke("report_open");
  undo: Host["undo"] = (confirmation: string, listen: Listener) =>
    invoke("undo", { channel: channel(listen), confirmation });
  redisView: Host["redisView"] = () => invoke("redis_view");
  redisParse: Host["redisParse"] = (text) => invoke("redis_parse", { text });
  redisConnect: Host["redisConnect"] = (form, password) => invoke("redis_connect", { form, password });
  redisForget: Host["redisForget"] = () => invoke("redis_forget");
  redisScan: Host["redisScan"] = (stage, listen) => invoke("redis_scan", { channel: channel(listen), stage });
  redisRulesKeep: Host["redisRulesKeep"] = (rules) => invoke("redis_rules_keep", { rules });
  redisForesee: Host["redisForesee"] = (stage, listen) => invoke("redis_foresee", { channel: channel(listen), stage });
  redisRewrite: Host["redisRewrite"] = (stage, confirmation, listen) =>
    invoke("redis_rewrite", { channel: channel(listen), stage, confirmation });
  redisUndo: Host["redisUndo"] = (stage, confirmation, listen) =>
    invoke("redis_undo", { channel: channel(listen), stage, confirmation });
  redisMatching: Host["redisMatching"] = (stage, pattern, listen) => invoke("redis_matching", { channel: channel(listen), stage, pattern });
  redisRemove: Host["redisRemove"] = (stage, pattern, confirmation, listen) =>
    invoke("redis_remove", { channel: channel(listen), stage, pattern, confirmation });
  runOpen: Host["runOpen"] = async (run: string) => {
    await invoke("run_open", { run });
  };
  servicesView: Host["servicesView"] = () => invoke("services_view");
  servicesRead: Host["servicesRead"] = (path) => invoke("services_read", { path });
  servicesDo: Host["servicesDo"] = (verb: Verb, line: string) => invoke("services_do", { verb, line });
  servicesStopped: Host["servicesStopped"] = () => invoke("services_stopped");
  servicesHealth: Host["servicesHealth"] = () => invoke("services_health");
  servicesLog: Host["servicesLog"] = (commands: boolean) => invoke("services_log", { commands });
  servicesToken: Host["servicesToken"] = (token: string) => invoke("services_token", { token });
  apiBefore: Host["apiBefore"] = () => invoke("api_before");
  apiAfter: Host["apiAfter"] = () => invoke("api_after");
  sessionView: Host["sessionView"] = () => invoke("session_view");
  sessionClose: Host["sessionClose"] = async () => {
    await invoke("session_close");
  };
  logView: Host["logView"] = (after) => invoke("log_view", { after });
  zoomSet: Host["zoomSet"] = async (percent) => {
    await invoke("zoom_set", { percent });
  };
}
