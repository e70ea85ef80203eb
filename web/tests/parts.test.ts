import { describe, expect, it } from "vitest";
import { groupName, levelName, translate } from "../src/i18n";
import { en } from "../src/i18n/en";
import { zh } from "../src/i18n/zh";
import { outline, shapes, symbolOf } from "../src/lib/kinds";
import { boxOf, labelPoint } from "../src/lib/shape";
import { sortRows } from "../src/lib/sort";
import type { Area, Row } from "../src/lib/types";
import { target } from "../src/ui/roving";
import { pixels, settle } from "../src/ui/sheet";

describe("the dictionaries", () => {
  const names = (s: string) => [...s.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
  it.each(Object.keys(en) as (keyof typeof en)[])("%s says the same in both languages", (key) => {
    expect(zh[key]).toBeTruthy();
    expect(names(zh[key])).toEqual(names(en[key]));
  });
  it("replace names and leave unknown ones in sight", () => {
    expect(translate("en", "target", { value: "90%" })).toBe("Target 90%");
    expect(translate("zh", "target")).toBe("目标 {value}");
  });
  it("name groups and levels, known or not", () => {
    expect(groupName("60+", "en")).toBe("Aged 60+");
    expect(groupName("60+", "zh")).toBe("60 岁及以上");
    expect(groupName("0-3", "zh")).toBe("0–3 岁");
    expect(groupName("all", "zh")).toBe("全部人口");
    expect(groupName("pupils", "en")).toBe("pupils");
    expect(levelName("county", "zh")).toBe("区县");
    expect(levelName("ward", "zh")).toBe("ward");
  });
});

describe("marks", () => {
  it("differ for the first seventy kinds", () => {
    const marks = Array.from({ length: 70 }, (_, i) => JSON.stringify(symbolOf(i)));
    expect(new Set(marks).size).toBe(70);
  });
  it("stay near the unit circle", () => {
    for (const s of shapes) for (const [x, y] of outline(s) ?? []) expect(Math.hypot(x, y)).toBeLessThan(1.2);
  });
});

describe("places for labels", () => {
  const square = (x: number, y: number, a: number): [number, number][] => [[x, y], [x + a, y], [x + a, y + a], [x, y + a], [x, y]];
  it("lie in the largest part", () => {
    const a: Area = { type: "MultiPolygon", coordinates: [[square(0, 0, 1)], [square(10, 10, 4)]] };
    const [x, y] = labelPoint(a)!;
    expect(x).toBeGreaterThan(11);
    expect(x).toBeLessThan(13);
    expect(y).toBeGreaterThan(11);
    expect(y).toBeLessThan(13);
  });
  it("lie inside a shape whose middle is outside", () => {
    const u: [number, number][] = [[0, 0], [9, 0], [9, 9], [6, 9], [6, 3], [3, 3], [3, 9], [0, 9], [0, 0]];
    const [x, y] = labelPoint({ type: "Polygon", coordinates: [u] })!;
    expect(y < 3 || x < 3 || x > 6).toBe(true);
  });
  it("are none for nothing", () => {
    expect(labelPoint({ type: "MultiPolygon", coordinates: [] })).toBeNull();
    expect(boxOf([])).toBeNull();
    expect(boxOf([{ type: "Polygon", coordinates: [square(1, 2, 3)] }])).toEqual([1, 2, 4, 5]);
  });
});

describe("the order of the zone table", () => {
  const row = (zone: string, name: string, share: number) => ({ zone, name, share, population: 1, served: share, facilities: 0 }) as Row;
  const rows = [row("3", "秀山乡", 0.5), row("1", "岱东镇", 0.2), row("2", "岱东镇", 0.5)];
  it("is by the column, equal ones by name and id both ways", () => {
    expect(sortRows(rows, "share", false, "zh").map((r) => r.zone)).toEqual(["1", "2", "3"]);
    expect(sortRows(rows, "share", true, "zh").map((r) => r.zone)).toEqual(["2", "3", "1"]);
    expect(sortRows(rows, "name", false, "zh").map((r) => r.zone)).toEqual(["1", "2", "3"]);
    expect(sortRows(rows, "name", true, "zh").map((r) => r.zone)).toEqual(["3", "1", "2"]);
  });
  it("leaves its argument alone", () => {
    sortRows(rows, "share", true, "en");
    expect(rows.map((r) => r.zone)).toEqual(["3", "1", "2"]);
  });
});

describe("keys in lists", () => {
  it("stop at the ends of a list and go round a row", () => {
    expect(target("ArrowDown", 0, 3, false)).toBe(1);
    expect(target("ArrowDown", 2, 3, false)).toBe(2);
    expect(target("ArrowUp", 0, 3, false)).toBe(0);
    expect(target("ArrowRight", 2, 3, true)).toBe(0);
    expect(target("ArrowLeft", 0, 3, true)).toBe(2);
    expect(target("End", 0, 3, false)).toBe(2);
    expect(target("ArrowRight", 0, 3, false)).toBeNull();
  });
});

describe("the sheet", () => {
  it("settles at the nearest height, or where it is thrown", () => {
    expect(settle(pixels("half", 844) + 30, 844, 0)).toBe("half");
    expect(settle(pixels("half", 844) + 30, 844, 2)).toBe("full");
    expect(settle(pixels("half", 844), 844, -2)).toBe("peek");
    expect(settle(100, 844, 0)).toBe("peek");
  });
});
