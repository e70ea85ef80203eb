import { afterEach, describe, expect, it, vi } from "vitest";
import { Asked } from "../src/lib/asked.svelte";
import { noChoice } from "../src/lib/choice";

afterEach(() => vi.unstubAllGlobals());

const choice = (standard: string) => ({ ...noChoice, standard });
const service = (answer: (url: string) => Response) => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(String(url));
    return answer(String(url));
  });
  return asked;
};

describe("Asked", () => {
  it("asks once for an answer, and anew for another", async () => {
    const urls = service((url) => Response.json({ url }));
    const a = new Asked<{ url: string }>("gaps", (q) => q.set("remedies", "true"));
    const one = choice("p/a");
    await a.ask(one, "en");
    await a.ask(one, "en");
    expect(urls).toHaveLength(1);
    expect(urls[0]).toContain("standard=p%2Fa");
    expect(urls[0]).toContain("remedies=true");
    expect([a.busy, a.problem, a.value?.url]).toEqual([false, null, urls[0]]);
    await a.ask(choice("p/b"), "en");
    expect(urls).toHaveLength(2);
  });

  it("tells a failure, and may be asked again after it", async () => {
    let fails = true;
    const urls = service(() => (fails ? new Response("{}", { status: 500 }) : Response.json({ ok: true })));
    const a = new Asked<{ ok: boolean }>("sharing", () => {});
    const one = choice("p/a");
    await a.ask(one, "en");
    expect([a.busy, a.value, a.problem === null]).toEqual([false, null, false]);
    fails = false;
    await a.ask(one, "en");
    expect([urls.length, a.problem, a.value]).toEqual([2, null, { ok: true }]);
  });
});
