import { describe, expect, it } from "vitest";
import { remedyName, translate, type Key, type Lang } from "../src/i18n";
import { isLater, kept, placed, taking, variantOf } from "../src/lib/answer";
import { shareSteps } from "../src/lib/curve";
import { remedyPlace } from "../src/lib/remedies";
import { serviceName } from "../src/lib/services";
import type { Site, SiteAnswer } from "../src/lib/types";
import { valueWords, worthWords } from "../src/lib/worth";

const site = (id: string) => ({ id, at: [1, 2], name: id }) as Site;
const year = (name: string, built: string[]) => ({ year: name, budget: 2, spent: built.length, built, served: 1, share: 0.5 });
const answer = (part: Partial<SiteAnswer>) => ({ model: "mclp", open: ["a", "b", "c"], sites: [site("a"), site("b"), site("c")], ...part }) as SiteAnswer;
const t = (lang: Lang) => (key: Key, args?: Record<string, string | number>) => translate(lang, key, args);

describe("sites", () => {
  const a = answer({ years: [year("2026", ["c"]), year("2027", []), year("2028", ["a", "b"])] });
  it("are in the order of the years, and stand from theirs on", () => {
    const list = placed(a);
    expect(list.map((p) => [p.site.id, p.year])).toEqual([["c", "2026"], ["a", "2028"], ["b", "2028"]]);
    const later = (until: string) => list.map((p) => isLater(a, p, until));
    expect(later("2026")).toEqual([false, true, true]);
    expect(later("2027")).toEqual([false, true, true]);
    for (const until of ["2028", "", "2031"]) expect(later(until)).toEqual([false, false, false]);
  });
  it("are steady or of the core only where that was asked", () => {
    const sure = answer({ robust: { variants: [], steady: ["a"] }, near: { within: 0.01, answers: [], core: ["b"], unsure: ["c"] } });
    expect(placed(sure).map((p) => [p.steady, p.core])).toEqual([[false, false], [false, true], [false, false]]);
    const varied = { name: "threshold -10 %", open: ["a"], value: 1, gap: 0, proven: true, same: 1 / 3 };
    expect(placed({ ...sure, robust: { variants: [varied], steady: ["a"] } })[0]!.steady).toBe(true);
    expect(placed(answer({})).some((p) => p.steady || p.core || p.year)).toBe(false);
  });
  it("of another answer take their place", () => {
    expect(placed(answer({}), [site("x"), site("a")]).map((p) => p.site.id)).toEqual(["x", "a"]);
    expect(kept(answer({}), ["x", "a"])).toBe(1);
  });
});

describe("closures", () => {
  it("name those that take over, most people first", () => {
    const loads = [{ id: "a", before: 5, after: 5.2 }, { id: "b", before: 5, after: 7 }, { id: "c", before: 0, after: 9 }];
    expect(taking(answer({ loads })).map((l) => l.id)).toEqual(["c", "b"]);
  });
});

describe("variants", () => {
  it("are read from their names, unknown ones not", () => {
    expect(variantOf("threshold -10 %")).toEqual({ what: "threshold", sign: "−", by: "10" });
    expect(variantOf("country +10 %")).toEqual({ what: "country", sign: "+", by: "10" });
    expect(variantOf("weather +10 %")).toBeNull();
  });
});

describe("worth in words", () => {
  const words = (unit: string, value: number, bound: number, lang: Lang, of = { closing: false, farthest: false }) => worthWords({ unit, value, bound, gap: 0 }, of, t(lang), lang);
  it("is that of its unit", () => {
    expect(words("people", 1234.4, 1300, "en")).toEqual({ value: "1,234 people served", bound: "1,300" });
    expect(words("person-years", 584755, 584755, "en")).toEqual({ value: "584,755 person-years of service", bound: "584,755" });
    expect(words("person-years", 584755, 584755, "zh").value).toBe("覆盖 584,755 人·年");
    expect(words("sites", 5, 4.2, "en")).toEqual({ value: "5 sites", bound: "5" });
    expect(words("sites", 5, 4.2, "en", { closing: true, farthest: false }).value).toBe("5 facilities kept");
    expect(words("cost", 7.5, 7.25, "en")).toEqual({ value: "cost 7.5", bound: "7.25" });
    expect(words("seconds", 457.87, 400, "en")).toEqual({ value: "a mean journey of 7 min 38 s", bound: "6 min 40 s" });
    expect(words("metres", 999.2, 900, "en", { closing: false, farthest: true })).toEqual({ value: "a longest journey of 1,000 m", bound: "900 m" });
    expect(words("smiles", 3, 4, "en")).toEqual({ value: "3 smiles", bound: "4" });
  });
  it("of another answer is that of the model", () => {
    const of = (model: string, unit: string, v: number, timed = true) => valueWords(v, answer({ model }), unit, timed, t("en"), "en");
    expect(of("mclp", "people", 194334)).toBe("194,334 people served");
    expect(of("mclp", "person-years", 194334)).toBe("194,334 person-years of service");
    expect(of("lscp", "sites", 5)).toBe("5 sites");
    expect(of("pmedian", "seconds", 7.2e9)).toBe("2,000 hours of travel in all");
    expect(of("pmedian", "metres", 7.2e9, false)).toBe("7,200 km of travel in all");
    expect(of("pcenter", "seconds", 7.2e6)).toBe("a longest journey of 120 min");
  });
});

describe("services and remedies", () => {
  const app = { lang: "en" as Lang, standards: [{ id: "p/s@x", name: { en: "Clinics" } }] as never[], text: (n: { en?: string } | null | undefined) => n?.en ?? "", kindName: (k: string) => k.toUpperCase() };
  it("have names", () => {
    expect(serviceName("p/s@x", app)).toBe("Clinics");
    expect(serviceName("a+b@10min", app)).toBe("A, B (10 min)");
    expect(serviceName("a@1250m", { ...app, lang: "zh" })).toBe("A（1,250 米）");
    expect(serviceName("p/other", app)).toBe("p/other");
    expect([remedyName("sharing", "zh"), remedyName("sharing", "en"), remedyName("balloon", "en")]).toEqual(["跨界共享", "Sharing across the border", "balloon"]);
  });
});

describe("where a remedy lies", () => {
  const feature = (id: string, name: string, zone?: string) => ({ properties: { id, name, zone } }) as never;
  const app = { lang: "en" as Lang, facilities: [feature("f", "Clinic", "z")], zones: [feature("z", "East")] };
  const remedy = (part: object) => remedyPlace({ kind: "x", at: [1, 2], people: 1, share: 1, cost: 1, ...part }, app);
  it("is told by facility and zone, as far as they are known", () => {
    expect(remedy({})).toBe("");
    expect(remedy({ house: "f" })).toBe("Clinic, East");
    expect(remedy({ house: "f", name: "House" })).toBe("House, East");
    expect(remedy({ kind: "sharing", facility: "g", name: "Far clinic", zone: "y", zone_name: "West" })).toBe("Far clinic, West");
    expect(remedy({ kind: "sharing", facility: "g", zone: "y" })).toBe("g, y");
  });
});

describe("the steps of years", () => {
  it("rise within the box; equal shares are a flat line", () => {
    const s = shareSteps([0.8, 0.9, 1], 300, 100);
    expect(s.line).toBe("M0 85.0H100.0V42.5H200.0V0.0H300.0");
    expect(s.x).toEqual([50, 150, 250]);
    expect(shareSteps([1, 1], 300, 100).line).toBe("M0 50.0H150.0V50.0H300.0");
  });
});
