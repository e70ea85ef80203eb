import { describe, expect, it } from "vitest";
import { noChoice } from "../src/lib/choice";
import { stepsShown, type Steps } from "../src/lib/journey.svelte";
import { reachQuery } from "../src/lib/reach.svelte";
import { inMode, modeHint, modesAsked, modesOffered, reachThresholds, ruleFor, travelQuery } from "../src/lib/travel";
import type { Mode, Project, Rule, Standard } from "../src/lib/types";

const mode = (name: string, roads: boolean, ground: boolean, speed_kmh?: number): Mode => ({ mode: name, name: {}, roads, ground, ...(speed_kmh && { speed_kmh }) });
const project = {
  modes: [mode("line", false, false, 5), mode("walk", true, false, 5), mode("friction", false, true, 4), mode("mixed", true, true)],
} as unknown as Project;
const rule = (setting: string, travel: Rule["travel"], threshold: Rule["threshold"]): Rule => ({ setting, travel, threshold });

describe("the modes", () => {
  const standard = { rules: [rule("urban", { mode: "walk" }, { seconds: 900 }), rule("rural", { mode: "drive" }, { seconds: 900 })] } as Standard;
  it("asked for are the choice's, else the standard's, else straight", () => {
    expect(modesAsked(noChoice, undefined)).toEqual(["line"]);
    expect(modesAsked(noChoice, standard)).toEqual(["walk", "drive"]);
    expect(modesAsked({ ...noChoice, mode: "bike" }, standard)).toEqual(["bike"]);
  });
  it("offered for metres cross no open ground", () => {
    expect(modesOffered(project, true).map((m) => m.mode)).toEqual(["line", "walk", "friction", "mixed"]);
    expect(modesOffered(project, false).map((m) => m.mode)).toEqual(["line", "walk"]);
  });
  it("leave out what they do not heed", () => {
    const c = { ...noChoice, mode: "walk", as: "bike", speed: 4, detour: 1.2, boats: "off", direction: "from" };
    expect(inMode(c, "drive")).toEqual({ mode: "drive", as: "", speed: null, detour: null, boats: "off", direction: "from" });
    expect(inMode(c, "friction")).toMatchObject({ boats: "", direction: "from" });
    expect(inMode(c, "line")).toMatchObject({ boats: "", direction: "" });
    expect(inMode(c, "")).toEqual({ mode: "", as: "", speed: null, detour: null, boats: "", direction: "" });
  });
  it("hint at their speed", () => {
    expect(modeHint(project.modes[1], "en", false)).toBe("along roads");
    expect(modeHint(project.modes[1], "en", true)).toBe("along roads, 5 km/h on a residential street");
    expect(modeHint(project.modes[2], "zh", true)).toBe("步行穿越开阔地，平坦处 4 公里/小时");
    expect(modeHint(undefined, "en", true)).toBe("");
  });
});

describe("the reach", () => {
  it("is drawn for the promises among 5, 10, 15 and 30 minutes", () => {
    const within = (...t: Rule["threshold"][]) => reachThresholds(t.map((x) => rule("all", { mode: "walk" }, x)));
    expect(within({ seconds: 900 })).toEqual([300, 600, 900, 1800].map((seconds) => ({ seconds })));
    expect(within({ seconds: 1200 })).toEqual([300, 600, 900, 1200, 1800].map((seconds) => ({ seconds })));
    expect(within({ seconds: 3600 }, { seconds: 1800 })).toEqual([900, 1800, 3600].map((seconds) => ({ seconds })));
    expect(within({ seconds: 900 }, { seconds: 4500 })).toEqual([900, 1200, 2400, 4500].map((seconds) => ({ seconds })));
    expect(within({ metres: 1250 })).toEqual([300, 650, 1250].map((metres) => ({ metres })));
    expect(within({ metres: 1 })).toEqual([{ metres: 1 }]);
    expect(within({ metres: 1000 })).toEqual([250, 500, 1000].map((metres) => ({ metres })));
    expect(within()).toHaveLength(4);
  });
  it("asks for just the way to travel that was answered", () => {
    const line = { mode: "line", as: "walk", speed_kmh: 5, detour: 1.3 };
    expect(travelQuery(line, true, true).toString()).toBe("mode=line&speed=5&detour=1.3");
    expect(travelQuery(line, false, false).toString()).toBe("mode=line&detour=1.3&landmass=off");
    expect(travelQuery({ mode: "mixed", as: "bike", boats: "off", from: true }, true, true).toString()).toBe("mode=mixed&as=bike&boats=off");
    const q = reachQuery({ from: [122.5, 30.25], travel: { mode: "walk" }, toward: true, within: [{ seconds: 300 }, { seconds: 900 }], landmass: true });
    expect(q.toString()).toBe("mode=walk&from=122.5%2C30.25&within=300s%2C900s&direction=to");
  });
  it("takes the rule of the setting, or the first", () => {
    const rules = [rule("urban", { mode: "walk" }, {}), rule("rural", { mode: "drive" }, {})];
    expect(ruleFor(rules, "rural")!.travel.mode).toBe("drive");
    expect(ruleFor(rules, undefined)!.travel.mode).toBe("walk");
    expect(ruleFor([rule("all", { mode: "bike" }, {})], "rural")!.travel.mode).toBe("bike");
  });
});

it("the steps shown take a second, or a metre", () => {
  const step = (ms: number) => ({ type: "Feature", geometry: {}, properties: { kind: "walk", ms } });
  const found = { features: [step(2), step(499), step(500), step(60_000)], route: {} } as unknown as Steps;
  expect(stepsShown(found).map((s) => s.properties.ms)).toEqual([500, 60_000]);
});
