import { describe, expect, it } from "vitest";
import { choiceBody, noChoice } from "../src/lib/choice";
import { drawing, ticks } from "../src/lib/curve";
import { points, tinyShare } from "../src/lib/format";
import {
  boxOfPins, changedRows, isEmpty, noPlan, noPlanState, planFor, planOf, readPlan, whatIfBody, writePlan, type PlanState,
} from "../src/lib/plan";
import type { EffectRow, SiteAnswer } from "../src/lib/types";
import { noWish } from "../src/lib/wish";

const own = { ...noChoice, kinds: ["a", "b"], within: "1250m" };
const standard = { ...noChoice, standard: "p/s", mode: "walk", speed: 4.5, landmass: false, group: "60+" };

describe("bodies", () => {
  it("say the question, but not the group that is shown", () => {
    expect(choiceBody(own)).toEqual({ kind: ["a", "b"], within: "1250m" });
    expect(choiceBody(standard)).toEqual({ standard: "p/s", mode: "walk", speed: 4.5, landmass: "off" });
    expect(choiceBody({ ...own, landmass: true, borders: "county", detour: 1.3, boats: "off", direction: "from", as: "bike" })).toEqual({
      kind: ["a", "b"], within: "1250m", landmass: "on", borders: "county", detour: 1.3, boats: "off", direction: "from", as: "bike",
    });
  });
  it("say the changes", () => {
    expect(whatIfBody(own, { add: [{ at: [1, 2], kind: "a" }], close: [] })).toEqual({ kind: ["a", "b"], within: "1250m", add: [{ kind: "a", at: [1, 2] }], cells: true });
    expect(whatIfBody(own, { add: [], close: ["x"] })).toEqual({ kind: ["a", "b"], within: "1250m", close: ["x"], cells: true });
  });
});

describe("plans", () => {
  const answer = { sites: [{ id: "c", at: [1, 2] }, { id: "d", at: [3, 4] }] } as unknown as SiteAnswer;
  it("come of answers", () => {
    expect(planOf(answer, "k")).toEqual({ add: [{ at: [1, 2], kind: "k" }, { at: [3, 4], kind: "k" }], close: [] });
    expect(planOf({ ...answer, closed: ["x", "y"] }, "k")).toEqual({ add: [], close: ["x", "y"] });
    expect(planOf({ ...answer, closed: [] }, "k")).toEqual(noPlan);
  });
  it("fit other kinds", () => {
    const plan = { add: [{ at: [1, 2] as [number, number], kind: "a" }, { at: [3, 4] as [number, number], kind: "b" }], close: ["x", "y", "gone"] };
    const kindOf = (id: string) => ({ x: "a", y: "b" })[id];
    expect(planFor(plan, ["b"], kindOf)).toEqual({ add: [{ at: [1, 2], kind: "b" }, { at: [3, 4], kind: "b" }], close: ["y"] });
    expect(isEmpty(planFor(plan, [], kindOf))).toBe(true);
  });
  it("have a box with room round them", () => {
    expect(boxOfPins([])).toBeNull();
    const [w, s, e, n] = boxOfPins([[1, 2], [3, 8]])!;
    expect([w, s, e, n].map((v) => Number(v.toFixed(6)))).toEqual([0.1, 1.1, 3.9, 8.9]);
    const one = boxOfPins([[1, 2]])!;
    expect(one[2] - one[0]).toBeGreaterThan(0.02);
  });
});

describe("rows of an effect", () => {
  const row = (zone: string, gained: number, lost: number, worse_off = 0, level = "town") => ({ zone, level, gained, lost, worse_off }) as EffectRow;
  it("are those where something changes, most people first, in one order", () => {
    const rows = [row("a", 0, 0), row("b", 1, 2), row("c", 5, 0), row("d", 0, 3), row("e", 0, 0, 7), row("f", 9, 0, 0, "county"), row("g", 0, 0, 8)];
    expect(changedRows(rows, "town").map((r) => r.zone)).toEqual(["c", "b", "d", "g", "e"]);
  });
});

describe("the link", () => {
  const round = (s: PlanState) => {
    const q = new URLSearchParams();
    writePlan(s, q);
    return [readPlan(new URLSearchParams(q.toString())), q.toString()] as const;
  };
  it("brings a plan back, whatever the ids are", () => {
    const s: PlanState = { ...noPlanState, does: "hand", plan: { add: [{ at: [122.5, -30], kind: "诊所, 二" }], close: ["a,b", "c&d=e"] } };
    expect(round(s)[0]).toEqual(s);
    expect(round({ ...s, does: "" })).toEqual([noPlanState, ""]);
  });
  it("brings back which year or which other answer is looked at", () => {
    const s: PlanState = { ...noPlanState, does: "best", job: "00000001", until: "2027", other: 2 };
    expect(round(s)).toEqual([s, "plan=best&job=00000001&until=2027&other=3"]);
  });
  it("is short", () => {
    expect(round({ ...noPlanState, does: "best" })[1]).toBe("plan=best");
    expect(round({ ...noPlanState, does: "close", wish: { ...noWish, k: null } })[1]).toBe("plan=close&k=all");
  });
  it("leaves out what makes no sense", () => {
    for (const bad of ["plan=x&p=5", "add=1,2,k", "p=9"]) expect(readPlan(new URLSearchParams(bad)), bad).toEqual(noPlanState);
    const plain = readPlan(new URLSearchParams("plan=best"));
    for (const bad of ["p=0", "p=1.5", "p=x", "target=0", "target=2", "from=kind:", "from=moon", "apart=-1", "limit=0", "limit=1e9", "k=0", "compare=never", "job=<b>", "other=0", "other=1.5", "add=1", "add=200,1,k", "add=1,2", "add=,,k", "shut="]) {
      expect(readPlan(new URLSearchParams("plan=best&" + bad)), bad).toEqual(plain);
    }
  });
});

describe("the curve", () => {
  it("has round ticks that stay within", () => {
    expect(ticks(0, 10, 5)).toEqual([0, 2, 4, 6, 8, 10]);
    expect(ticks(178861, 206000, 3)).toEqual([180000, 190000, 200000]);
    expect(ticks(5, 5, 3)).toEqual([5]);
    for (const [low, high, n] of [[0, 1, 3], [0.2, 0.31, 4], [7, 123456, 6]] as const) {
      const t = ticks(low, high, n);
      expect(t.length).toBeGreaterThan(0);
      expect(t.length).toBeLessThanOrEqual(n + 2);
      expect(t[0]! >= low - 1e-9 && t.at(-1)! <= high + 1e-9, `${low} to ${high}: ${t}`).toBe(true);
    }
  });
  it("starts with what stands and ends at the top; the bound is drawn only where it is open", () => {
    const proven = drawing(100, [{ p: 1, value: 150, bound: 150 }, { p: 2, value: 200, bound: 200 }], 200, 100);
    expect(proven.value).toEqual([[0, 100], [100, 50], [200, 0]]);
    expect([proven.bound, proven.room]).toEqual([[], []]);
    const open = drawing(100, [{ p: 1, value: 150, bound: 200 }], 200, 100);
    expect(open.value).toEqual([[0, 100], [200, 50]]);
    expect(open.bound).toEqual([[0, 100], [200, 0]]);
    expect(open.room).toHaveLength(4);
    expect(open.x.map((t) => t.p)).toEqual([0, 1]);
  });
});

describe("words for small shares and changes", () => {
  it("never make something nothing", () => {
    for (const gap of [0, 7e-16, 9e-5]) expect(tinyShare(gap, "en")).toBe("<0.01%"); // of what is not proven
    expect(tinyShare(0.0123, "en")).toBe("1.2%");
    expect(points(0.0561, "en")).toBe("+5.61 pts");
    expect(points(-0.0454, "zh")).toBe("−4.54 百分点");
    expect(points(0, "en")).toBe("0.00 pts");
  });
});
