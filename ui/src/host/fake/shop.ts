// Two made-up databases, described shortly; everything the screens show of them is
// derived, so that numbers agree from screen to screen.

import type { EngineKind } from "../../generated/EngineKind";
import type { ServerInfo } from "../../generated/ServerInfo";

export interface FakeReference {
  column: string;
  to: string;
  /** Name of the constraint, or `inferred`. */
  via: string;
}

export interface FakeTable {
  table: string;
  /** Columns of the primary key. */
  key: string[];
  type: string;
  rows: number;
  bytes: number;
  references: FakeReference[];
}

export interface FakeDatabase {
  server: ServerInfo;
  schema: string;
  uuidType: string;
  tables: FakeTable[];
}

function table(name: string, rows: number, references: [string, string, string?][] = [], key: string[] = ["id"]): FakeTable {
  return {
    table: name,
    key,
    type: "integer",
    rows,
    bytes: rows * 164 + 24_576,
    references: references.map(([column, to, via]) => ({ column, to, via: via ?? `${name}_${column}_fkey` })),
  };
}

const SHOP: FakeTable[] = [
  table("addresses", 412_300, [["customer_id", "customers"], ["country_id", "countries"]]),
  table("audit_log", 1_204_000, [["actor_id", "users", "inferred"]]),
  table("categories", 84, [["parent_id", "categories"]]),
  table("countries", 249),
  table("customers", 318_442),
  table("invoices", 702_113, [["order_id", "orders"]]),
  table("order_items", 2_204_871, [["order_id", "orders"], ["product_id", "products"]], ["order_id", "line"]),
  table("orders", 741_920, [["customer_id", "customers"], ["shipping_address_id", "addresses"]]),
  table("payments", 699_004, [["invoice_id", "invoices"]]),
  table("product_categories", 9_310, [["product_id", "products"], ["category_id", "categories"]], ["product_id", "category_id"]),
  table("products", 6_204),
  table("reviews", 88_190, [["product_id", "products"], ["customer_id", "customers"]]),
  table("schema_migrations", 212, [], []),
  table("users", 42),
];

const SAMPLE: FakeTable[] = [
  table("categories", 8, [["parent_id", "categories"]]),
  table("customers", 40),
  table("order_items", 300, [["order_id", "orders"], ["product_id", "products"]], ["order_id", "line"]),
  table("orders", 120, [["customer_id", "customers"]]),
  table("products", 25, [["category_id", "categories"]]),
  table("reviews", 60, [["product_id", "products"], ["customer_id", "customers"]]),
];

const places: Record<EngineKind, ServerInfo> = {
  postgres: { engine: "postgres", version: "15.18", database: "shop_prod", place: "db.example.org:5432/shop_prod" },
  mysql: { engine: "mysql", version: "10.11.19-MariaDB", database: "shop_prod", place: "db.example.org:3306/shop_prod" },
  sqlite: { engine: "sqlite", version: "3.51.3", database: "sample.db", place: "/home/ann/.local/share/rekey/sample/sample.db" },
};

export const databases: Record<EngineKind, FakeDatabase> = {
  postgres: { server: places.postgres, schema: "public", uuidType: "uuid", tables: SHOP },
  mysql: { server: places.mysql, schema: "shop_prod", uuidType: "uuid", tables: SHOP },
  sqlite: { server: places.sqlite, schema: "main", uuidType: "TEXT", tables: SAMPLE },
};
