import { describe, expect, it } from "vitest";
import { Latest } from "../src/lib/api";

const later = <T>(value: T, signal?: AbortSignal) =>
  new Promise<T>((resolve, reject) => {
    setTimeout(() => resolve(value), 5);
    signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });

describe("one request at a time", () => {
  it("gives the answer of the last, and nothing of the ones before", async () => {
    const one = new Latest();
    const answers = await Promise.all([1, 2, 3].map((n) => one.run((signal) => later(n, signal))));
    expect(answers).toEqual([undefined, undefined, 3]);
  });
  it("drops an answer that comes although it was called off", async () => {
    const one = new Latest();
    const deaf = one.run(() => later("old"));
    one.stop();
    expect(await deaf).toBeUndefined();
  });
  it("lets real faults through, and keeps those of old requests away", async () => {
    const one = new Latest();
    await expect(one.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    const old = one.run(async () => {
      await later(0);
      throw new Error("late fault");
    });
    expect(await one.run(() => later("new"))).toBe("new");
    expect(await old).toBeUndefined();
  });
});
