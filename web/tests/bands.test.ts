import { describe, expect, it } from "vitest";
import { bandsOf, costColour, ramps, servedColour } from "../src/lib/bands";
import type { Rule, Threshold } from "../src/lib/types";

const rule = (threshold: Threshold, setting = "all"): Rule => ({ setting, threshold, travel: { mode: "line" } });
const edges = (bands: { from: number; to: number | null }[]) => bands.map((b) => [b.from, b.to]);
const light = ramps.light;

describe("the classes of the map", () => {
  it("break at the threshold", () => {
    const b = bandsOf([rule({ seconds: 900 })], light);
    expect(edges(b.served)).toEqual([[0, 300], [300, 600], [600, 900]]);
    expect(edges(b.unserved)).toEqual([[900, 1800], [1800, 3600], [3600, null]]);
  });
  it("break at both thresholds of town and country, and say whose they are", () => {
    const b = bandsOf([rule({ seconds: 900 }, "urban"), rule({ seconds: 1800 }, "rural")], light);
    expect(edges(b.served)).toEqual([[0, 300], [300, 600], [600, 900], [900, 1800]]);
    expect(b.served.map((x) => x.setting)).toEqual([undefined, undefined, undefined, "rural"]);
    expect(b.unserved.map((x) => x.setting)).toEqual(["urban", undefined, undefined]);
  });
  it("keep whole minutes and metres, in halves where thirds are not whole", () => {
    expect(edges(bandsOf([rule({ seconds: 1200 })], light).served)).toEqual([[0, 600], [600, 1200]]);
    expect(edges(bandsOf([rule({ metres: 1250 })], light).served)).toEqual([[0, 625], [625, 1250]]);
    expect(bandsOf([rule({ metres: 1250 })], light).unit).toBe("metres");
  });
  it("have colours of their own, darkest nearest", () => {
    for (const rules of [[rule({ seconds: 900 })], [rule({ seconds: 900 }, "urban"), rule({ seconds: 1800 }, "rural")], [rule({ metres: 1250 })]]) {
      const b = bandsOf(rules, light);
      const all = [...b.served, ...b.unserved].map((x) => x.colour);
      expect(new Set(all).size).toBe(all.length);
      expect(b.served[0]!.colour).toBe(light.served[0]);
    }
  });
  it("are none without a rule", () => {
    expect(bandsOf([], light).served).toEqual([]);
    expect(costColour(bandsOf([], light))).toBe(light.unjudged);
  });
});

// The few operators that the colours use, to say what a cell looks like.
function evaluate(e: unknown, cell: Record<string, number>): unknown {
  if (!Array.isArray(e)) return e;
  const [op, ...args] = e as [string, ...unknown[]];
  const v = (i: number) => evaluate(args[i], cell) as number;
  switch (op) {
    case "get":
      return cell[args[0] as string];
    case "==":
      return v(0) === v(1);
    case ">=":
      return v(0) >= v(1);
    case "<=":
      return v(0) <= v(1);
    case "<":
      return v(0) < v(1);
    case "to-color":
      return args[0];
    case "case":
      for (let i = 0; i + 1 < args.length; i += 2) if (evaluate(args[i], cell)) return evaluate(args[i + 1], cell);
      return evaluate(args.at(-1), cell);
    case "step": {
      let out = args[1];
      for (let i = 2; i + 1 < args.length; i += 2) if (v(0) >= (args[i] as number)) out = args[i + 1];
      return out;
    }
  }
  throw new Error("operator " + op);
}

describe("the colour of a cell", () => {
  const bands = bandsOf([rule({ seconds: 900 }, "urban"), rule({ seconds: 1800 }, "rural")], light);
  const colour = (t: number, s: number, j = 1) => evaluate(costColour(bands), { t, s, j });
  it("follows the service's word on served, and the cost only within a side", () => {
    expect(colour(1200, 1)).toBe(light.served[3]); // rural: within 30
    expect(colour(1200, 0)).toBe(light.unserved[0]); // urban: beyond 15
  });
  it("closes every class above", () => {
    expect(colour(300, 1)).toBe(light.served[0]);
    expect(colour(301, 1)).toBe(light.served[1]);
    expect(colour(900, 1)).toBe(light.served[2]);
    expect(colour(1800, 1)).toBe(light.served[3]);
    expect(colour(1800, 0)).toBe(light.unserved[0]);
    expect(colour(1801, 0)).toBe(light.unserved[1]);
    expect(colour(9999, 0)).toBe(light.unserved[2]);
  });
  it("marks what cannot be reached and what is not judged", () => {
    expect(colour(-1, 0)).toBe(light.never);
    expect(colour(100, 0, 0)).toBe(light.unjudged);
  });
  it("tells served, partly served and unserved apart", () => {
    const served = (s: number, j = 1) => evaluate(servedColour(light), { s, j });
    expect(served(1)).toBe(light.served[1]);
    expect(served(0.4)).toBe(light.partly);
    expect(served(0)).toBe(light.unserved[1]);
    expect(served(1, 0)).toBe(light.unjudged);
  });
});

// Relative luminance of the WCAG.
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

describe("the ramps", () => {
  it.each(["light", "dark"] as const)("change lightness in one direction on each side: %s", (name) => {
    const sign = name === "light" ? 1 : -1;
    const rising = (hex: string[]) => hex.every((h, i) => i === 0 || luminance(h) > luminance(hex[i - 1]!));
    const order = (hex: string[]) => (sign > 0 ? hex : [...hex].reverse());
    expect(rising(order(ramps[name].served))).toBe(true);
    expect(rising(order([...ramps[name].unserved].reverse()))).toBe(true);
  });
});
