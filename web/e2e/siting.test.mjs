// Siting on the page: plans by hand, the best sites and closures, every number as
// the service says it and every search as the command line answers it. Runs on any
// project; STORE is its store, LIFECIRCLE the program.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, close, open, pixelsLike, pixelsOf, shot, visit } from "./browser.mjs";
import { people, project } from "./numbers.mjs";
import { added, assertEffect, cli, drawn, gained, hash, large, lost, post, standard, standing, tag, whatIf } from "./planned.mjs";

before(open);
after(close);

async function atGap() {
  const { features } = await api("gaps", { standard, limit: 5 });
  return features[0].properties.at;
}

async function middle(page) {
  const box = await page.locator(".maplibregl-canvas").boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

test("a facility is added by a click, dragged, taken back; every number is the service's", async () => {
  const [lon, lat] = await atGap();
  const { page, done } = await visit({ hash: `standard=${standard}&plan=hand&map=13/${lat}/${lon}` });
  await drawn(page);
  await page.mouse.click(...(await middle(page)));
  await standing(page);
  const first = await whatIf({ add: added(page) });
  assert.ok(first.gained > 0, "the middle of the largest gap gains nobody");
  await assertEffect(page, first);
  assert.ok((await pixelsLike(page, gained, 30)) > 200, "no gained cell is to be seen");
  await shot(page, `${tag}-hand`);

  const pin = await page.locator(".pin").boundingBox();
  await page.mouse.move(pin.x + 14, pin.y + 16);
  await page.mouse.down();
  for (let i = 1; i <= 4; i++) await page.mouse.move(pin.x + 14 + 36 * i, pin.y + 16 - 18 * i);
  await page.mouse.up();
  await standing(page);
  const [moved] = added(page);
  assert.ok(Math.abs(moved.at[0] - lon) > 0.003, "the pin did not move");
  const second = await whatIf({ add: [moved] });
  assert.notEqual(second.gained, first.gained, "the drag changes nobody's service: nothing to tell by");
  await assertEffect(page, second);

  await page.click("[data-plan=undo]"); // the drag is one step
  await standing(page);
  await assertEffect(page, first);
  await page.click("[data-plan=clear]");
  await page.waitForSelector(".effect", { state: "detached" });
  assert.equal(await page.locator(".pin").count(), 0);
  await done();
});

test("a facility is closed from its card, and kept again", { skip: !large && "as on the example" }, async () => {
  const kinds = (await project()).standards.find((s) => s.id === standard).kinds;
  const all = (await api("facilities", { limit: 10000 })).features.filter((f) => kinds.includes(f.properties.kind));
  let worst = [0];
  for (const f of all.slice(0, 6)) {
    const { lost: n } = await whatIf({ close: [f.properties.id] });
    if (n > worst[0]) worst = [n, f];
  }
  const [, f] = worst;
  const [lon, lat] = f.geometry.coordinates;
  const { page, done } = await visit({ hash: `standard=${standard}&facility=${f.properties.id}&map=12.5/${lat}/${lon}` });
  await drawn(page);
  await page.click("[data-plan=toggle]");
  await standing(page);
  assert.deepEqual([hash(page).get("plan"), hash(page).getAll("shut")], ["hand", [f.properties.id]]);
  await assertEffect(page, await whatIf({ close: [f.properties.id] }));
  assert.ok((await pixelsLike(page, lost, 30)) > 200, "no lost cell is to be seen");
  await shot(page, `${tag}-closed`);
  assert.equal((await page.locator("[data-plan=toggle]").textContent()).trim(), "Keep it open");
  await page.click("[data-plan=toggle]");
  await page.waitForSelector(".effect", { state: "detached" });
  await done();
});

test("the best two sites are those of the command line, with their proof; before and after differ on the map", { skip: !large && "as on the example" }, async () => {
  const want = cli("site", "--p", "2");
  assert.ok(want.proven);
  const { page, done } = await visit({ hash: `standard=${standard}&plan=best&p=2` });
  await drawn(page);
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-job=proof]");
  await standing(page);
  assert.match(await page.locator("[data-job=proof]").textContent(), /Proven optimal/);
  const sites = await page.locator("[data-site]").evaluateAll((all) => all.map((b) => [b.dataset.site, b.querySelector(".gain").firstChild.textContent.trim()]));
  assert.deepEqual(sites, want.sites.map((s) => [s.id, "+" + people(s.new)]));
  assert.deepEqual(await page.locator(".pin").evaluateAll((all) => all.map((p) => p.dataset.pin)), ["1", "2"]);
  const curve = await page.locator("[data-curve]").evaluateAll((all) => all.map((tr) => [...tr.children].map((td) => td.textContent)));
  assert.deepEqual(curve, [[0, want.before, want.before], ...want.curve.map((c) => [c.p, c.value, c.bound])].map(([p, v, b]) => [String(p), people(v), people(b)]));
  const { kinds } = (await project()).standards.find((s) => s.id === standard);
  const row = await whatIf({ add: want.sites.map((s) => ({ kind: kinds[0], at: s.at })) });
  await assertEffect(page, row);
  assert.ok(Math.abs(row.after - want.after) < 0.5, "the service and the command line disagree");

  const served = [[59, 142, 148]]; // blended with the land
  const look = () => pixelsOf(page, [gained, served], 18);
  const [blue] = await look();
  await shot(page, `${tag}-best`);
  await page.click("[data-choice=compare] [data-value=before]");
  await standing(page);
  const [unblue, teal] = await look();
  assert.ok(blue > unblue + 100, `${blue} pixels of change, ${unblue} before it`);
  await page.click("[data-choice=compare] [data-value=after]");
  await standing(page);
  assert.ok((await look())[1] > teal + 50, "nobody looks served after all");
  await shot(page, `${tag}-best-after`);

  const link = page.url();
  await page.reload();
  await page.waitForSelector("[data-site]");
  await standing(page);
  assert.equal(page.url(), link);
  await assertEffect(page, row);
  await page.click("[data-plan=take]");
  await standing(page);
  assert.equal(await page.locator(".pin.free").count(), 2);
  assert.deepEqual(hash(page).get("plan"), "hand");
  await assertEffect(page, await whatIf({ add: added(page) }));
  await done();
});

test("conditions are asked for; what cannot be done is said", { skip: !large && "as on the example" }, async () => {
  const level = (await project()).project.levels.at(-2);
  const { page, requests, done } = await visit({ hash: `standard=${standard}&plan=best&p=3`, expectErrors: true });
  await drawn(page);
  await page.click("[data-fold=conditions] > summary");
  await page.fill("[data-input=apart]", "400");
  await page.selectOption("[data-input=from]", "villages");
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-job=proof]");
  await standing(page);
  const job = await api(`jobs/${hash(page).get("job")}`);
  const want = await post("siting", { standard, p: 3, candidates: "villages", apart: 400 });
  for (let n = 0; n < 100 && !(await api(`jobs/${want.id}`)).answer; n++) await page.waitForTimeout(100);
  const again = await api(`jobs/${want.id}`);
  assert.deepEqual(job.answer.open, again.answer.open);
  assert.deepEqual(await page.locator("[data-site]").evaluateAll((all) => all.map((b) => b.dataset.site)), job.answer.open);

  await page.click("[data-value=target]");
  await page.fill("[data-input=target]", "100");
  await page.selectOption("[data-input=each]", level);
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-job=fault]");
  assert.match(await page.locator("[data-job=fault]").textContent(), /no candidate can serve|candidate/);
  assert.ok(requests.some((u) => u.includes("/siting")));
  await done();
});

test("what may close is what the command line says", { skip: !large && "one hospital cannot close" }, async () => {
  const want = cli("close", "--k", "3");
  const { page, done } = await visit({ hash: `standard=${standard}&plan=close&k=3` });
  await drawn(page);
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-closed]");
  await standing(page);
  assert.deepEqual(await page.locator("[data-closed]").evaluateAll((all) => all.map((b) => b.dataset.closed)), want.closed);
  await assertEffect(page, await whatIf({ close: want.closed }));
  await shot(page, `${tag}-closures`);
  await done();
});

test("a search is stopped", { skip: !large && "searches end at once there" }, async () => {
  const { page, done } = await visit({ hash: `standard=${standard}&plan=best&p=14&apart=2500&limit=120` });
  await drawn(page);
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-job=best]");
  assert.match(await page.locator("[data-job=best]").textContent(), /Best so far: [\d,]+ people served; no answer is better than [\d,]+/);
  await shot(page, `${tag}-running`);
  await page.click("#does-close"); // the search of the one tab does not hold up the other's
  assert.ok(await page.locator("[data-job=start]").isEnabled());
  await page.click("#does-best");
  assert.ok(await page.locator("[data-job=start]").isDisabled());
  const started = Date.now();
  await page.click("[data-job=stop]");
  await page.waitForSelector("[data-job=proof]");
  assert.ok(Date.now() - started < 10_000, "it went on for long");
  await standing(page);
  const job = await api(`jobs/${hash(page).get("job")}`);
  assert.deepEqual([job.state, job.stopped], ["done", true]);
  assert.equal(await page.locator("[data-site]").count(), job.answer.sites.length);
  await done();
});

test("the keyboard adds, moves and removes; another question forgets what was found", { skip: !large && "as on the example" }, async () => {
  const [lon, lat] = await atGap();
  const { page, done } = await visit({ hash: `standard=${standard}&plan=hand&map=13/${lat}/${lon}` });
  await drawn(page);
  await page.locator(".maplibregl-canvas").focus();
  await page.keyboard.press("Enter");
  await standing(page);
  const [first] = added(page);
  await page.locator(".pin").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowUp");
  await standing(page);
  const [second] = added(page);
  assert.ok(second.at[0] > first.at[0] && second.at[1] > first.at[1], `${first.at} to ${second.at}`);
  await assertEffect(page, await whatIf({ add: [second] }));
  await page.locator(".pin").focus();
  await page.keyboard.press("Delete");
  await page.waitForSelector(".effect", { state: "detached" });
  await page.locator("#does-hand").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(300);
  assert.equal(hash(page).get("plan"), "best");
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-site]");
  await page.click(".ask summary");
  await page.click("[data-choice=mode] [data-value=line]");
  await page.waitForSelector("[data-site]", { state: "detached" });
  await page.locator("[data-choice=about] [data-value=coverage]").click();
  await page.waitForSelector("details.why", { state: "attached" });
  await page.waitForTimeout(300);
  assert.equal(hash(page).get("plan"), null);
  await done();
});

test("a phone: found, seen, nothing cut off, in Chinese", { skip: !large && "as on the example" }, async () => {
  const { page, done } = await visit({ size: "phone", lang: "zh", dark: true, hash: `standard=${standard}&plan=best&p=2` });
  await drawn(page);
  await page.click("[data-job=start]");
  await page.waitForSelector("[data-site]");
  await standing(page);
  await page.waitForTimeout(400);
  await shot(page, `${tag}-phone-zh`);
  assert.match(await page.locator("[data-job=proof]").textContent(), /已证明最优/);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  for (const tab of ["best", "close", "hand"]) {
    await page.locator(`#does-${tab}`).click();
    if (tab === "best") await page.click("[data-value=years]");
    await page.evaluate(() => document.querySelectorAll("#siting-panel details").forEach((d) => (d.open = true)));
    const spill = await page.locator(".scroll").evaluate((e) => e.scrollWidth - e.clientWidth);
    assert.ok(spill <= 0, `${tab}: the panel is ${spill} px too wide`);
  }
  await done();
});
