// What stands around a made-up database: migration tools, code that takes ids for numbers, and
// the plan as other programs take it.

import type { ChecklistView } from "../../generated/ChecklistView";
import type { CodeView } from "../../generated/CodeView";
import type { ExpectedRevision } from "../../generated/ExpectedRevision";
import type { ExportView } from "../../generated/ExportView";
import type { ExportWish } from "../../generated/ExportWish";
import type { Hit } from "../../generated/Hit";
import type { PlanView } from "../../generated/PlanView";
import type { Scanned } from "../../generated/Scanned";
import type { Stamp } from "../../generated/Stamp";
import type { VersionTable } from "../../generated/VersionTable";
import type { Listener } from "../index";
import type { Pace } from "./run";
import { pause } from "./run";
import type { FakeDatabase } from "./shop";
import { finding } from "./views";

export function versionsOf(base: FakeDatabase): VersionTable[] {
  if (base.server.engine === "sqlite") return [];
  return [
    { tool: "Alembic", schema: base.schema, table: "alembic_version", newest: "ae1027a6acf", applied: 1 },
    {
      tool: "Django",
      schema: base.schema,
      table: "django_migrations",
      newest: "shop.0007_prices",
      parts: { auth: "0012_alter_user_first_name_max_length", shop: "0007_prices" },
      applied: 31,
      failed: [],
    },
  ];
}

export function stampsOf(base: FakeDatabase): Stamp[] {
  const texts: Record<string, [string, string[]]> = {
    Alembic: [
      "Write an empty revision into its folder of versions, then tell it that the database is there.",
      ["rekey export postgres://USER@db.example.org:5432/shop_prod --plan PLAN --format alembic --state-only -o versions/FILE.py", "alembic stamp head"],
    ],
    Django: ["Write the models' new state into the application's migrations and carry that out.", ["python manage.py migrate"]],
  };
  return versionsOf(base).map(({ tool, schema, table, newest }) => {
    const [text, commands] = texts[tool] ?? ["", []];
    return { tool, schema, table, newest, text, commands };
  });
}

/** The checklist with what is wrong about the expected revisions. */
export function compared(list: ChecklistView, base: FakeDatabase, expected: readonly ExpectedRevision[]): ChecklistView {
  const wrong = expected.flatMap(({ tool, revision }) => {
    const table = versionsOf(base).find((one) => one.tool === tool);
    const parts = Object.entries(table?.parts ?? {}).map(([part, newest]) => `${part}.${newest}`);
    if (!table || table.newest === revision || parts.includes(revision)) return [];
    const meaning = `The application's code is at revision ${revision} of ${tool}, but its newest revision is ${table.newest}.`;
    return [finding("block", "RK-333", `${table.schema}.${table.table}`, meaning, "Bring database and code to the same revision first.")];
  });
  return { ...list, findings: [...wrong, ...list.findings], clear: list.clear && wrong.length === 0 };
}

export function exportOf(plan: PlanView, wish: ExportWish): Omit<ExportView, "path"> {
  const told = wish.undo ? plan.undo.flatMap(({ statements }) => statements).join(";\n") : plan.script;
  const python = `"""Integer keys become UUIDs: Rekey plan ${plan.fingerprint}."""\n\nrevision = '${wish.revision ?? plan.fingerprint.slice(0, 12)}'\n`;
  const unknown = wish.format === "django" && wish.models.length === 0 ? ["public.customers"] : [];
  return { text: wish.format === "sql" ? told : python, run: "m2c8v1x0qa", unknown_models: unknown };
}

const WHY = {
  key: "The key is a UUID now; a model with an integer reads and writes the wrong type.",
  type: "Ids arrive as texts now.",
  parse: "parseInt and Number of a UUID give NaN or the digits that it begins with.",
  store: "What browsers have stored are old ids: throw them away or translate them.",
  rows: "Rows with whole numbers for keys no longer load.",
};

function hit(file: string, line: number, rule: string, framework: string, why: string, before: string, after: string | null = null): Hit {
  return { file, line, rule, framework, why, before, after };
}

const HITS: Hit[] = [
  hit("app/models.py", 12, "sqlalchemy.key", "SQLAlchemy", WHY.key, "id = Column(Integer, primary_key=True)", "id = Column(Uuid, primary_key=True)"),
  hit("app/models.py", 31, "sqlalchemy.reference", "SQLAlchemy", "The column leads to a key that is a UUID now.", "customer_id = Column(ForeignKey('customers.id'), type_=Integer)", "customer_id = Column(ForeignKey('customers.id'), type_=Uuid)"),
  hit("fixtures/customers.json", 3, "fixture.number", "Fixtures", WHY.rows, '"pk": 1,'),
  hit("web/order.ts", 4, "typescript.type", "TypeScript", WHY.type, "customerId: number;", "customerId: string;"),
  hit("web/order.ts", 18, "typescript.parse", "TypeScript", WHY.parse, "const id = parseInt(params.orderId);", "const id = params.orderId;"),
  hit("web/session.ts", 7, "browser.storage", "Front end", WHY.store, "localStorage.getItem('customer_id')"),
];

/** Looks through a made-up folder; null where it was stopped. */
export async function scanOf(folder: string, listen: Listener, pace: Pace, hold: boolean): Promise<Scanned | null> {
  for (let files = 1; files <= 40; files += 1) {
    if (pace.stopped()) return null;
    listen({ event: "code", files, found: Math.min(HITS.length, Math.floor(files / 6)) });
    await pause(pace.tick);
    while (hold && files === 20 && !pace.stopped()) await pause(Math.max(pace.tick, 5));
  }
  const findings = folder.endsWith("empty") ? [] : HITS;
  return { folder, at: "2026-11-21T09:30:00Z", files: 40, findings, left_out: ["web/bundle.js: it is too large to be written by people"] };
}

export function codeOf(plan: PlanView, scan: Scanned | null): CodeView {
  const keys = plan.conversions.map(({ root }) => `${root.schema}.${root.table}.${root.column}`).slice(0, 3).join(", ");
  return {
    scan,
    advice: [
      { framework: "SQLAlchemy, FastAPI", lines: [`Declare ${keys} as Uuid in the models.`, "Validate with uuid.UUID(value) and not with UUID4."] },
      { framework: "TypeScript", lines: [`Declare ids as string: the fields that carry ${keys}.`] },
    ],
  };
}
