// Numbers, sizes, times and names as people read them.

import type { ColumnName } from "./generated/ColumnName";
import type { TableName } from "./generated/TableName";
import { t } from "./messages";

/** A web view under `LANG=C` reports "C" or "c", which `Intl` rejects. */
export function locale(language: string = globalThis.navigator?.language ?? "en"): string {
  try {
    return /^[a-z]{2,3}(-|$)/i.test(language) ? (Intl.getCanonicalLocales(language)[0] ?? "en") : "en";
  } catch {
    return "en";
  }
}

const whole = new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 });
const dateAndTime = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" });

export function count(value: number): string {
  return whole.format(value);
}

/** A count that may be the server's estimate. */
export function rows(value: number, estimated: boolean): string {
  return estimated ? `~${count(value)}` : count(value);
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

export function bytes(value: number): string {
  let unit = 0;
  let size = value;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 && unit > 0 ? oneDigit.format(size) : count(size)} ${UNITS[unit]}`;
}

export function duration(seconds: number): string {
  if (seconds < 0.01) return t.time.instant;
  if (seconds < 10) return t.time.seconds(oneDigit.format(Math.max(seconds, 0.1)));
  if (seconds < 60) return t.time.seconds(count(seconds));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t.time.minutes(count(minutes), count(Math.floor(seconds % 60)));
  return t.time.hours(count(Math.floor(minutes / 60)), count(minutes % 60));
}

/** A time that is mostly a small part of a second, for comparing two. */
export function moment(seconds: number): string {
  return seconds < 1 ? t.time.milliseconds(oneDigit.format(seconds * 1000)) : duration(seconds);
}

/** What is left, as a range: nobody can say it more exactly. */
export function remaining(seconds: number): string {
  if (seconds < 8) return t.time.fewSeconds;
  if (seconds < 55) return t.time.secondsRange(count(ceilTo(seconds * 0.8, 5)), count(ceilTo(seconds * 1.3, 5)));
  const low = Math.max(1, Math.floor((seconds * 0.8) / 60));
  return t.time.minutesRange(count(low), count(Math.max(low + 1, Math.ceil((seconds * 1.3) / 60))));
}

/** A time that lies between two, rounded outwards. */
export function span(low: number, high: number): string {
  if (high < 90) return t.time.secondsRange(count(Math.floor(low)), count(Math.ceil(high)));
  if (high < 7200) return t.time.minutesRange(count(Math.max(1, Math.floor(low / 60))), count(Math.ceil(high / 60)));
  return t.time.hoursRange(duration(low), duration(high));
}

function ceilTo(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

export function when(rfc3339: string): string {
  const date = new Date(rfc3339);
  return Number.isNaN(date.getTime()) ? rfc3339 : dateAndTime.format(date);
}

/** `main` is the only schema of a SQLite file and says nothing. */
export function tableText(name: TableName): string {
  return name.schema === "main" ? name.table : `${name.schema}.${name.table}`;
}

export function columnText(name: ColumnName): string {
  return `${tableText(name)}.${name.column}`;
}

export function columnKey(name: ColumnName): string {
  return JSON.stringify([name.schema, name.table, name.column]);
}

/** The same shortening for a table that comes as one text. */
export function plainTable(name: string): string {
  return name.startsWith("main.") ? name.slice(5) : name;
}
