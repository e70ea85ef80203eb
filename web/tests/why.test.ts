import { describe, expect, it } from "vitest";
import { lineOf } from "../src/lib/why";

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
  it("names other modes", () => {
    expect(line({ mode: "ferry", speed_kmh: 20 }, { seconds: 900 })).toBe("ferry at 20 km/h");
  });
});
