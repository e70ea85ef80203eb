import type { Row } from "./types";

export type Column = "name" | "population" | "served" | "share" | "facilities";

/** The rows in the order of a column; equal ones by name, then by id, so that the order never jumps. */
export function sortRows(rows: Row[], column: Column, down: boolean, lang: string): Row[] {
  const words = new Intl.Collator(lang === "zh" ? "zh-CN" : "en", { numeric: true });
  const by = (a: Row, b: Row) => (column === "name" ? words.compare(a.name, b.name) : a[column] - b[column]);
  const tie = (a: Row, b: Row) => words.compare(a.name, b.name) || (a.zone < b.zone ? -1 : 1);
  return [...rows].sort((a, b) => (down ? -by(a, b) : by(a, b)) || tie(a, b));
}
