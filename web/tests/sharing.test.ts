import { describe, expect, it } from "vitest";
import { sharingRows } from "../src/lib/sharing";
import type { SharingRow } from "../src/lib/types";

const row = (level: string, zone: string, gained: number, could_gain: number) => ({ level, zone, gained, could_gain }) as SharingRow;

describe("sharingRows", () => {
  it("lists the zones of the level that sharing changes, those with most to gain first", () => {
    const rows = [row("total", "", 9, 9), row("town", "a", 0, 0), row("town", "b", 1, 2), row("town", "c", 5, 0), row("village", "v", 8, 8), row("town", "d", 0, 3)];
    expect(sharingRows(rows, "town").map((r) => r.zone)).toEqual(["c", "b", "d"]);
  });
});
