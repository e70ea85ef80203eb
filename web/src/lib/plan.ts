import { choiceBody, type Choice } from "./choice";
import type { Box, EffectRow, Site } from "./types";
import { noWish, readWish, writeWish, type Wish } from "./wish";

/** What is done about sites: tried by hand, or asked of the service; "" the page shows the coverage. */
export type Does = "" | "hand" | "best" | "close";
/** What the map shows of changes. */
export type Compare = "before" | "change" | "after";

/** A facility that is added on paper. */
export interface Pin {
  at: [number, number];
  kind: string;
}

/** What is changed: facilities added, and ids of those closed. */
export interface Plan {
  add: Pin[];
  close: string[];
}

const roomDegrees = 0.012; // about a kilometre

export const noPlan: Plan = { add: [], close: [] };
export const isEmpty = (p: Plan) => p.add.length === 0 && p.close.length === 0;

/** The state of the page that is about sites. */
export interface PlanState {
  does: Does;
  plan: Plan;
  wish: Wish;
  compare: Compare;
  job: string;
  /** Of a plan by year: what stands at the end of this one; "" of the last. */
  until: string;
  /** Which of the other answers is looked at; -1 the answer itself. */
  other: number;
}

export const noPlanState: PlanState = { does: "", plan: noPlan, wish: noWish, compare: "change", job: "", until: "", other: -1 };

export function whatIfBody(c: Choice, p: Plan): Record<string, unknown> {
  return {
    ...choiceBody(c),
    ...(p.add.length > 0 && { add: p.add.map(({ kind, at }) => ({ kind, at })) }),
    ...(p.close.length > 0 && { close: p.close }),
    cells: true,
  };
}

/** What an answer changes; sites take the first kind of the question, as the service counts them. */
export function planOf(a: { sites: Pick<Site, "at">[]; closed?: string[] | undefined }, kind: string): Plan {
  return a.closed ? { add: [], close: a.closed } : { add: a.sites.map((s) => ({ at: s.at, kind })), close: [] };
}

/** The plan that fits other kinds: what is added becomes of the first of them; only facilities of them are closed. */
export function planFor(p: Plan, kinds: string[], kindOf: (id: string) => string | undefined): Plan {
  const [first] = kinds;
  const add = first === undefined ? [] : p.add.map((a) => (kinds.includes(a.kind) ? a : { ...a, kind: first }));
  return { add, close: p.close.filter((id) => kinds.includes(kindOf(id) ?? "")) };
}

/** Rows of a level where something changes, most people first. */
export function changedRows(rows: EffectRow[], level: string): EffectRow[] {
  const weight = (r: EffectRow) => r.gained + r.lost;
  return rows
    .filter((r) => r.level === level && (weight(r) > 0 || r.worse_off > 0))
    .sort((a, b) => weight(b) - weight(a) || b.worse_off - a.worse_off || (a.zone < b.zone ? -1 : 1));
}

/** The box round what is changed with room for what it changes, null for none. */
export function boxOfPins(at: [number, number][]): Box | null {
  if (at.length === 0) return null;
  const [x, y] = [at.map((p) => p[0]), at.map((p) => p[1])];
  const [w, s, e, n] = [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
  const room = Math.max(roomDegrees, 0.15 * Math.max(e - w, n - s));
  return [w - room, s - room, e + room, n + room];
}

/** Writes what is about sites into a link. */
export function writePlan(s: PlanState, q: URLSearchParams): void {
  if (s.does === "") return;
  q.set("plan", s.does);
  for (const p of s.plan.add) q.append("add", [p.at[0].toFixed(5), p.at[1].toFixed(5), p.kind].join(","));
  for (const id of s.plan.close) q.append("shut", id);
  writeWish(s.wish, q);
  if (s.compare !== "change") q.set("compare", s.compare);
  if (s.job !== "") q.set("job", s.job);
  if (s.until !== "") q.set("until", s.until);
  if (s.other >= 0) q.set("other", String(s.other + 1));
}

/** Reads what writePlan wrote; anything that makes no sense is left out. */
export function readPlan(q: URLSearchParams): PlanState {
  const does = (["hand", "best", "close"] as const).find((d) => d === q.get("plan"));
  if (!does) return noPlanState;
  const other = Number(q.get("other") || NaN);
  return {
    does,
    plan: { add: q.getAll("add").flatMap(pin), close: [...new Set(q.getAll("shut"))].filter(Boolean) },
    wish: readWish(q),
    compare: q.get("compare") === "before" ? "before" : q.get("compare") === "after" ? "after" : "change",
    job: /^[0-9a-f]{8,40}$/.test(q.get("job") ?? "") ? q.get("job")! : "",
    until: q.get("until") ?? "",
    other: Number.isInteger(other) && other >= 1 && other <= 1000 ? other - 1 : -1,
  };
}

function pin(text: string): Pin[] {
  const [lon, lat, ...rest] = text.split(",");
  const [x, y, kind] = [Number(lon || NaN), Number(lat || NaN), rest.join(",")];
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 && kind !== "" ? [{ at: [x, y], kind }] : [];
}
