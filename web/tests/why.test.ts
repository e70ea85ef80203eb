import { describe, expect, it } from "vitest";
import type { Answer } from "../src/lib/app.svelte";
import type { Rule, Travel } from "../src/lib/types";
import { lineOf, travelOf, whyOf } from "../src/lib/why";

const line = (travel: object, threshold = {}) => lineOf({ setting: "all", threshold, travel: { mode: "line", ...travel } }, "en");

describe("how a rule travels", () => {
  it("says speed, detour and mover", () => {
    expect(line({ as: "walk", speed_kmh: 5, detour: 1.3 }, { seconds: 900 })).toBe("straight line × 1.3 at 5 km/h, on foot");
    expect(line({ speed_kmh: 5, detour: 1 }, { seconds: 900 })).toBe("straight line at 5 km/h");
    expect(lineOf({ setting: "all", threshold: { seconds: 900 }, travel: { mode: "line", as: "drive", speed_kmh: 30, detour: 1.4 } }, "zh")).toBe(
      "直线距离 × 1.4，30 公里/小时，驾车",
    );
  });
  it("says no speed where none counts", () => {
    expect(line({ speed_kmh: 5, detour: 1.3 }, { metres: 1250 })).toBe("straight line × 1.3");
    expect(line({}, { metres: 1250 })).toBe("straight line");
  });
});

const rule = (travel: Travel, threshold: Rule["threshold"] = { seconds: 900 }, setting = "all"): Rule => ({ setting, threshold, travel });

describe("how a rule travels over roads and ground", () => {
  it.each([
    [{ mode: "walk", boats: "typical" }, "on foot along roads, ferries: mean wait", "沿道路步行，轮渡一般候船"],
    [{ mode: "ebike", boats: "off", from: true }, "by e-bike along roads, starting from the facility, ferries: not running", "沿道路骑电动车，从设施出发，轮渡停航"],
    [{ mode: "drive", speed_kmh: 30 }, "by car along roads at 30 km/h on a residential street", "沿道路驾车，住宅街道上 30 公里/小时"],
    [{ mode: "cart" }, "cart along roads", "沿道路cart"],
    [{ mode: "friction" }, "on foot over open ground", "步行穿越开阔地"],
    [{ mode: "friction", speed_kmh: 3.5 }, "on foot over open ground at 3.5 km/h where it is good", "步行穿越开阔地，平坦处 3.5 公里/小时"],
    [{ mode: "mixed", as: "bike", boats: "best" }, "by bicycle along roads and on foot off them, ferries: no wait", "路上骑行、路外步行，轮渡恰好赶上"],
  ])("%j", (travel, en, zh) => {
    expect(lineOf(rule(travel), "en")).toBe(en);
    expect(lineOf(rule(travel), "zh")).toBe(zh);
  });
  it("says nothing of boats where there are none", () => {
    expect(lineOf(rule({ mode: "walk", boats: "typical" }), "en", false)).toBe("on foot along roads");
  });
  it("says it once, or setting by setting", () => {
    const walk = rule({ mode: "walk" }, { seconds: 900 }, "urban");
    expect(travelOf([walk, { ...walk, setting: "rural", threshold: { seconds: 1800 } }], "en")).toBe("on foot along roads");
    const drive = rule({ mode: "drive" }, { seconds: 900 }, "rural");
    expect(travelOf([walk, drive], "en")).toBe("urban: on foot along roads; rural: by car along roads");
    expect(travelOf([walk, drive], "zh")).toBe("城镇：沿道路步行；乡村：沿道路驾车");
    expect(travelOf([], "en")).toBe("");
    const boats = [walk, drive].map((r) => ({ ...r, travel: { ...r.travel, boats: "best" } }));
    expect(travelOf(boats, "en")).toBe("urban: on foot along roads; rural: by car along roads; ferries: no wait");
    boats[0]!.travel.boats = "off";
    expect(travelOf(boats, "zh")).toBe("城镇：沿道路步行，轮渡停航；乡村：沿道路驾车，轮渡恰好赶上");
  });
});

describe("why an answer is as it is", () => {
  const answer = (rules: Rule[], landmass: boolean) =>
    ({ rules, kinds: ["clinic"], total: { population: 10, facilities: 1, group: "all" }, run: { options: { landmass } } }) as unknown as Answer;
  const why = (a: Answer, lang: "en" | "zh" = "en") => whyOf(a, (k) => k, (g) => g, lang, true);
  it("says how people move and what water means to it", () => {
    expect(why(answer([rule({ mode: "walk", boats: "typical" })], true))).toEqual(
      expect.arrayContaining(["all: on foot along roads, ferries: mean wait, within 15 min", "Nobody walks over water, neither to a road nor on open ground."]),
    );
    expect(why(answer([rule({ mode: "walk" })], false), "zh")).toContain("步行到道路可以跨水面。");
    expect(why(answer([rule({ mode: "line", speed_kmh: 5 })], true))).toContain("Straight lines stop at the water.");
  });
});
