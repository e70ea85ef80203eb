import { describe, expect, it } from "vitest";
import { choiceQuery, formatWithin, groupOf, isComplete, noChoice, parseWithin, rulesOf } from "../src/lib/choice";
import type { Standard } from "../src/lib/types";

const medical: Standard = {
  id: "xianning-2025/medical",
  name: {},
  document: {},
  clause: "",
  service: "medical",
  service_name: {},
  kinds: ["hospital"],
  group: "60+",
  rules: [
    { setting: "urban", threshold: { seconds: 900 }, travel: { mode: "line", as: "walk", speed_kmh: 5, detour: 1.3 } },
    { setting: "rural", threshold: { seconds: 1800 }, travel: { mode: "line", as: "drive", speed_kmh: 30, detour: 1.4 } },
  ],
};

describe("thresholds", () => {
  it("are read in every unit of the service", () => {
    expect(parseWithin("15min")).toEqual({ value: 15, unit: "min" });
    expect(parseWithin("1h")).toEqual({ value: 60, unit: "min" });
    expect(parseWithin("900s")).toEqual({ value: 15, unit: "min" });
    expect(parseWithin("1250m")).toEqual({ value: 1250, unit: "m" });
    expect(parseWithin("1.25km")).toEqual({ value: 1250, unit: "m" });
  });
  it.each(["", "15", "min", "0min", "-5min", "1e3m", "15 minutes", "NaNm"])("refuses %j", (text) => {
    expect(parseWithin(text)).toBeNull();
  });
  it("are written as the service reads them: never a fraction of a minute", () => {
    expect(formatWithin({ value: 15, unit: "min" })).toBe("15min");
    expect(formatWithin({ value: 7.5, unit: "min" })).toBe("450s");
    expect(formatWithin({ value: 1250, unit: "m" })).toBe("1250m");
  });
});

describe("the query of a choice", () => {
  it("names the standard, and only what was changed", () => {
    expect(choiceQuery({ ...noChoice, standard: medical.id }).toString()).toBe("standard=xianning-2025%2Fmedical");
    const way = { ...noChoice, standard: "a/b", mode: "mixed", as: "bike", direction: "from", boats: "best", speed: 12 };
    expect(choiceQuery(way).toString()).toBe("standard=a%2Fb&mode=mixed&as=bike&speed=12&direction=from&boats=best");
    const all = { ...noChoice, standard: "a/b", speed: 4.5, detour: 1.2, group: "60+", landmass: false, borders: "town" };
    expect(choiceQuery(all).toString()).toBe("standard=a%2Fb&speed=4.5&detour=1.2&group=60%2B&landmass=off&borders=town");
  });
  it("names kinds and threshold when there is no standard", () => {
    const own = { ...noChoice, kinds: ["hospital", "clinic"], within: "1250m", landmass: true };
    expect(choiceQuery(own).toString()).toBe("kind=hospital%2Cclinic&within=1250m&landmass=on");
  });
  it("never mixes the two", () => {
    const q = choiceQuery({ ...noChoice, standard: "a/b", kinds: ["clinic"], within: "15min" });
    expect(q.has("kind")).toBe(false);
    expect(q.has("within")).toBe(false);
  });
  it("is asked only when complete", () => {
    expect(isComplete(noChoice)).toBe(false);
    expect(isComplete({ ...noChoice, kinds: ["clinic"] })).toBe(true);
    expect(isComplete({ ...noChoice, kinds: ["clinic"], within: "soon" })).toBe(false);
    expect(isComplete({ ...noChoice, standard: "a/b" })).toBe(true);
  });
});

describe("the rules of a choice", () => {
  it("are those of the standard, with what was changed", () => {
    expect(rulesOf({ ...noChoice, standard: medical.id }, medical)).toEqual(medical.rules);
    const [urban, rural] = rulesOf({ ...noChoice, standard: medical.id, speed: 4 }, medical);
    expect(urban!.travel).toEqual({ mode: "line", as: "walk", speed_kmh: 4, detour: 1.3 });
    expect(rural!.travel.speed_kmh).toBe(4);
    expect(medical.rules[0]!.travel.speed_kmh).toBe(5);
  });
  it("forget the standard's speed and detour by another mode, and keep them by the same", () => {
    const [urban, rural] = rulesOf({ ...noChoice, standard: medical.id, mode: "walk", boats: "off", direction: "from" }, medical);
    expect(urban!.travel).toEqual({ mode: "walk", boats: "off", from: true });
    expect(rural!.travel).toEqual(urban!.travel);
    expect(rulesOf({ ...noChoice, standard: medical.id, mode: "line" }, medical)).toEqual(medical.rules);
  });
  it("are one rule everywhere for an own question", () => {
    const [rule, ...rest] = rulesOf({ ...noChoice, kinds: ["clinic"], within: "15min", speed: 5 }, undefined);
    expect(rest).toEqual([]);
    expect(rule).toMatchObject({ setting: "all", threshold: { seconds: 900 }, travel: { speed_kmh: 5 } });
  });
  it("are about the group asked for, else the standard's", () => {
    expect(groupOf(noChoice, medical)).toBe("60+");
    expect(groupOf({ ...noChoice, group: "all" }, medical)).toBe("all");
    expect(groupOf(noChoice, undefined)).toBe("all");
  });
});
