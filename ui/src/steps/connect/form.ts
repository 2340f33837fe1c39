// The connection form as data: what is missing, and where the password comes from.

import type { ConnectionForm } from "../../generated/ConnectionForm";
import type { EngineKind } from "../../generated/EngineKind";
import type { PasswordSource } from "../../generated/PasswordSource";
import { t } from "../../messages";

export type Field = "certificates" | "ssh" | "host" | "port" | "database" | "user" | "path" | "environment" | "name";
export type Problems = Partial<Record<Field, string>>;

export function emptyForm(engine: EngineKind = "postgres"): ConnectionForm {
  return {
    engine,
    host: "localhost",
    port: engine === "mysql" ? 3306 : 5432,
    user: "",
    database: "",
    tls: "prefer",
    certificates: { authority: "", client: "", key: "" },
    ssh: { destination: "", config: "" },
    path: "",
    name: "",
    environment: null,
    remember: false,
  };
}

export function isLocal(form: ConnectionForm): boolean {
  const host = form.host.trim();
  // Behind SSH, `localhost` is another machine.
  const direct = form.ssh.destination.trim() === "";
  return form.engine === "sqlite" || (direct && (host.startsWith("/") || ["localhost", "127.0.0.1", "::1"].includes(host)));
}

export function problems(form: ConnectionForm): Problems {
  const found: Problems = {};
  if (form.engine === "sqlite") {
    if (form.path.trim() === "") found.path = t.connect.missing(t.connect.path);
    return found;
  }
  if (form.host.trim() === "") found.host = t.connect.missing(t.connect.host);
  if (!Number.isInteger(form.port) || form.port < 1 || form.port > 65535) found.port = t.connect.portRange;
  if (form.database.trim() === "") found.database = t.connect.missing(t.connect.database);
  if (form.user.trim() === "") found.user = t.connect.missing(t.connect.user);
  if (form.tls !== "off" && (form.certificates.client.trim() === "") !== (form.certificates.key.trim() === "")) found.certificates = t.connect.certificateHalf;
  if (!isSshServer(form.ssh.destination)) found.ssh = t.ssh.wrong;
  if (form.environment === null && !isLocal(form)) found.environment = t.connect.environmentRequired;
  if (form.remember && form.name.trim() === "") found.name = t.connect.rememberNeedsName;
  return found;
}

/** True for what can be an SSH server, and where there is none. Rust looks once more. */
function isSshServer(text: string): boolean {
  return /^(?:ssh:\/\/)?(?!-)[\p{L}\p{N}._\-+@:[\]%]+$/u.test(text.trim()) || text.trim() === "";
}

/** An address as other tools write it. A single letter before the colon is a Windows drive. */
export function looksLikeAddress(text: string): boolean {
  // Several lines are settings, not an address.
  if (text.trim().includes("\n")) return false;
  return /^\s*(?:(?:psql|mysql|mariadb)\s+)?["'`]?(?:jdbc:|r2dbc:)?[a-z][a-z0-9+.-]+:\/\/\S/i.test(text) || /^\s*sqlite3?:\S/i.test(text);
}

/** What fits best, most recent first: typed, held from an address, kept in the keyring. */
export function passwordSource(typed: string, held: string | null, kept: string | null): PasswordSource {
  if (typed !== "") return { from: "typed", password: typed };
  if (held !== null) return { from: "held", ticket: held };
  if (kept !== null) return { from: "keyring", connection: kept };
  return { from: "none" };
}
