// What settings of made-up projects say of connections.

import type { ConnectionForm } from "../../generated/ConnectionForm";
import type { ImportEntry } from "../../generated/ImportEntry";
import type { ImportView } from "../../generated/ImportView";
import type { Finding } from "../../generated/Finding";
import type { TestResult } from "../../generated/TestResult";
import { emptyForm } from "../../steps/connect/form";
import { failures } from "./failures";

const COMPOSE: ImportEntry = {
  source: "compose",
  place: "docker-compose.yml, service db",
  address: "postgres://shop@127.0.0.1:5433/shop",
  form: { ...emptyForm("postgres"), host: "127.0.0.1", port: 5433, user: "shop", database: "shop" },
  held: "held-compose",
  remarks: [],
};

const DJANGO: ImportEntry = {
  source: "django",
  place: "shop/settings.py, default",
  address: "postgres://ann@db.example.org:5432/shop_prod",
  form: { ...emptyForm("postgres"), host: "db.example.org", user: "ann", database: "shop_prod", tls: "verify-full" },
  held: null,
  remarks: ["The variable DB_PASSWORD is not set in a .env file beside it."],
};

const HIDDEN: ImportEntry = {
  source: "compose",
  place: "docker-compose.yml, service blog",
  address: "mysql://root@127.0.0.1:3306/blog",
  form: { ...emptyForm("mysql"), host: "127.0.0.1", user: "root", database: "blog" },
  held: "held-blog",
  remarks: ["It publishes no port, so it can be reached only from containers in its network."],
};

const UNKNOWN: ImportEntry = {
  source: "prisma",
  place: "reports/schema.prisma, db.url",
  address: null,
  form: null,
  held: null,
  remarks: ["'mongodb' is not a database that Rekey knows."],
};

const PGPASS: ImportEntry = {
  source: "pgpass",
  place: ".pgpass, line 3",
  address: "postgres://ann@db.example.org:5432/",
  form: { ...emptyForm("postgres"), host: "db.example.org", user: "ann", tls: "verify-full" },
  held: "held-pgpass",
  remarks: ["The line fits any database: fill in what you mean."],
};

export function importedFolder(path: string): ImportView {
  if (path.endsWith("/empty")) return { entries: [], files: [], remarks: [] };
  return {
    entries: [COMPOSE, HIDDEN, DJANGO, UNKNOWN],
    files: [`${path}/docker-compose.yml`, `${path}/reports/schema.prisma`, `${path}/shop/settings.py`],
    remarks: ["old/.env was not read: it is larger than 1024 KiB."],
  };
}

export function importedHome(): ImportView {
  return { entries: [PGPASS], files: ["/home/ann/.pgpass"], remarks: [] };
}

export function importedText(text: string): ImportView {
  if (!text.includes("=")) return { entries: [], files: [], remarks: ["This text is none of the kinds of settings that Rekey knows."] };
  return { entries: [{ ...COMPOSE, source: "variables", place: "DATABASE_URL" }], files: [], remarks: [] };
}

/** A server that stands behind a pooler, with a user who does not own everything. */
export function warningsOf(form: ConnectionForm): Finding[] {
  if (!form.host.includes("pooler")) return [];
  return [
    {
      severity: "warn",
      rule: "RK-022",
      object: "public.invoice",
      meaning: "The user does not own 3 of the tables, such as public.invoice. Only its owner can change a table.",
      remedy: "Connect as the owner of the tables, or as a member of that role.",
    },
    {
      severity: "block",
      rule: "RK-040",
      object: `${form.host}:${form.port}/${form.database}`,
      meaning: "A pooler (such as PgBouncer in transaction mode) hands the server's sessions around between statements.",
      remedy: "Connect to the server itself, mostly port 5432, or to a pool whose pool_mode is session.",
    },
  ];
}

/** A server whose certificate was signed by nobody who is known. */
export function untrustedTest(form: ConnectionForm): TestResult {
  const titles = ["Protect the way", "Log in", "Find the database", "Ask for its version", "Look at the rights"];
  return {
    stages: [
      { title: "Find the host", passed: true, detail: `${form.host} is 192.0.2.17` },
      { title: "Open the port", passed: true, detail: `${form.port} answers at 192.0.2.17` },
      ...titles.map((title, index) => ({ title, passed: index === 0 ? false : null, detail: index === 0 ? failures.untrusted.what : "" })),
    ],
    warnings: [],
    failure: failures.untrusted,
  };
}
