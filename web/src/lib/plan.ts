import type { Choice } from "./choice";
import type { Box, EffectRow, SiteAnswer } from "./types";

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

/** What is asked of the service. */
export interface Wish {
  /** Whether so many sites are wanted, or a share. */
  goal: "p" | "target";
  p: number;
  target: number;
  /** "cells", "villages", or "kind:K" for the houses of other facilities. */
  from: string;
  apart: number | null;
  /** A level of which every zone must have a site; "" none. */
  each: string;
  limit: number;
  /** How many may close; null as many as can without loss. */
  k: number | null;
}

export const noWish: Wish = { goal: "p", p: 3, target: 0.95, from: "cells", apart: null, each: "", limit: 60, k: 1 };

/** The state of the page that is about sites. */
export interface PlanState {
  does: Does;
  plan: Plan;
  wish: Wish;
  compare: Compare;
  job: string;
}

export const noPlanState: PlanState = { does: "", plan: noPlan, wish: noWish, compare: "change", job: "" };

/** A choice as the members of a body: the group shown does not count, plans go by that of the standard. */
export function choiceBody(c: Choice): Record<string, unknown> {
  const own = c.standard === "" ? { kind: c.kinds, within: c.within } : { standard: c.standard };
  const words = { mode: c.mode, as: c.as, direction: c.direction, boats: c.boats };
  return {
    ...own,
    ...Object.fromEntries(Object.entries(words).filter(([, v]) => v !== "")),
    ...(c.speed !== null && { speed: c.speed }),
    ...(c.detour !== null && { detour: c.detour }),
    ...(c.landmass !== null && { landmass: c.landmass ? "on" : "off" }),
  };
}

export function whatIfBody(c: Choice, p: Plan): Record<string, unknown> {
  return {
    ...choiceBody(c),
    ...(p.add.length > 0 && { add: p.add.map(({ kind, at }) => ({ kind, at })) }),
    ...(p.close.length > 0 && { close: p.close }),
    cells: true,
  };
}

export function sitingBody(c: Choice, w: Wish): Record<string, unknown> {
  return {
    ...choiceBody(c),
    ...(w.goal === "p" ? { p: w.p } : { target: w.target }),
    candidates: w.from,
    ...(w.apart !== null && { apart: w.apart }),
    ...(w.each !== "" && { each: { level: w.each } }),
    time_limit_s: w.limit,
  };
}

export function closuresBody(c: Choice, w: Wish): Record<string, unknown> {
  return { ...choiceBody(c), ...(w.k === null ? { all: true } : { k: w.k }), time_limit_s: w.limit };
}

/** What an answer changes; sites take the first kind of the question, as the service counts them. */
export function planOf(a: SiteAnswer, kind: string): Plan {
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
  const w = s.wish;
  q.set("plan", s.does);
  for (const p of s.plan.add) q.append("add", [p.at[0].toFixed(5), p.at[1].toFixed(5), p.kind].join(","));
  for (const id of s.plan.close) q.append("shut", id);
  if (w.goal === "target") q.set("target", String(w.target));
  else if (w.p !== noWish.p) q.set("p", String(w.p));
  if (w.from !== noWish.from) q.set("from", w.from);
  if (w.apart !== null) q.set("apart", String(w.apart));
  if (w.each !== "") q.set("each", w.each);
  if (w.limit !== noWish.limit) q.set("limit", String(w.limit));
  if (w.k !== noWish.k) q.set("k", w.k === null ? "all" : String(w.k));
  if (s.compare !== "change") q.set("compare", s.compare);
  if (s.job !== "") q.set("job", s.job);
}

/** Reads what writePlan wrote; anything that makes no sense is left out. */
export function readPlan(q: URLSearchParams): PlanState {
  const does = (["hand", "best", "close"] as const).find((d) => d === q.get("plan"));
  if (!does) return noPlanState;
  const number = (key: string, least: number, most: number, whole: boolean) => {
    const v = Number(q.get(key) || NaN);
    return v >= least && v <= most && (!whole || Number.isInteger(v)) ? v : null;
  };
  const from = q.get("from") ?? "";
  const target = number("target", 0.0001, 1, false);
  return {
    does,
    plan: { add: q.getAll("add").flatMap(pin), close: [...new Set(q.getAll("shut"))].filter(Boolean) },
    wish: {
      goal: target === null ? "p" : "target",
      p: number("p", 1, 1000, true) ?? noWish.p,
      target: target ?? noWish.target,
      from: from === "villages" || /^kind:./.test(from) ? from : noWish.from,
      apart: number("apart", 0.001, 4e6, false),
      each: q.get("each") ?? "",
      limit: number("limit", 1, 600, true) ?? noWish.limit,
      k: q.get("k") === "all" ? null : (number("k", 1, 1000, true) ?? noWish.k),
    },
    compare: q.get("compare") === "before" ? "before" : q.get("compare") === "after" ? "after" : "change",
    job: /^[0-9a-f]{8,40}$/.test(q.get("job") ?? "") ? q.get("job")! : "",
  };
}

function pin(text: string): Pin[] {
  const [lon, lat, ...rest] = text.split(",");
  const [x, y, kind] = [Number(lon || NaN), Number(lat || NaN), rest.join(",")];
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 && kind !== "" ? [{ at: [x, y], kind }] : [];
}
