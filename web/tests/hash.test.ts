import { describe, expect, it } from "vitest";
import { noState, readHash, writeHash, type State } from "../src/lib/hash";
import { noWish } from "../src/lib/wish";

const full: State = {
  choice: { standard: "xianning-2025/medical", kinds: [], within: "15min", mode: "mixed", as: "bike", direction: "from", boats: "guaranteed", speed: 4.5, detour: 1.25, group: "60+", landmass: false, borders: "county" },
  shade: "served",
  tab: "zones",
  level: "county",
  zone: "330921 & Co/东沙",
  gap: 4711,
  at: [122.123456, 30.25],
  facilityId: "医院 #7/东",
  reach: true,
  shown: ["shop", "pharmacy"],
  hidden: ["hospital"],
  circles: true,
  roads: false,
  view: { zoom: 11.25, lat: 30.24681, lon: 122.20001 },
  siting: {
    does: "best",
    plan: { add: [{ at: [122.12346, 30.25], kind: "clinic" }, { at: [-0.5, -12], kind: "a, b" }], close: ["f,1", "医院 #7"] },
    wish: { ...noWish, goal: "target", target: 0.975, from: "kind:school", apart: 500, each: "town", limit: 30, k: null },
    compare: "after",
    job: "0f1b60656518aaa7",
    until: "2027",
    other: 3,
  },
};

describe("the link", () => {
  it("brings back the state", () => {
    expect(readHash("#" + writeHash(full))).toEqual(full);
    expect(readHash(writeHash(noState))).toEqual(noState);
    const own = { ...full, choice: { ...full.choice, standard: "", kinds: ["a", "b"], within: "1250m", landmass: true } };
    expect(readHash(writeHash(own))).toEqual(own);
  });
  it("is short and readable", () => {
    expect(writeHash(noState)).toBe("");
    const s = { ...noState, choice: { ...noState.choice, standard: "a/b" }, view: { zoom: 10, lat: 30, lon: 122 } };
    expect(writeHash(s)).toBe("standard=a/b&map=10/30/122");
  });
  it("says how people move, and what is reached", () => {
    const s = { ...noState, choice: { ...noState.choice, standard: "a/b", mode: "walk", boats: "off" }, at: [122, 30] as [number, number], reach: true };
    expect(writeHash(s)).toBe("standard=a/b&mode=walk&boats=off&at=122,30&reach=on");
    expect(readHash("mode=马车").choice.mode).toBe("马车");
  });
  it("leaves out what makes no sense", () => {
    for (const bad of ["#map=x/y/z", "#map=10/91/0", "#map=10/0", "#map=99/0/0", "#at=1", "#at=200,0", "#gap=-1", "#gap=x", "#tab=x", "#shade=x", "#speed=0", "#detour=Infinity", "#landmass=maybe", "#mode=<b>", "#as=a b", "#direction=round", "#boats=some", "#reach=yes", "#within=soon", "#&&&=%"]) {
      expect(readHash(bad), bad).toEqual(noState);
    }
  });
});
