import { describe, expect, it } from "vitest";
import { choiceBody, noChoice } from "../src/lib/choice";
import { clash, closuresBody, nextYear, noWish, placesBody, readWish, sitingBody, withGoal, writeWish, type Condition, type Wish } from "../src/lib/wish";

const own = { ...noChoice, kinds: ["a", "b"], within: "1250m" };
const q = choiceBody(own);
const base = { ...q, candidates: "cells", time_limit_s: 60 };
const years = [{ year: "2026", budget: 2 }, { year: "2027", budget: 1.5 }];

describe("the question for sites", () => {
  const asks: [string, Partial<Wish>, Record<string, unknown>][] = [
    ["nothing besides", {}, { p: 3 }],
    ["a share, from houses", { goal: "target", target: 0.9, from: "kind:school", apart: 500, each: "town", limit: 5 }, { target: 0.9, candidates: "kind:school", apart: 500, each: { level: "town" }, time_limit_s: 5 }],
    ["years", { goal: "years", years }, { years }],
    ["years and how they go together", { goal: "years", years, carry: true, lastFirst: true, discount: 0.05 }, { years, carry: true, last_first: true, discount: 0.05 }],
    ["how years go together, but of no years", { years, carry: true, lastFirst: true, discount: 0.05 }, { p: 3 }],
    ["a budget beside the number", { budget: 7.5 }, { p: 3, budget: 7.5 }],
    ["a budget alone", { budget: 7.5, budgetOnly: true }, { budget: 7.5 }],
    ["another model", { model: "pmedian" }, { p: 3, model: "pmedian" }],
    ["backup", { backup: true }, { p: 3, backup: true }],
    ["capacities", { capacity: true }, { p: 3, capacity: true }],
    ["capacities in beds", { capacity: true, perUnit: 40 }, { p: 3, capacity: true, per_unit: 40 }],
    ["beds that do not count", { perUnit: 40 }, { p: 3 }],
    ["sites in every zone", { each: "town", eachSites: 2 }, { p: 3, each: { level: "town", sites: 2 } }],
    ["a share of every zone", { each: "town", eachShare: 0.8 }, { p: 3, each: { level: "town", share: 0.8 } }],
    ["further services", { services: ["p/t"], own: [{ kinds: ["c", "d"], within: "10min" }] }, { p: 3, with: [{ standard: "p/t" }, { kind: ["c", "d"], within: "10min" }] }],
    ["how steady it is", { robust: true, near: 0.01 }, { p: 3, near: 0.01, robust: true }],
  ];
  it.each(asks)("says %s", (_, part, want) => {
    expect(sitingBody(own, { ...noWish, ...part })).toEqual({ ...base, ...want });
  });
  it("leaves out what the service would refuse, and the service that is asked about", () => {
    const all: Wish = { ...noWish, model: "pcenter", budget: 5, backup: true, capacity: true, each: "town", eachShare: 0.5, near: 0.01, robust: true };
    expect(sitingBody(own, { ...all, goal: "years", years })).toEqual({ ...base, years, robust: true });
    expect(sitingBody(own, { ...all, services: ["p/t"] })).toEqual({ ...base, p: 3, budget: 5, with: [{ standard: "p/t" }], near: 0.01, robust: true });
    expect(sitingBody(own, { ...all, goal: "target", target: 0.9 })).toEqual({ ...base, target: 0.9, capacity: true, each: { level: "town", share: 0.5 }, near: 0.01, robust: true });
    expect(sitingBody(own, all)).toEqual({ ...base, p: 3, budget: 5, model: "pcenter", capacity: true, each: { level: "town" }, near: 0.01, robust: true });
    const standard = { ...noChoice, standard: "p/s" };
    expect(sitingBody(standard, { ...noWish, backup: true, services: ["p/s"] })).toEqual({ standard: "p/s", p: 3, candidates: "cells", backup: true, time_limit_s: 60 });
  });
  it("for the places of another answer has its sites fixed", () => {
    const w: Wish = { ...noWish, from: "villages", goal: "target", capacity: true, near: 0.01, robust: true, services: ["p/t"] };
    expect(placesBody(own, w, ["x", "y"])).toEqual({ ...base, candidates: "villages", p: 2, fixed: ["x", "y"], with: [{ standard: "p/t" }], curve: false });
  });
});

describe("the question for closures", () => {
  it.each<[string, Partial<Wish>, Record<string, unknown>]>([
    ["so many", { k: 4 }, { k: 4 }],
    ["all that can", { k: null, lossless: true }, { all: true }],
    ["so many without loss", { k: 2, lossless: true }, { k: 2, lossless: true }],
    ["what stays, within beds", { room: true, perUnit: 2.5 }, { k: 1, capacity: true, per_unit: 2.5 }],
    ["what stays, within capacities", { keep: ["x"], room: true }, { k: 1, keep: ["x"], capacity: true }],
  ])("says %s", (_, part, want) => {
    expect(closuresBody(own, { ...noWish, ...part })).toEqual({ ...q, ...want, time_limit_s: 60 });
  });
});

describe("what does not go together", () => {
  it.each<[Condition, Partial<Wish>, string | null]>([
    ["model", { goal: "years" }, "years"],
    ["model", { goal: "target" }, "target"],
    ["model", { own: [{ kinds: ["c"], within: "10min" }] }, "together"],
    ["model", { model: "pmedian", capacity: true }, null],
    ["budget", { goal: "target" }, "target"],
    ["capacity", { services: ["p/t"] }, "together"],
    ["capacity", { model: "pcenter", backup: true }, null],
    ["backup", { model: "pmedian" }, "model"],
    ["backup", { model: "pmedian", goal: "target" }, null],
    ["backup", { capacity: true }, "capacity"],
    ["each", { goal: "years" }, "years"],
    ["each", { model: "pmedian" }, null],
    ["eachShare", { model: "pmedian" }, "model"],
    ["near", { goal: "years" }, "years"],
    ["near", { services: ["p/t"] }, null],
  ])("%s with %o: %s", (condition, part, want) => {
    expect(clash({ ...noWish, ...part }, condition)).toBe(want);
  });
});

describe("years", () => {
  it("begin with this one and go on with the next", () => {
    expect(withGoal(noWish, "years", 2026)).toEqual({ goal: "years", years: ["2026", "2027", "2028"].map((year) => ({ year, budget: 1 })) });
    expect(withGoal({ ...noWish, years }, "years", 2030)).toEqual({ goal: "years", years });
    expect(withGoal({ ...noWish, years }, "p", 2030)).toEqual({ goal: "p" });
    expect(nextYear(years, 2030)).toEqual({ year: "2028", budget: 1.5 });
    expect(nextYear([{ year: "later", budget: 2 }], 2030)).toEqual({ year: "2030", budget: 2 });
  });
});

describe("the link", () => {
  const round = (w: Wish) => {
    const p = new URLSearchParams();
    writeWish(w, p);
    return [readWish(new URLSearchParams(p.toString())), decodeURIComponent(p.toString())] as const;
  };
  it.each<[string, Partial<Wish>]>([
    ["", {}],
    ["year=2:2026&year=1.5:2027", { goal: "years", years }],
    ["year=0:第 1 期: a&carry=on&last-first=on&discount=0.05", { goal: "years", years: [{ year: "第 1 期: a", budget: 0 }], carry: true, lastFirst: true, discount: 0.05 }],
    ["model=pmedian&budget=7.5", { model: "pmedian", budget: 7.5 }],
    ["budget=only:4&backup=on", { budget: 4, budgetOnly: true, backup: true }],
    ["each=town&each-sites=2&capacity=on", { each: "town", eachSites: 2, capacity: true }],
    ["each=town&each-share=0.8", { each: "town", eachShare: 0.8 }],
    ["with=p/t&with=医疗,a&with-kind=10min:c,d:e", { services: ["p/t", "医疗,a"], own: [{ kinds: ["c", "d:e"], within: "10min" }] }],
    ["capacity=on&per-unit=40", { capacity: true, perUnit: 40 }],
    ["near=0.01&robust=on", { near: 0.01, robust: true }],
    ["lossless=on&room=on&k=2&stay=f,1&stay=医院 #7", { k: 2, lossless: true, room: true, keep: ["f,1", "医院 #7"] }],
  ])("brings back %s", (link, part) => {
    const w = { ...noWish, ...part };
    const [back, text] = round(w);
    expect(back).toEqual(w);
    expect(text.replaceAll("+", " ")).toBe(link);
  });
  it("leaves out what makes no sense", () => {
    for (const bad of ["year=x", "year=:2026", "year=-1:2026", "year=1:", "discount=1", "carry=yes", "model=mclp", "budget=0", "budget=only:", "each-sites=2", "each=&each-share=0.5", "with=", "with-kind=c", "with-kind=10:c", "with-kind=10min:,", "near=0.9", "near=on", "stay="]) {
      expect(readWish(new URLSearchParams(bad)), bad).toEqual(noWish);
    }
    expect(readWish(new URLSearchParams("year=1:2026&year=2:2026")).years).toEqual([{ year: "2026", budget: 1 }]);
    expect(readWish(new URLSearchParams("target=0.9&year=1:2026"))).toEqual({ ...noWish, goal: "target", target: 0.9 });
  });
});
