import { describe, expect, it } from "vitest";
import * as f from "../src/lib/format";

describe("people", () => {
  it("are whole from ten on, with one decimal below", () => {
    expect(f.people(869595.4, "en")).toBe("869,595");
    expect(f.people(10, "en")).toBe("10");
    expect(f.people(9.96, "en")).toBe("10.0");
    expect(f.people(0.04, "en")).toBe("0.0");
    expect(f.people(0, "zh")).toBe("0");
    expect(f.people(1234567.5, "zh")).toBe("1,234,568");
  });
});

describe("share", () => {
  it("has two decimals", () => {
    expect(f.share(0.11472, "en")).toBe("11.47%");
    expect(f.share(0.9218, "zh")).toBe("92.18%");
    expect(f.share(1, "en")).toBe("100.00%");
    expect(f.share(0, "en")).toBe("0.00%");
  });
  it("never rounds a promise into being kept, nor people into nobody", () => {
    expect(f.share(0.99996, "en")).toBe(">99.99%");
    expect(f.share(0.99994, "en")).toBe("99.99%");
    expect(f.share(0.00001, "en")).toBe("<0.01%");
    expect(f.share(0.00005, "en")).toBe("0.01%");
  });
  it("keeps a target short", () => {
    expect(f.target(1, "en")).toBe("100%");
    expect(f.target(0.925, "zh")).toBe("92.5%");
  });
});

describe("time", () => {
  it("rounds minutes up, so that what is beyond the threshold reads beyond it", () => {
    expect(f.minutes(900, "en")).toBe("15 min");
    expect(f.minutes(901, "en")).toBe("16 min");
    expect(f.minutes(899, "zh")).toBe("15 分钟");
    expect(f.minutes(7200, "en")).toBe("2 h");
    expect(f.minutes(7201, "en")).toBe("2 h 1 min");
  });
  it("is exact where asked", () => {
    expect(f.exactTime(2711, "en")).toBe("45 min 11 s");
    expect(f.exactTime(2711, "zh")).toBe("45 分钟 11 秒");
    expect(f.exactTime(900, "en")).toBe("15 min");
    expect(f.exactTime(59, "en")).toBe("59 s");
    expect(f.exactTime(0, "en")).toBe("0 s");
  });
});

describe("distance", () => {
  it("rounds up: metres to 10 km, then tenths of a kilometre", () => {
    expect(f.metres(1250, "en")).toBe("1,250 m");
    expect(f.metres(1250.001, "en")).toBe("1,251 m");
    expect(f.metres(10_000, "zh")).toBe("10,000 米");
    expect(f.metres(10_001, "en")).toBe("10.1 km");
    expect(f.metres(123_456, "zh")).toBe("123.5 公里");
  });
});

describe("thresholds", () => {
  const setting = (s: string) => ({ urban: "urban", rural: "rural" })[s] ?? s;
  it("are written one or by setting", () => {
    expect(f.threshold({ seconds: 900 }, "en")).toBe("15 min");
    expect(f.threshold({ metres: 1250 }, "zh")).toBe("1,250 米");
    expect(f.threshold(null, "en")).toBe("");
    const both = { by_setting: { urban: { seconds: 900 }, rural: { seconds: 1800 } } };
    expect(f.thresholds(both, "en", setting)).toBe("15 min (urban), 30 min (rural)");
    expect(f.thresholds(both, "zh", setting)).toBe("15 分钟（urban）、30 分钟（rural）");
  });
});

describe("other values", () => {
  it("costs are times or distances, or nothing", () => {
    expect(f.cost({ seconds: 61 }, "en")).toBe("2 min");
    expect(f.cost({ metres: 61 }, "en")).toBe("61 m");
    expect(f.cost({}, "en")).toBe("");
    expect(f.cost({ seconds: 0 }, "en")).toBe("0 min");
  });
  it("areas turn from hectares to square kilometres", () => {
    expect(f.area(85_000, "en")).toBe("8.5 ha");
    expect(f.area(1_250_000, "zh")).toBe("1.3 平方公里");
  });
  it("texts fall back to the other language", () => {
    expect(f.text({ zh: "岱山" }, "en")).toBe("岱山");
    expect(f.text({ zh: "岱山", en: "Daishan" }, "en")).toBe("Daishan");
    expect(f.text(null, "zh")).toBe("");
  });
});
