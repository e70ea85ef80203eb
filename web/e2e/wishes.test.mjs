// What may be wished of the service: plans by year, conditions, several services in
// one building, how steady an answer is, and closures; every number as the service
// says it. Runs on any project, as siting.test.mjs does.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, close, open, shot, visit } from "./browser.mjs";
import { people, percent, project } from "./numbers.mjs";
import { asked, assertEffect, body, cli, drawn, hash, jobOf, large, standard, standing, tag, texts, whatIf } from "./planned.mjs";

before(open);
after(close);

const start = (page) => page.click("[data-job=start]");
const unfold = (page, name) => page.evaluate((n) => (document.querySelector(`[data-fold=${n}]`).open = true), name);
const kind = async () => (await project()).standards.find((s) => s.id === standard).kinds[0];
const adding = async (sites) => ({ add: await Promise.all(sites.map(async (s) => ({ kind: await kind(), at: s.at }))) });
const best = (more = "") => `standard=${standard}&plan=best${more}`;
const journey = (s) => (Math.round(s) < 60 ? `${Math.round(s)} s` : `${Math.floor(Math.round(s) / 60)} min${Math.round(s) % 60 ? ` ${Math.round(s) % 60} s` : ""}`);

test("a plan by year: rows to ask with, every year as the service and the command line have it, and what stands at its end", { skip: !large && "its villages gain nobody, and its cells take a while" }, async () => {
  const { page, done } = await visit({ hash: best() });
  await drawn(page);
  await page.click("[data-value=years]");
  const first = new Date().getFullYear();
  const years = () => page.locator("[data-input=year]").evaluateAll((all) => all.map((e) => e.value));
  assert.deepEqual(await years(), [0, 1, 2].map((i) => String(first + i)));
  await page.click("[data-years=add]");
  assert.equal((await years()).at(-1), String(first + 3));
  await page.locator("[data-year-row='3'] button").click();
  await page.locator("[data-year-row='2'] button").click();
  await page.locator("[data-input=year]").nth(0).fill("2031");
  await page.locator("[data-input=year]").nth(1).fill("2032");
  await page.locator("[data-input=budget]").nth(0).fill("2");
  const sent = await body(page, "siting", () => start(page));
  assert.deepEqual(sent.years, [{ year: "2031", budget: 2 }, { year: "2032", budget: 1 }]);
  assert.equal(sent.p, undefined);
  await page.waitForSelector("[data-year]");
  await standing(page);
  assert.deepEqual(hash(page).getAll("year"), ["2:2031", "1:2032"]);

  const { answer } = await jobOf(page);
  const said = cli("site", "--year", "2031=2,2032=1", "--candidates", "cells");
  assert.deepEqual(answer.years, said.years);
  const order = answer.years.flatMap((y) => y.built);
  const rows = await page.locator("[data-year]").evaluateAll((all) => all.map((tr) => [tr.dataset.year, ...["built", "spent", "served", "share"].map((d) => tr.querySelector(`[data-${d}]`).textContent)]));
  assert.deepEqual(rows, answer.years.map((y) => [y.year, y.built.map((id) => order.indexOf(id) + 1).join(", ") || "–", `${y.spent} of ${y.budget}`, people(y.served), percent(y.share)]));
  assert.deepEqual(await page.locator("[data-site]").evaluateAll((all) => all.map((b) => b.dataset.site)), order);
  const pins = () => page.locator(".pin").evaluateAll((all) => all.map((p) => [p.dataset.pin, p.dataset.tag, p.classList.contains("later")]));
  const yearOf = (id) => answer.years.find((y) => y.built.includes(id)).year;
  assert.deepEqual(await pins(), order.map((id, i) => [String(i + 1), yearOf(id), false]));
  const at = (ids) => adding(ids.map((id) => answer.sites.find((s) => s.id === id)));
  await assertEffect(page, await whatIf(await at(order)));

  await page.click("[data-year='2031'] button");
  await standing(page);
  assert.equal(hash(page).get("until"), "2031");
  assert.deepEqual((await pins()).map((p) => p[2]), order.map((id) => yearOf(id) !== "2031"));
  const row = await whatIf(await at(answer.years[0].built));
  await assertEffect(page, row);
  assert.ok(Math.abs(row.after - answer.years[0].served) < 0.5, "the year and what it changes disagree");
  await shot(page, `${tag}-years`);
  await page.reload();
  await page.waitForSelector("[data-year]");
  await standing(page);
  await assertEffect(page, row);
  await done();
});

test("a year twice is refused in words at the form; another tab and another question do not show them", async () => {
  const { page, done } = await visit({ hash: best("&year=1:2031&year=1:2032"), expectErrors: true });
  await drawn(page);
  await page.locator("[data-input=year]").nth(1).fill("2031");
  await start(page);
  await page.waitForSelector("[data-job=fault]");
  assert.match(await page.locator("[data-job=fault]").textContent(), /2031/);
  await page.click("#does-close");
  assert.equal(await page.locator("[data-job=fault]").count(), 0);
  await page.click("#does-best");
  assert.equal(await page.locator("[data-job=fault]").count(), 1);
  await page.click(".ask summary");
  await page.click("[data-choice=mode] [data-value=line]");
  await page.waitForSelector("[data-job=fault]", { state: "detached" });
  await done();
});

test("models say what they make best, and what they reached", async () => {
  const { page, done } = await visit({ hash: best("&p=2") });
  await drawn(page);
  await unfold(page, "conditions");
  for (const [model, word] of [["pmedian", "mean"], ["pcenter", "longest"]]) {
    await page.selectOption("[data-input=model]", model);
    const sent = await body(page, "siting", () => start(page));
    assert.deepEqual([sent.model, sent.p], [model, 2]);
    await page.waitForSelector("[data-found=travel]");
    await standing(page);
    const job = await jobOf(page);
    assert.equal(await page.locator("[data-curve]").count(), 0, "a curve of people where journeys count");
    assert.equal(await page.locator("[data-found=travel]").textContent(), `Reached: a ${word} journey of ${journey(job.best.value)}`);
    assert.deepEqual(job.answer.open, (await asked("siting", { p: 2, model })).answer.open);
  }
  await done();
});

// What is greyed out must be what the service refuses, neither more nor less.
test("the form and the service agree on what does not go together", { skip: large && "searches take a while there" }, async () => {
  const level = (await project()).project.levels.at(-1);
  const bases = {
    years: ["&year=1:2031", { years: [{ year: "2031", budget: 1 }] }],
    target: ["&target=0.5", { target: 0.5 }],
    together: ["&p=1&with-kind=15min:clinic", { p: 1, with: [{ kind: ["clinic"], within: "15min" }] }],
    median: ["&p=1&model=pmedian", { p: 1, model: "pmedian" }],
    center: ["&p=1&model=pcenter", { p: 1, model: "pcenter" }],
    capacity: ["&p=1&capacity=on", { p: 1, capacity: true }],
    plain: ["&p=1", { p: 1 }],
  };
  const conditions = {
    model: ["[data-input=model]", { model: "pmedian" }],
    budget: ["[data-input=budget-all]", { budget: 2 }],
    backup: ["[data-switch=backup]", { backup: true }],
    capacity: ["[data-switch=capacity]", { capacity: true }],
    each: ["[data-input=each]", { each: { level } }],
    near: ["[data-switch=near]", { near: 0.01 }],
  };
  for (const [name, [link, question]] of Object.entries(bases)) {
    const { page, done } = await visit({ hash: best(link) });
    await drawn(page);
    for (const [condition, [control, part]] of Object.entries(conditions)) {
      if (name === "years" && condition === "budget") continue; // not even there
      const refused = Object.keys(part).every((k) => question[k] === undefined || k === "model");
      const job = await asked("siting", { ...question, ...part }).catch((e) => ({ problem: { status: 400, detail: e.message } }));
      const clashes = refused && [400, 501].includes(job.problem?.status);
      assert.equal(await page.locator(control).isDisabled(), clashes, `${condition} with ${name}: ${job.problem?.detail}`);
    }
    await done();
  }
});

test("budget, backup, capacities and zones are asked for; what clashes is left out and said to be", async () => {
  const { levels } = (await project()).project;
  const level = levels.at(-2) ?? levels.at(-1);
  const { page, done } = await visit({ hash: best("&p=2&from=villages"), expectErrors: true });
  await drawn(page);
  await unfold(page, "conditions");
  await page.fill("[data-input=budget-all]", "1");
  await page.click("[data-switch=backup]");
  let sent = await body(page, "siting", () => start(page));
  assert.deepEqual([sent.p, sent.budget, sent.backup], [2, 1, true]);
  await page.waitForSelector("[data-found=counted]");
  const { answer } = await jobOf(page);
  assert.equal(answer.sites.length, 1);
  assert.equal(await page.locator("[data-found=counted]").textContent(), `People who count: ${people(answer.before)} → ${people(answer.after)}`);

  await page.click("[data-switch=budget-only]");
  await page.selectOption("[data-input=each]", level);
  await page.click("[data-choice=each] [data-value=share]");
  await page.fill("[data-input=each-share]", "10");
  await page.click("[data-switch=backup]");
  sent = await body(page, "siting", () => start(page));
  assert.deepEqual([sent.p, sent.budget, sent.each, sent.backup], [undefined, 1, { level, share: 0.1 }, undefined]);
  await page.waitForSelector("[data-job=proof], [data-job=fault]");
  const job = await jobOf(page);
  if (job.problem) assert.equal(await page.locator("[data-job=fault]").textContent(), job.problem.detail);

  await page.click("[data-switch=capacity]");
  assert.ok(await page.locator("[data-switch=backup]").isDisabled());
  assert.equal(await page.locator("[data-clash=capacity]").count(), 1);
  await page.click("[data-value=years]");
  assert.equal(await page.locator("[data-fold=conditions] [data-clash=years]").count(), 1);
  sent = await body(page, "siting", () => start(page));
  for (const left of ["p", "budget", "each", "capacity"]) assert.equal(sent[left], undefined, left);
  await done();
});

test("several services in one building: each of them before and after", async () => {
  const { standards, project: p } = await project();
  const other = standards.find((s) => s.id !== standard && s.kinds.some((k) => p.kinds.some((x) => x.kind === k)));
  const housed = p.kinds.find((k) => !other?.kinds.includes(k.kind)).kind;
  const { page, done } = await visit({ hash: best("&p=2") });
  await drawn(page);
  await unfold(page, "together");
  if (other) await page.selectOption("[data-input=with]", `s:${other.id}`);
  await page.selectOption("[data-input=with]", `k:${housed}`);
  await page.fill("[data-input=with-within]", "10");
  const wanted = [...(other ? [{ standard: other.id }] : []), { kind: [housed], within: "10min" }];
  const sent = await body(page, "siting", () => start(page));
  assert.deepEqual(sent.with, wanted);
  await page.waitForSelector("[data-service]");
  await standing(page);
  const { answer } = await jobOf(page);
  const rows = await page.locator("[data-service]").evaluateAll((all) => all.map((li) => [li.dataset.service, ...[".shares", ".people", ".plus"].map((c) => li.querySelector(c).textContent)]));
  const part = (n, all) => (all > 0 ? percent(n / all) : "–");
  assert.deepEqual(rows, answer.services.map((s) => [s.standard, `${part(s.before, s.population)} → ${part(s.after, s.population)}`, `${people(s.before)} → ${people(s.after)}`, `+${people(s.after - s.before)}`]));
  const row = await whatIf(await adding(answer.sites));
  await assertEffect(page, row);
  const own = answer.services.find((s) => s.standard === standard);
  assert.ok(Math.abs(row.after - own.after) < 0.5, "the service and what the plan changes disagree");
  await shot(page, `${tag}-together`);
  await done();
});

test("how steady it is: variants, sites that stay, and other answers on the map with their effect", async () => {
  const { page, done } = await visit({ hash: best("&p=2&from=villages") });
  await drawn(page);
  await unfold(page, "steadiness");
  await page.click("[data-switch=robust]");
  await page.click("[data-switch=near]");
  const sent = await body(page, "siting", () => start(page));
  assert.deepEqual([sent.robust, sent.near], [true, 0.01]);
  await page.waitForSelector("[data-variant]", { timeout: 60_000 });
  await standing(page);
  const { answer } = await jobOf(page);
  const { robust, near } = answer;
  const signs = { threshold: "Threshold", speed: "Speed", country: "Country people" };
  const variants = await page.locator("[data-variant]").evaluateAll((all) => all.map((tr) => { tr.querySelector("[data-open]")?.remove(); return [...tr.children].map((c) => c.textContent); }));
  assert.deepEqual(variants, robust.variants.map((v) => {
    const [, what, sign, by] = /^(\w+) ([+-])(\d+) %$/.exec(v.name);
    const same = Math.round(v.same * answer.open.length);
    return [`${signs[what]} ${sign === "-" ? "−" : "+"}${by}%`, `${same} of ${answer.open.length}`, v.open.length ? people(v.value) : "no answer"];
  }));
  const firm = new Set([...(robust.variants.length ? robust.steady : []), ...near.core]);
  const isFirm = await page.locator(".pin").evaluateAll((all) => all.map((p) => p.classList.contains("firm")));
  assert.deepEqual(isFirm, answer.sites.map((s) => firm.has(s.id)));
  const badges = await page.locator("[data-site]").evaluateAll((all) => all.map((b) => [...b.querySelectorAll(".badge")].map((x) => x.textContent)));
  assert.deepEqual(badges, answer.sites.map((s) => [...(robust.variants.length && robust.steady.includes(s.id) ? ["steady"] : []), ...(near.core.includes(s.id) ? ["core"] : [])]));
  assert.match(await page.locator("[data-core]").textContent(), new RegExp(`^\\s*${near.core.length} of ${answer.open.length} `));

  const listed = near.answers.length ? await page.locator("[data-other]").evaluateAll((all) => all.map((b) => b.querySelector(".value").textContent)) : [];
  assert.deepEqual(listed, near.answers.length ? [answer, ...near.answers].map((o) => `${people(o.value)} people served`) : []);
  if (near.answers.length > 0) {
    await page.click("[data-other='0']");
    await page.waitForFunction((ids) => [...document.querySelectorAll("[data-site]")].every((b) => ids.includes(b.dataset.site)), near.answers[0].open);
    await standing(page);
    assert.equal(hash(page).get("other"), "1");
    const there = (await asked("siting", { p: 2, candidates: "villages", fixed: near.answers[0].open })).answer.sites;
    assert.deepEqual(there.map((s) => s.id).sort(), [...near.answers[0].open].sort());
    const row = await whatIf(await adding(there));
    assert.ok(Math.abs(row.after - near.answers[0].value) < 0.5, "the other answer and what it changes disagree");
    await assertEffect(page, row);
    await shot(page, `${tag}-other`);
    await page.reload();
    await page.waitForFunction((ids) => [...document.querySelectorAll("[data-site]")].length > 0 && [...document.querySelectorAll("[data-site]")].every((b) => ids.includes(b.dataset.site)), near.answers[0].open);
    await standing(page);
    await assertEffect(page, row);
    await page.click("[data-other='-1']");
    await standing(page);
    await assertEffect(page, await whatIf(await adding(answer.sites)));
  } else if (large) assert.fail("the example has other answers");
  await done();
});

test("closures without loss: who stays, who takes over, who travels farther", { skip: !large && "one hospital cannot close" }, async () => {
  const { page, done } = await visit({ hash: `standard=${standard}&plan=close&k=3` });
  await drawn(page);
  await page.click("[data-switch=lossless]");
  await start(page);
  await page.waitForSelector("[data-closed]");
  await standing(page);
  const [first] = await page.locator("[data-closed]").evaluateAll((all) => all.map((b) => b.dataset.closed));
  await page.click(`[data-stay="${first}"]`); // from the list
  const all = (await api("facilities", { limit: 10000 })).features;
  const second = (await page.locator("[data-closed]").evaluateAll((list) => list.map((b) => b.dataset.closed)))[1];
  const f = all.find((x) => x.properties.id === second);
  const [lon, lat] = f.geometry.coordinates;
  await page.goto(page.url().replace(/#.*/, "") + `#standard=${standard}&plan=close&k=3&lossless=on&stay=${first}&facility=${second}&map=13/${lat}/${lon}`);
  await page.waitForSelector("[data-plan=stay]");
  await page.click("[data-plan=stay]"); // from the map
  assert.equal((await page.locator("[data-plan=stay]").textContent()).trim(), "May close");
  assert.equal(await page.locator(".pin.stays").count(), 2);
  const sent = await body(page, "closures", () => start(page));
  assert.deepEqual([sent.k, sent.lossless, sent.keep], [3, true, [first, second]]);
  await page.waitForSelector("[data-closed]");
  await standing(page);
  const { answer } = await jobOf(page);
  const said = cli("close", "--k", "3", "--lossless", "--keep", [first, second].join(","));
  assert.deepEqual(answer.closed, said.closed);
  assert.deepEqual(await page.locator("[data-closed]").evaluateAll((list) => list.map((b) => b.dataset.closed)), answer.closed);
  const { travel } = answer;
  assert.deepEqual(await texts(page, "[data-travel]"), [`${journey(travel.mean_before / 1000)} → ${journey(travel.mean_after / 1000)}`, people(travel.worse_off), people(travel.lost)]);
  const taking = answer.loads.filter((l) => l.after - l.before >= 0.5).sort((x, y) => y.after - y.before - (x.after - x.before));
  const name = (id) => all.find((x) => x.properties.id === id).properties.name;
  const sized = taking.some((l) => l.capacity);
  assert.deepEqual(
    await page.locator("[data-load]").evaluateAll((list) => list.map((tr) => [...tr.children].map((c) => c.textContent.replace(/ \(.*\)$/, "")))),
    taking.map((l) => [name(l.id), people(l.before), people(l.after), ...(sized ? [l.capacity ? people(l.capacity) : "–"] : [])]),
  );
  await assertEffect(page, await whatIf({ close: answer.closed }));
  await shot(page, `${tag}-lossless`);
  await done();
});

test("closures within capacities that cannot be are refused in words", { skip: !large && "one hospital cannot close" }, async () => {
  const { page, done } = await visit({ hash: `standard=${standard}&plan=close&k=3&lossless=on&room=on`, expectErrors: true });
  await drawn(page);
  await start(page);
  await page.waitForSelector("[data-job=fault]");
  const job = await jobOf(page);
  assert.equal(await page.locator("[data-job=fault]").textContent(), job.problem.detail);
  await page.click("text=中文");
  const { problem } = await api(hash(page).get("job") ? `jobs/${hash(page).get("job")}` : "jobs", { lang: "zh" });
  await page.waitForFunction((words) => document.querySelector("[data-job=fault]")?.textContent === words, problem.detail);
  await done();
});

test("what would close a gap is what the service names", async () => {
  const { features } = await api("gaps", { standard, remedies: true, limit: 100 });
  const g = features.find((x) => x.properties.remedies?.length)?.properties;
  assert.ok(g, "no gap has a remedy");
  const { page, done } = await visit({ hash: `standard=${standard}&gap=${g.id}` });
  await drawn(page);
  await page.click(`[data-remedies="${g.id}"] summary`);
  await page.waitForSelector("[data-remedy]");
  const words = { site: "New site", extension: "Extension of a house", mobile: "Mobile service", sailing: "More sailings", sharing: "Sharing across the border" };
  const rows = await page.locator("[data-remedy]").evaluateAll((all) => all.map((b) => [b.dataset.remedy, b.querySelector(".kind").textContent, b.querySelector(".small").textContent]));
  assert.deepEqual(rows, g.remedies.map((m) => [m.kind, words[m.kind] ?? m.kind, `${people(m.people)} people (${percent(m.share)}) · cost ${m.cost.toLocaleString("en-GB", { maximumFractionDigits: 3 })}`]));
  const houses = await page.locator("[data-remedy]").evaluateAll((all) => all.map((b) => b.querySelector(".where")?.textContent ?? ""));
  houses.forEach((text, i) => assert.ok(text.startsWith(g.remedies[i].name ?? ""), text));
  await done();
});

test("while a plan by year is sought the best so far is told in person-years", async () => {
  const job = { id: "0123456789abcdef", kind: "siting", state: "running", stopped: false, current: true, asked: "2031-01-01T00:00:00Z", seconds: 3 };
  for (const [lang, words] of [["en", "Best so far: 584,755 person-years of service; no answer is better than 590,000"], ["zh", "目前最优：覆盖 584,755 人·年；任何方案都不会优于 590,000"]]) {
    const { page, done } = await visit({ lang, hash: best("&year=1:2031") });
    const worth = { value: 584755, bound: 590000, gap: 0.009, unit: "person-years" };
    await page.route("**/siting?*", (r) => r.fulfill({ status: 202, json: { ...job, state: "waiting" } }));
    await page.route("**/jobs/*", (r) => r.fulfill({ json: { ...job, best: worth } }));
    await drawn(page);
    await start(page);
    await page.waitForSelector("[data-job=best]");
    assert.equal(await page.locator("[data-job=best]").textContent(), words);
    await done();
  }
});

test("the keyboard reaches every wish", async () => {
  const { page, done } = await visit({ hash: best("&year=1:2031&year=1:2032") });
  await drawn(page);
  await page.locator("[data-value=years]").focus();
  const seen = new Set();
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (e.tagName === "SUMMARY" && !e.parentElement.open) e.click();
      return e.dataset.input ?? e.dataset.switch ?? e.dataset.years ?? e.dataset.job ?? "";
    });
    seen.add(at);
    if (at === "start") break;
  }
  for (const name of ["year", "budget", "add", "carry", "last-first", "discount", "from", "with", "apart", "limit", "robust", "start"]) assert.ok(seen.has(name), `${name} is out of reach: ${[...seen]}`);
  await page.locator("[data-switch=carry]").focus();
  await page.keyboard.press("Space");
  assert.equal(await page.locator("[data-switch=carry]").getAttribute("aria-checked"), "true");
  await done();
});
