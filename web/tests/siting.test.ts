import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { App } from "../src/lib/app.svelte";
import { noChoice } from "../src/lib/choice";
import { noPlanState, type Plan } from "../src/lib/plan";
import { Siting } from "../src/lib/siting.svelte";
import type { Job, SiteAnswer, WhatIf } from "../src/lib/types";

const about = { choice: { ...noChoice, kinds: ["school"] }, kinds: ["school"], lang: "en" as const };
const pin = (kind = "school"): Plan => ({ add: [{ at: [122, 30], kind }], close: [] });
const job = (part: Partial<Job>): Job => ({ id: "00000001", kind: "siting", state: "done", stopped: false, current: true, seconds: 1, ...part });
const sites = { sites: [{ at: [122, 30] }] } as SiteAnswer;

/** What the service was asked, oldest first: "POST whatif"; each is answered when the test says so. */
let asked: { what: string; answer: (body: unknown) => void; fail: (detail: string) => void; stopped: () => boolean }[];
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  vi.stubGlobal("fetch", (url: string, { method = "GET", signal }: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      const path = new URL(url).pathname.slice(1);
      asked.push({ what: `${method} ${path}`, answer: (body) => resolve(Response.json(body)), fail: (detail) => resolve(Response.json({ detail }, { status: 400 })), stopped: () => signal?.aborted ?? false });
    });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const settled = () => vi.advanceTimersByTimeAsync(100);
const whats = () => asked.map((a) => a.what);

it("asks what a plan changes once it stands still", async () => {
  const s = new Siting(() => about);
  s.apply({ ...noPlanState, does: "hand", plan: pin() });
  s.asked(() => undefined);
  s.move(0, [122.1, 30]);
  expect(s.busy).toBe(true);
  await settled();
  expect(whats()).toEqual(["POST whatif"]);
  asked[0]!.answer({ rows: [] });
  await settled();
  expect([s.busy, s.outdated, s.current]).toEqual([false, false, { rows: [] }]);
});

const otherwise: [string, (s: Siting) => void][] = [
  ["another question", (s) => s.forget()],
  ["another link", (s) => s.apply({ ...noPlanState, does: "hand", plan: pin() })],
];
it.each(otherwise)("%s: an answer on its way is not shown as that of the new one", async (_, change) => {
  const s = new Siting(() => about);
  s.apply({ ...noPlanState, does: "hand", plan: pin() });
  s.asked(() => undefined);
  await settled();
  change(s);
  expect(s.busy).toBe(false);
  expect(asked[0]!.stopped()).toBe(true);
  asked[0]!.answer({ rows: [] } satisfies Partial<WhatIf>);
  await settled();
  expect(s.effect).toBeNull();
});
it.each(otherwise)("%s: a plan that did not stand still yet is not asked about", async (_, change) => {
  const s = new Siting(() => about);
  s.apply({ ...noPlanState, does: "hand", plan: pin() });
  s.asked(() => undefined);
  change(s);
  await settled();
  expect(whats()).toEqual([]);
});

it("sites that were found stay the same in another language, and so does their effect", () => {
  const app = new App();
  app.choice = about.choice;
  app.siting.does = "best";
  app.siting.job = job({ answer: sites });
  const { shown } = app.siting;
  expect(shown).toEqual(pin());
  app.siting.answered = shown;
  app.setLang("zh");
  expect(app.siting.shown).toBe(shown);
  expect(app.siting.outdated).toBe(false);
});

it("a facility that an unseen plan closes is still closed when closing it is tried", () => {
  const s = new Siting(() => about);
  s.apply({ ...noPlanState, plan: { add: [], close: ["a", "b"] } });
  s.toggleClosed("a");
  expect([s.does, s.plan.close]).toEqual(["hand", ["a", "b"]]);
  expect(s.canUndo).toBe(false);
  s.toggleClosed("a"); // seen: kept open
  expect(s.plan.close).toEqual(["b"]);
  s.open("");
  s.toggleClosed("c");
  expect([s.does, s.plan.close]).toEqual(["hand", ["b", "c"]]);
});

it("while one search goes on the other can be started, which ends it", async () => {
  const s = new Siting(() => about);
  s.does = "best";
  s.job = job({ state: "running" });
  expect(s.searching).toBe(true);
  s.open("close");
  expect([s.running, s.searching]).toEqual([true, false]);
  void s.start();
  expect(whats()).toEqual(["DELETE jobs/00000001", "POST closures"]);
  asked[1]!.answer(job({ id: "00000002", kind: "closures", state: "waiting" }));
  await settled();
  expect([s.job?.id, s.searching]).toEqual(["00000002", true]);
  s.open("best");
  expect(s.searching).toBe(false);
});

it("steps are taken back only within the same kinds", () => {
  const now = { ...about };
  const s = new Siting(() => now);
  s.apply({ ...noPlanState, does: "hand" });
  s.asked(() => undefined);
  s.add([122, 30]);
  s.asked(() => undefined); // the same question in another way
  expect(s.canUndo).toBe(true);
  Object.assign(now, { kinds: ["clinic"] });
  s.asked(() => undefined);
  expect([s.plan, s.canUndo]).toEqual([pin("clinic"), false]);
  s.undo();
  expect(s.plan).toEqual(pin("clinic"));
  s.clear();
  s.undo();
  expect(s.plan).toEqual(pin("clinic"));
});

it("another question forgets what was said of the old one, and another tab what was said of that one", async () => {
  const s = new Siting(() => about);
  s.apply({ ...noPlanState, does: "hand", plan: pin() });
  s.asked(() => undefined);
  await settled();
  asked[0]!.fail("no such kind");
  await settled();
  expect(s.problem?.message).toBe("no such kind");
  s.forget();
  expect(s.problem).toBeNull();

  s.open("best");
  void s.start();
  asked.at(-1)!.fail("these do not go together");
  await settled();
  expect(s.fault?.message).toBe("these do not go together");
  s.open("close");
  expect(s.fault).toBeNull();
  s.open("best");
  expect(s.fault?.message).toBe("these do not go together");
  s.forget();
  expect(s.fault).toBeNull();
});

const site = (id: string, at: [number, number]) => ({ id, at, name: id }) as SiteAnswer["sites"][number];
const year = (name: string, built: string[]) => ({ year: name, budget: 1, spent: 1, built, served: 1, share: 0.5 });
const start = async (s: Siting, answer: Partial<SiteAnswer>) => {
  s.does = "best";
  void s.start();
  asked.at(-1)!.answer(job({ state: "waiting" }));
  await settled();
  asked.at(-1)!.answer(job({ answer: { model: "mclp", open: [], ...answer } as SiteAnswer }));
  await settled();
};

it("of a plan by year that is shown which stands at the end of the year", async () => {
  const s = new Siting(() => about);
  await start(s, { sites: [site("a", [1, 1]), site("b", [2, 2])], years: [year("2026", ["b"]), year("2027", ["a"])] });
  expect(s.sites.map((p) => [p.site.id, p.year])).toEqual([["b", "2026"], ["a", "2027"]]);
  expect(s.shown.add.map((p) => p.at)).toEqual([[2, 2], [1, 1]]);
  s.showYear("2026");
  expect(s.shown.add.map((p) => p.at)).toEqual([[2, 2]]);
  expect(s.state().until).toBe("2026");
  s.forget();
  expect(s.until).toBe("");
});

it("another answer is shown once it is known where its sites lie, and asked for once", async () => {
  const s = new Siting(() => about);
  await start(s, { open: ["a"], sites: [site("a", [1, 1])], near: { within: 0.01, answers: [{ open: ["x"], value: 5, gap: 0 }], core: [], unsure: [] } });
  await settled();
  asked.at(-1)!.answer({ rows: [] });
  await settled();
  void s.look(0);
  expect([whats().at(-1), s.outdated, s.shown.add[0]!.at]).toEqual(["POST siting", true, [1, 1]]);
  asked.at(-1)!.answer(job({ id: "00000002", state: "waiting" }));
  await settled();
  asked.at(-1)!.answer(job({ id: "00000002", answer: { sites: [site("x", [5, 5])], services: [{ standard: "s", population: 9, before: 1, after: 2 }] } as Partial<SiteAnswer> as SiteAnswer }));
  await settled();
  expect(s.services.map((x) => x.after)).toEqual([2]);
  expect([s.looking, s.shown.add[0]!.at, s.state().other]).toEqual([false, [5, 5], 0]);
  expect(whats().at(-1)).toBe("POST whatif");
  const n = asked.length;
  void s.look(-1);
  expect(s.shown.add[0]!.at).toEqual([1, 1]);
  void s.look(0);
  await settled();
  expect(whats().slice(n)).toEqual(["POST whatif"]);
  void s.look(7); // there is none
  expect(s.other).toBe(-1);
});

it("where the sites of another answer lie may not be known: the answer itself stays", async () => {
  const s = new Siting(() => about);
  await start(s, { open: ["a"], sites: [site("a", [1, 1])], near: { within: 0.01, answers: [{ open: ["x"], value: 5, gap: 0 }], core: [], unsure: [] } });
  void s.look(0);
  asked.at(-1)!.fail("gone");
  await settled();
  expect([s.other, s.lookProblem?.message, s.shown.add[0]!.at]).toEqual([-1, "gone", [1, 1]]);
  void s.look(-1);
  expect(s.lookProblem).toBeNull();
});

it("facilities that stay are those of the kinds asked about", () => {
  const s = new Siting(() => about);
  s.apply({ ...noPlanState, does: "close" });
  s.toggleKeep("a");
  s.toggleKeep("b");
  s.asked((id) => (id === "a" ? "school" : "clinic"));
  expect(s.wish.keep).toEqual(["a"]);
  s.toggleKeep("a");
  expect(s.wish.keep).toEqual([]);
});
