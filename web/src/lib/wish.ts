import { choiceBody, parseWithin, type Choice } from "./choice";

/** A year of a plan in steps, and what may be spent in it. */
export interface Step {
  year: string;
  budget: number;
}

/** Kinds and a threshold of a further service. */
export interface Own {
  kinds: string[];
  within: string;
}

/** What is asked of the service. */
export interface Wish {
  /** Whether so many sites are wanted, a share, or so many in each year. */
  goal: "p" | "target" | "years";
  p: number;
  target: number;
  years: Step[];
  /** What is not spent in a year may be spent later. */
  carry: boolean;
  /** The last year comes first. */
  lastFirst: boolean;
  /** So much less than those of the year before count the people of each year. */
  discount: number;
  /** "cells", "villages", or "kind:K" for the houses of other facilities. */
  from: string;
  /** What is made best: "" the people served, else the travel of all or of the farthest. */
  model: "" | "pmedian" | "pcenter";
  budget: number | null;
  /** The budget alone says how many. */
  budgetOnly: boolean;
  apart: number | null;
  backup: boolean;
  capacity: boolean;
  /** People that a unit of capacity serves: a bed, a place; null one. */
  perUnit: number | null;
  /** A level of which every zone must have so many sites, or a share; "" none. */
  each: string;
  eachSites: number;
  eachShare: number | null;
  /** Standards of further services in the same buildings. */
  services: string[];
  own: Own[];
  /** Answer again with what the answer rests on a tenth lower and higher. */
  robust: boolean;
  /** Look for other answers so near the best; null not. */
  near: number | null;
  limit: number;
  /** How many may close; null as many as can without loss. */
  k: number | null;
  /** Of so many: nobody loses the service. */
  lossless: boolean;
  /** Nobody receives more people than their capacity. */
  room: boolean;
  /** Facilities that stay. */
  keep: string[];
}

export const noWish: Wish = {
  goal: "p", p: 3, target: 0.95, years: [], carry: false, lastFirst: false, discount: 0,
  from: "cells", model: "", budget: null, budgetOnly: false, apart: null, backup: false, capacity: false, perUnit: null,
  each: "", eachSites: 1, eachShare: null, services: [], own: [], robust: false, near: null, limit: 60,
  k: 1, lossless: false, room: false, keep: [],
};

export const nearShare = 0.01;
export const mostYears = 30;
export const mostServices = 20;

/** Three years from the one given, a site in each. */
export const someYears = (first: number): Step[] => [0, 1, 2].map((i) => ({ year: String(first + i), budget: 1 }));

/** The year after the last one. */
export function nextYear(years: Step[], first: number): Step {
  const last = Number(years.at(-1)?.year || NaN);
  return { year: String(Number.isInteger(last) ? last + 1 : first), budget: years.at(-1)?.budget ?? 1 };
}

/** The wish whose goal is another; years are begun with the one given. */
export function withGoal(w: Wish, goal: string, first: number): Partial<Wish> {
  if (goal !== "years") return { goal: goal === "target" ? "target" : "p" };
  return { goal, years: w.years.length > 0 ? w.years : someYears(first) };
}

export type Condition = "model" | "budget" | "backup" | "capacity" | "each" | "eachShare" | "near";
/** What a condition does not go with. */
export type Clash = "years" | "together" | "target" | "model" | "capacity";

const clashes: Record<Condition, Clash[]> = {
  model: ["years", "together", "target"],
  budget: ["years", "target"],
  capacity: ["years", "together"],
  backup: ["years", "together", "model", "capacity"],
  each: ["years", "together"],
  eachShare: ["years", "together", "model"],
  near: ["years"],
};

const stands: Record<Clash, (w: Wish) => boolean> = {
  years: (w) => w.goal === "years",
  target: (w) => w.goal === "target",
  together: (w) => w.services.length + w.own.length > 0,
  model: (w) => w.model !== "" && clash(w, "model") === null,
  capacity: (w) => w.capacity && clash(w, "capacity") === null,
};

/** What keeps a condition from being asked for, as the service would say; null nothing does. */
export const clash = (w: Wish, c: Condition): Clash | null => clashes[c].find((x) => stands[x](w)) ?? null;

/** Whether a condition that is there or not is part of the question. */
export const holds = (w: Wish, c: "backup" | "capacity") => w[c] && clash(w, c) === null;

function amount(w: Wish): Record<string, unknown> {
  if (w.goal === "target") return { target: w.target };
  if (w.goal === "years") {
    return { years: w.years, ...(w.carry && { carry: true }), ...(w.lastFirst && { last_first: true }), ...(w.discount > 0 && { discount: w.discount }) };
  }
  if (w.budget === null) return { p: w.p };
  return { ...(!w.budgetOnly && { p: w.p }), budget: w.budget };
}

function further(c: Choice, w: Wish): Record<string, unknown> {
  const all = [...w.services.filter((s) => s !== c.standard).map((standard) => ({ standard })), ...w.own.map((o) => ({ kind: o.kinds, within: o.within }))];
  return all.length > 0 ? { with: all } : {};
}

/** The question for sites: what does not go with the rest of it is left out. */
export function sitingBody(c: Choice, whole: Wish): Record<string, unknown> {
  const w = { ...whole, services: whole.services.filter((s) => s !== c.standard) };
  const asked = (x: Condition) => clash(w, x) === null;
  const share = w.eachShare !== null && asked("eachShare");
  return {
    ...choiceBody(c),
    ...amount(w),
    candidates: w.from,
    ...(w.model !== "" && asked("model") && { model: w.model }),
    ...(w.apart !== null && { apart: w.apart }),
    ...(holds(w, "backup") && { backup: true }),
    ...(holds(w, "capacity") && { capacity: true, ...(w.perUnit !== null && { per_unit: w.perUnit }) }),
    ...(w.each !== "" && asked("each") && { each: { level: w.each, ...(share ? { share: w.eachShare } : w.eachSites > 1 && { sites: w.eachSites }) } }),
    ...further(c, w),
    ...(w.near !== null && asked("near") && { near: w.near }),
    ...(w.robust && { robust: true }),
    time_limit_s: w.limit,
  };
}

/** Where the sites of another answer lie: the question that has them all fixed. */
export function placesBody(c: Choice, w: Wish, open: string[]): Record<string, unknown> {
  return { ...choiceBody(c), p: open.length, candidates: w.from, fixed: open, ...further(c, w), curve: false, time_limit_s: w.limit };
}

export function closuresBody(c: Choice, w: Wish): Record<string, unknown> {
  return {
    ...choiceBody(c),
    ...(w.k === null ? { all: true } : { k: w.k, ...(w.lossless && { lossless: true }) }),
    ...(w.keep.length > 0 && { keep: w.keep }),
    ...(w.room && { capacity: true, ...(w.perUnit !== null && { per_unit: w.perUnit }) }),
    time_limit_s: w.limit,
  };
}

/** Writes a wish into a link, leaving out what is as it would be anyway. */
export function writeWish(w: Wish, q: URLSearchParams): void {
  const flags: [string, boolean][] = [["backup", w.backup], ["capacity", w.capacity], ["robust", w.robust], ["lossless", w.lossless], ["room", w.room]];
  if (w.goal === "target") q.set("target", String(w.target));
  else if (w.goal === "years") writeYears(w, q);
  else if (w.p !== noWish.p) q.set("p", String(w.p));
  if (w.from !== noWish.from) q.set("from", w.from);
  if (w.model !== "") q.set("model", w.model);
  if (w.budget !== null) q.set("budget", (w.budgetOnly ? "only:" : "") + String(w.budget));
  if (w.apart !== null) q.set("apart", String(w.apart));
  if (w.each !== "") q.set("each", w.each);
  if (w.each !== "" && w.eachShare !== null) q.set("each-share", String(w.eachShare));
  else if (w.each !== "" && w.eachSites !== noWish.eachSites) q.set("each-sites", String(w.eachSites));
  for (const s of w.services) q.append("with", s);
  for (const o of w.own) q.append("with-kind", `${o.within}:${o.kinds.join(",")}`);
  if (w.near !== null) q.set("near", String(w.near));
  for (const [key, on] of flags) if (on) q.set(key, "on");
  if (w.perUnit !== null) q.set("per-unit", String(w.perUnit));
  if (w.limit !== noWish.limit) q.set("limit", String(w.limit));
  if (w.k !== noWish.k) q.set("k", w.k === null ? "all" : String(w.k));
  for (const id of w.keep) q.append("stay", id);
}

function writeYears(w: Wish, q: URLSearchParams): void {
  for (const y of w.years) q.append("year", `${y.budget}:${y.year}`);
  if (w.carry) q.set("carry", "on");
  if (w.lastFirst) q.set("last-first", "on");
  if (w.discount > 0) q.set("discount", String(w.discount));
}

/** Reads what writeWish wrote; anything that makes no sense is left out. */
export function readWish(q: URLSearchParams): Wish {
  const number = (text: string | null, least: number, most: number, whole = false) => {
    const v = Number(text || NaN);
    return v >= least && v <= most && (!whole || Number.isInteger(v)) ? v : null;
  };
  const on = (key: string) => q.get(key) === "on";
  const from = q.get("from") ?? "";
  const each = q.get("each") ?? "";
  const target = number(q.get("target"), 0.0001, 1);
  const years = uniqueYears(q.getAll("year").flatMap(step)).slice(0, mostYears);
  const budget = (q.get("budget") ?? "").split(":");
  const amount = number(budget.at(-1)!, 1e-6, 1e15);
  return {
    goal: target !== null ? "target" : years.length > 0 ? "years" : "p",
    p: number(q.get("p"), 1, 1000, true) ?? noWish.p,
    target: target ?? noWish.target,
    years: target === null ? years : [],
    carry: on("carry"),
    lastFirst: on("last-first"),
    discount: number(q.get("discount"), 0, 0.99) ?? 0,
    from: from === "villages" || /^kind:./.test(from) ? from : noWish.from,
    model: (["pmedian", "pcenter"] as const).find((m) => m === q.get("model")) ?? "",
    budget: amount,
    budgetOnly: amount !== null && budget.length > 1 && budget[0] === "only",
    apart: number(q.get("apart"), 0.001, 4e6),
    backup: on("backup"),
    capacity: on("capacity"),
    perUnit: number(q.get("per-unit"), 1e-6, 1e6),
    each,
    eachSites: (each && number(q.get("each-sites"), 1, 1000, true)) || noWish.eachSites,
    eachShare: each ? number(q.get("each-share"), 0.0001, 1) : null,
    services: [...new Set(q.getAll("with"))].filter(Boolean).slice(0, mostServices),
    own: q.getAll("with-kind").flatMap(own).slice(0, mostServices),
    robust: on("robust"),
    near: number(q.get("near"), 1e-6, 0.5),
    limit: number(q.get("limit"), 1, 600, true) ?? noWish.limit,
    k: q.get("k") === "all" ? null : (number(q.get("k"), 1, 1000, true) ?? noWish.k),
    lossless: on("lossless"),
    room: on("room"),
    keep: [...new Set(q.getAll("stay"))].filter(Boolean),
  };
}

const uniqueYears = (years: Step[]) => years.filter((y, i) => years.findIndex((o) => o.year === y.year) === i);

function step(text: string): Step[] {
  const m = /^(\d+(?:\.\d+)?):(.{1,40})$/.exec(text);
  return m ? [{ year: m[2]!, budget: Number(m[1]) }] : [];
}

function own(text: string): Own[] {
  const [within = "", ...rest] = text.split(":");
  const kinds = rest.join(":").split(",").filter(Boolean);
  return parseWithin(within) && kinds.length > 0 ? [{ kinds, within }] : [];
}
