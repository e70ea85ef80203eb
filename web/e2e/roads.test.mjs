// The page on a project with roads and a ferry (strait.mjs): modes, routes and
// reaches, every number as the service says it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, base, close, open, pixelsLike, settled, shot, visit } from "./browser.mjs";
import { assertNumbers, people, project } from "./numbers.mjs";

before(open);
after(close);

const standard = "strait/hospital";
const east = [122.0975, 30.0465]; // near the road of the eastern island
const lonely = [122.112, 30.034]; // beside every road

// Written anew here, as people() is.
const time = (ms) => {
  const s = Math.round(ms / 1000);
  const [min, rest] = [Math.floor(s / 60), s % 60];
  return min === 0 ? `${rest} s` : `${min} min${rest ? ` ${rest} s` : ""}`;
};
const text = async (page, selector) => (await page.locator(selector).innerText()).replace(/\s+/g, " ").trim();

async function clickMiddle(page) {
  const box = await page.locator(".maplibregl-canvas").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector(".place h2");
}

test("the modes of the project are offered, and each shows what the service says", async () => {
  const { modes } = (await project()).project;
  assert.deepEqual(modes.map((m) => m.mode), ["line", "walk", "bike", "ebike", "drive", "friction", "mixed"]);
  const { page, done } = await visit({ hash: `standard=${standard}` });
  await settled(page);
  const offered = await page.locator("[data-choice=mode] [role=radio]").allInnerTexts();
  assert.deepEqual(offered, ["As the standard", ...modes.map((m) => m.name.en)]);
  assert.match(await text(page, "[data-figure=how]"), /urban: on foot along roads; rural: by bicycle along roads; ferries: mean wait/i);
  await assertNumbers(page, { standard });
  for (const mode of ["walk", "drive", "line"]) {
    await page.click(`[data-choice=mode] [data-value=${mode}]`);
    await settled(page);
    assert.ok(page.url().includes(`mode=${mode}`));
    await assertNumbers(page, { standard, mode });
  }
  assert.equal(await page.locator("[data-choice=boats]").count(), 0, "no boats on straight lines");
  await page.click("[data-choice=mode] [role=radio] >> nth=0");
  await settled(page);
  assert.ok(!page.url().includes("mode="));
  await assertNumbers(page, { standard });
  await done();
});

test("ferries, direction and speed are asked for, and told", async () => {
  const { page, requests, done } = await visit({ hash: `standard=${standard}&mode=walk` });
  await settled(page);
  for (const boats of ["off", "best", "guaranteed"]) {
    await page.click(`[data-choice=boats] [data-value=${boats}]`);
    await settled(page);
    await assertNumbers(page, { standard, mode: "walk", boats });
  }
  await page.click(".adjust summary");
  assert.equal(await page.locator("[data-input=detour]").count(), 0, "no detour on roads");
  assert.equal(await page.locator("[data-input=speed]").getAttribute("placeholder"), "5");
  await page.click("[data-choice=direction] [data-value=from]");
  await page.fill("[data-input=speed]", "4");
  await page.keyboard.press("Enter");
  await settled(page);
  await assertNumbers(page, { standard, mode: "walk", boats: "guaranteed", direction: "from", speed: 4 });
  await page.click(".why summary");
  assert.match(await text(page, ".why"), /on foot along roads at 4 km\/h on a residential street, starting from the facility, ferries: same-day return/);
  assert.ok(requests.some((u) => u.includes("/tiles/coverage/") && u.includes("boats=guaranteed") && u.includes("direction=from")));
  await done();
});

test("a click finds the way over the water, step by step", async () => {
  for (const [query, kind] of [[{ standard }, "by the standard"], [{ kind: "hospital", within: "90min", mode: "walk", boats: "best" }, "walking"], [{ kind: "hospital,clinic", within: "2000m", mode: "walk" }, "in metres"]]) {
    const { page, done } = await visit({ hash: `${new URLSearchParams(query)}&map=14/${east[1]}/${east[0]}` });
    await settled(page);
    await clickMiddle(page);
    await page.waitForSelector("[data-place=route]");
    const { properties: place } = await api("at", { ...query, lon: east[0], lat: east[1] });
    const { within, ...way } = query;
    const found = await api("route", { ...way, ...(within?.endsWith("0m") && { metres: true }), from: place.at.join(",") });
    assert.equal(found.route.facility, place.nearest.id, kind);
    const cost = place.seconds !== undefined ? time(place.seconds * 1000) : `${people(Math.ceil(place.metres))} m`;
    assert.equal(await text(page, "[data-place=cost]"), cost);
    assert.deepEqual([found.route.seconds, found.route.metres], [place.seconds, place.metres]);
    const shown = await page.locator("[data-step]").evaluateAll((all) => all.map((li) => [li.dataset.step, li.querySelector(".time").textContent]));
    const steps = found.features.map((f) => f.properties).filter((s) => (s.ms ?? s.mm) >= 500);
    assert.deepEqual(shown, steps.map((s) => [s.kind, s.ms !== undefined ? time(s.ms) : `${people(Math.ceil(s.mm / 1000))} m`]), kind);
    if (kind === "by the standard") {
      assert.deepEqual(steps.map((s) => s.kind), ["walk", "street", "board", "sail", "street", "walk"]);
      assert.match(await text(page, "[data-step=board]"), /Wait and board ferry 西港—东屿 25 min/);
      await page.click(".place .link");
      await page.waitForTimeout(400);
      await settled(page);
      assert.ok((await pixelsLike(page, [[27, 98, 196]], 24)) > 60, "no crossing in blue on the map");
      await shot(page, "roads-desk-en-route");
    }
    await done();
  }
});

test("who cannot get anywhere is told why", async () => {
  for (const [lang, words] of [["en", "No usable road or open ground is near."], ["zh", "附近没有可用的道路或可通行的地面。"]]) {
    const { page, done } = await visit({ lang, hash: `standard=${standard}&at=${lonely}`, expectErrors: true });
    await settled(page);
    await page.waitForSelector("[data-place=no-route]");
    assert.equal(await text(page, "[data-place=no-route]"), words);
    assert.equal(await page.locator("[data-place=route]").count(), 0);
    await page.click("[data-reach=switch]");
    await page.waitForSelector("[data-reach=nothing]");
    await done();
  }
});

async function assertReach(page, query, group) {
  const areas = (await api("isochrone", query)).features.map((f) => f.properties);
  await page.waitForSelector(".reach tbody tr");
  const shown = await page.locator(".reach tbody tr").evaluateAll((all) => all.map((tr) => [Number(tr.dataset.within), tr.querySelector("td").textContent]));
  assert.deepEqual(shown, areas.map((a) => [a.threshold.seconds ?? a.threshold.metres, people(a.people[group])]));
}

test("the reach of a place and of a facility has the people that the service counts", async () => {
  const within = "900s,1200s,2400s,4500s";
  const { page, done } = await visit({ hash: `standard=${standard}&map=14/30.0402/122.0142` });
  await settled(page);
  await clickMiddle(page); // the hospital stands there
  assert.equal(await text(page, ".place h2"), "西港医院");
  await page.click("[data-reach=switch]");
  await assertReach(page, { from: "122.0142,30.0402", mode: "walk", boats: "typical", direction: "to", within }, "all");
  // Who gets to the only hospital in time on foot, from town, is who the answer says is served there.
  const town = (await api("coverage", { standard, setting: "urban", level: "town" })).total;
  const reach = (await api("isochrone", { from: "122.0142,30.0402", mode: "walk", direction: "to", within: "15min" })).features[0].properties;
  assert.ok(Math.abs(reach.people.all - town.served) < 1, `${reach.people.all} reached, ${town.served} served`);
  await page.waitForTimeout(400);
  await settled(page);
  assert.ok((await pixelsLike(page, [[90, 61, 158]], 24)) > 200, "no reach on the map");
  await shot(page, "roads-desk-en-reach");
  const url = page.url();
  assert.ok(url.includes("reach=on") && url.includes("facility=h1"), url);
  await page.reload();
  await settled(page);
  await assertReach(page, { from: "122.0142,30.0402", mode: "walk", boats: "typical", direction: "to", within }, "all");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".reach").count(), 0);
  await done();

  const place = await visit({ lang: "zh", dark: true, hash: `standard=${standard}&group=60%2B&at=${east}&reach=on&map=13/30.043/122.09` });
  await settled(place.page);
  const { at } = (await api("at", { standard, lon: east[0], lat: east[1] })).properties;
  await assertReach(place.page, { from: at.join(","), mode: "bike", boats: "typical", direction: "from", within }, "60+");
  await shot(place.page, "roads-desk-zh-dark-reach");
  await place.done();
});

test("a place where nobody lives has a reach too", async () => {
  const empty = [122.04, 30.03];
  assert.equal((await fetch(`${base}/at?lon=${empty[0]}&lat=${empty[1]}`)).status, 404);
  const { page, done } = await visit({ hash: `standard=strait/clinic&at=${empty}&reach=on&map=13/${empty[1]}/${empty[0]}`, expectErrors: true });
  await settled(page);
  assert.equal(await text(page, ".place h2"), "Nobody lives here");
  await assertReach(page, { from: empty.join(","), mode: "line", detour: 1.2, direction: "from", within: "400m,750m,1500m" }, "60+");
  await done();
});

test("engines that set out themselves, and what they add", async () => {
  const { page, done } = await visit({ hash: "standard=strait/fire&facility=f1&reach=on" });
  await settled(page);
  await assertReach(page, { from: "122.0202,30.0402", mode: "drive", boats: "typical", direction: "from", within: "300s,600s,900s,1800s" }, "all");
  assert.match(await text(page, ".reach"), /Who is reached from here in time, by car along roads/);
  assert.match(await text(page, ".reach"), /The 1 min that pass at the facility are not counted in\./);
  await page.keyboard.press("Escape");
  const near = await api("at", { standard: "strait/fire", lon: 122.014, lat: 30.0475 });
  const again = await visit({ hash: `standard=strait/fire&at=122.014,30.0475` });
  await settled(again.page);
  await again.page.waitForSelector("[data-step=delay]");
  assert.equal(await text(again.page, "[data-place=cost]"), time(near.properties.seconds * 1000));
  assert.match(await text(again.page, "[data-step=delay]"), /At the facility 1 min/);
  assert.match(await text(again.page, "[data-place=how]"), /by car along roads, starting from the facility/i);
  await again.done();
  await done();
});

test("roads and boats lie below the answer, until they are hidden", async () => {
  const { page, requests, done } = await visit({ hash: `standard=${standard}&tab=facilities&map=13/30.04/122.076` });
  await settled(page);
  assert.ok(requests.some((u) => u.includes("/tiles/roads/")), "no tile of roads was asked for");
  assert.equal(await text(page, "[data-legend=roads]"), "roads ferry lines");
  const blue = await pixelsLike(page, [[110, 150, 205]], 45);
  await page.click("[data-layer=roads]");
  await settled(page);
  const without = await pixelsLike(page, [[110, 150, 205]], 45);
  assert.ok(blue > without + 60, `${blue} pixels of boats, ${without} without`);
  assert.equal(await page.locator("[data-legend=roads]").count(), 0);
  assert.ok(page.url().includes("roads=off"));
  await done();
});

test("what keeps off the water is said as the mode has it", async () => {
  const words = {
    line: ["Lines stop at the water", "A facility serves only the island or mainland that it stands on.", "Speed and detour factor"],
    walk: ["Nobody walks over water", "Walks to a road stay on their island or mainland. Ferries still sail.", "Speed and direction"],
  };
  for (const [mode, [rule, hint, adjust]] of Object.entries(words)) {
    const { page, done } = await visit({ hash: `standard=${standard}&mode=${mode}` });
    await settled(page);
    assert.equal(await text(page, ".question .switch"), `${rule} ${hint}`);
    assert.equal((await text(page, ".adjust summary")).toLowerCase(), adjust.toLowerCase());
    await done();
  }
});

test("circles belong to straight lines", async () => {
  const { page, done } = await visit({ hash: "standard=strait/clinic&tab=facilities" });
  await settled(page);
  assert.equal(await page.locator(".circles .wide").count(), 1);
  await page.click("[data-choice=mode] [data-value=walk]");
  await settled(page);
  assert.equal(await page.locator(".circles .wide").count(), 0);
  assert.match(await text(page, ".circles"), /Circles belong to straight lines/);
  await assertNumbers(page, { standard: "strait/clinic", mode: "walk" });
  await done();
});

test("a link brings the way to travel back", async () => {
  const hash = `standard=${standard}&mode=bike&speed=12&direction=from&boats=off&at=122.014,30.045&reach=on&map=13/30.04/122.02`;
  const { page, done } = await visit({ hash });
  await settled(page);
  assert.equal(decodeURIComponent(page.url().split("#")[1]), decodeURIComponent(hash));
  assert.equal(await page.locator("[data-choice=mode] [aria-checked=true]").getAttribute("data-value"), "bike");
  assert.equal(await page.locator("[data-choice=boats] [aria-checked=true]").getAttribute("data-value"), "off");
  await assertNumbers(page, { standard, mode: "bike", speed: 12, direction: "from", boats: "off" });
  await done();
});

test("the keyboard chooses a mode and switches the reach", async () => {
  const { page, done } = await visit({ hash: `standard=${standard}&at=${east}` });
  await settled(page);
  await page.locator("[data-choice=mode] [aria-checked=true]").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.ok(page.url().includes("mode=walk"));
  await page.waitForSelector("[data-reach=switch]");
  await page.locator("[data-reach=switch]").focus();
  await page.keyboard.press("Space");
  await page.waitForSelector(".reach tbody tr");
  assert.equal(await page.locator("[data-reach=switch]").getAttribute("aria-checked"), "true");
  await done();
});

test("a phone: the place is told of in the sheet, and nothing is cut off", async () => {
  for (const [lang, dark] of [["en", true], ["zh", false]]) {
    const { page, done } = await visit({ size: "phone", lang, dark, hash: `standard=${standard}&at=${east}&reach=on` });
    await settled(page);
    await page.waitForSelector(".panel [data-place=route]");
    await page.waitForSelector(".panel .reach tbody tr");
    await page.waitForTimeout(300);
    const tag = `roads-phone-${lang}${dark ? "-dark" : ""}`;
    await shot(page, tag);
    await page.click(".grip");
    await page.waitForTimeout(400);
    await shot(page, `${tag}-full`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
    const spill = await page.locator(".scroll").evaluate((e) => e.scrollWidth - e.clientWidth);
    assert.ok(spill <= 0, `the panel is ${spill} px too wide`);
    await page.click(".ask summary");
    await page.locator("[data-choice=boats]").scrollIntoViewIfNeeded();
    await shot(page, `${tag}-question`);
    assert.ok((await page.locator(".scroll").evaluate((e) => e.scrollWidth - e.clientWidth)) <= 0);
    await done();
  }
});
