// The page against the real service: what it shows is what the service says.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { api, base, close, open, pixelsLike, settled, shot, visit } from "./browser.mjs";
import { assertNumbers, people, project } from "./numbers.mjs";

before(open);
after(close);

test("every standard shows what the service says", async () => {
  const { standards } = await project();
  const { page, requests, done } = await visit();
  await settled(page);
  for (const s of standards) {
    await page.click(".face");
    await page.click(`[data-standard="${s.id}"]`);
    await settled(page);
    await assertNumbers(page, { standard: s.id });
    const asked = requests.filter((u) => u.includes("/tiles/coverage/") && u.includes(encodeURIComponent(s.id)));
    assert.ok(asked.length > 0, `no tile was asked for ${s.id}`);
  }
  await done();
});

test("an own question, by kind and metres, with the landmass rule off", async () => {
  const { project: p } = await project();
  const kind = p.kinds[0].kind;
  const { page, done } = await visit();
  await settled(page);
  await page.click("[role=radio][data-value=own]");
  for (const pressed of await page.locator(".chip[aria-pressed=true]").evaluateAll((all) => all.map((c) => c.dataset.kind))) {
    if (pressed !== kind) await page.click(`.chip[data-kind="${pressed}"]`);
  }
  if ((await page.locator(`.chip[data-kind="${kind}"]`).getAttribute("aria-pressed")) !== "true") await page.click(`.chip[data-kind="${kind}"]`);
  await page.click("[role=radio][data-value=m]");
  await page.fill("[data-input=within]", "2500");
  await page.keyboard.press("Enter");
  const query = { kind, within: "2500m" };
  if (p.groups.length > 1) {
    await page.click(`[role=radio][data-value="${p.groups[0]}"]`);
    query.group = p.groups[0];
  }
  if (p.landmass_known) {
    await page.click(".switch");
    query.landmass = "off";
  }
  await settled(page);
  await assertNumbers(page, query);
  await page.click("#tab-facilities");
  await page.locator(".wide").click();
  await settled(page);
  await shot(page, "desk-en-own-question");
  await done();
});

test("minutes of a changed speed", async () => {
  const { standards } = await project();
  const timed = standards.find((s) => s.rules[0].threshold.seconds);
  const { page, done } = await visit({ hash: `standard=${timed.id}` });
  await settled(page);
  await page.click(".adjust summary");
  await page.fill("[data-input=speed]", "3");
  await page.keyboard.press("Enter");
  await settled(page);
  await assertNumbers(page, { standard: timed.id, speed: 3 });
  await page.click(".why summary");
  assert.match(await page.locator(".why").innerText(), /3 km\/h/);
  await done();
});

test("borders, and what sharing across them brings", async () => {
  const level = "town";
  const query = { kind: "hospital,township_hospital", within: "15min", mode: "drive", borders: level };
  for (const [lang, size, dark] of [["en", "desk", false], ["zh", "desk", true], ["zh", "phone", false]]) {
    const { page, done } = await visit({ lang, size, dark, hash: `kind=${query.kind}&within=15min&mode=drive${size === "phone" ? `&borders=${level}` : ""}` });
    await settled(page);
    if (size === "desk") {
      await page.selectOption("[data-input=borders]", level);
      await settled(page);
    }
    if (lang === "en") await assertNumbers(page, query);
    const want = await api("sharing", { ...query, level });
    const total = want.rows.find((r) => r.level === "total");
    if (size === "phone") await page.click(".grip");
    await page.locator("[data-sharing] summary").click();
    await page.locator("[data-sharing] dl").waitFor();
    for (const [key, value] of [["sharingOwn", total.own], ["sharingStated", total.stated], ["sharingOpen", total.open]]) {
      const text = await page.locator(`[data-figure=${key}]`).innerText();
      assert.equal(text.split(/\s/)[0], people(value), key);
    }
    const gaining = want.rows.filter((r) => r.level === level && r.gained + r.could_gain > 0);
    assert.ok(gaining.length > 0, "nobody gains: nothing is tried");
    assert.equal(await page.locator("[data-sharing] tbody tr").count(), gaining.length);
    for (const r of gaining) {
      assert.deepEqual(await page.locator(`[data-sharing] tr[data-zone="${r.zone}"] td`).allInnerTexts(), [people(r.gained), people(r.could_gain)]);
    }
    await page.locator("[data-sharing]").scrollIntoViewIfNeeded();
    await shot(page, `${size}-${lang}${dark ? "-dark" : ""}-borders`);
    await done();
  }
});

test("the cells are drawn, in the colours of the legend", async () => {
  const { page, done } = await visit();
  await settled(page);
  const near = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  const swatches = await page.locator(".legend .swatch").evaluateAll((all) => all.map((s) => getComputedStyle(s).backgroundColor));
  const colours = swatches.map((s) => s.match(/\d+/g).slice(0, 3).map(Number));
  await page.click(".legend .head"); // its own swatches must not count
  // Cells let 8 % of the land through.
  const blended = colours.map((c) => c.map((v, i) => v * 0.92 + near("#f7f4ec")[i] * 0.08));
  assert.ok((await pixelsLike(page, blended)) > 300, "no cell is to be seen");
  await done();
});

test("a gap flies to its place and is highlighted", async () => {
  const { standards } = await project();
  const gaps = await api("gaps", { standard: standards[0].id, limit: 1000 });
  const { page, done } = await visit({ still: false });
  await settled(page);
  await page.locator(".gap").first().click();
  await page.waitForTimeout(1600);
  await settled(page);
  const gap = gaps.features[0];
  const q = new URLSearchParams(new URL(page.url()).hash.slice(1));
  assert.equal(q.get("gap"), String(gap.properties.id));
  const [, lat, lon] = q.get("map").split("/").map(Number);
  const points = gap.geometry.coordinates.flat(gap.geometry.type === "MultiPolygon" ? 2 : 1);
  const [w, e] = [Math.min(...points.map((p) => p[0])), Math.max(...points.map((p) => p[0]))];
  const [s, n] = [Math.min(...points.map((p) => p[1])), Math.max(...points.map((p) => p[1]))];
  assert.ok(lon >= w - 1e-4 && lon <= e + 1e-4 && lat >= s - 1e-4 && lat <= n + 1e-4, "the map is not over the gap");
  assert.equal(await page.locator(".gap").first().getAttribute("aria-current"), "true");
  await shot(page, "desk-en-gap");
  await done();
});

test("a click on a cell says what the service says of it", async () => {
  const { standards } = await project();
  const standard = standards[0].id;
  const { features } = await api("gaps", { standard, limit: 20 });
  const gap = features.find((g) => g.properties.nearest.facility) ?? features[0];
  const [lon, lat] = gap.properties.at;
  const { page, done } = await visit({ hash: `standard=${standard}&map=14/${lat}/${lon}` });
  await settled(page);
  const box = await page.locator(".maplibregl-canvas").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForSelector(".place [data-place]");
  const { properties: at } = await api("at", { standard, lon, lat });
  const text = async (name) => (await page.locator(`[data-place="${name}"]`).innerText()).trim();
  for (const [g, n] of Object.entries(at.pop)) assert.equal(await text(`pop-${g}`), people(n));
  if (at.nearest) {
    assert.ok((await text("nearest")).startsWith(at.nearest.name || at.nearest.id));
    const cost = at.seconds !== undefined ? `${Math.floor(at.seconds / 60).toLocaleString("en-GB")} min${at.seconds % 60 ? ` ${at.seconds % 60} s` : ""}` : null;
    if (cost && at.seconds >= 60) assert.equal(await text("cost"), cost);
    assert.equal(await text("verdict"), "Not served");
  }
  await page.waitForTimeout(500);
  await shot(page, "desk-en-cell");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".place").count(), 0);
  await done();
});

test("a zone filters the gaps and is framed", async () => {
  const { page, done } = await visit({ hash: "tab=zones" });
  await settled(page);
  const row = page.locator("tbody tr").first();
  const zone = await row.getAttribute("data-zone");
  await row.click();
  await settled(page);
  assert.ok(page.url().includes("zone=" + encodeURIComponent(zone)));
  await shot(page, "desk-en-zone");
  await page.click("#tab-gaps");
  const { standards } = await project();
  const { features } = await api("gaps", { standard: standards[0].id, limit: 1000 });
  const inside = new Set([zone]);
  for (const { properties: z } of (await api("zones", { limit: 10000 })).features) if (inside.has(z.parent)) inside.add(z.id); // parents come first
  const expected = features.filter((g) => inside.has(g.properties.zone)).slice(0, 50).map((g) => String(g.properties.id));
  assert.ok(expected.length > 0, "the zone has no gap to tell by");
  assert.deepEqual(await page.locator(".gap").evaluateAll((all) => all.map((g) => g.dataset.gap)), expected);
  await done();
});

test("the zone table sorts by every column", async () => {
  const { page, done } = await visit({ hash: "tab=zones" });
  await settled(page);
  for (const column of [1, 2, 4]) {
    await page.locator("thead button").nth(column).click();
    const values = await page.locator(`tbody td:nth-child(${column + 1})`).evaluateAll((all) => all.map((c) => parseFloat(c.textContent.replace(/[,<>]/g, ""))));
    assert.deepEqual(values, [...values].sort((a, b) => b - a));
    assert.equal(await page.locator("thead th").nth(column).getAttribute("aria-sort"), "descending");
  }
  await done();
});

test("a link brings back the question and the view", async () => {
  const { standards } = await project();
  const first = await visit({ hash: `standard=${standards.at(-1).id}&tab=zones&shade=served&map=11.5/30.25/122.2` });
  await settled(first.page);
  const url = first.page.url();
  const share = await first.page.locator("[data-figure=share]").textContent();
  await first.done();
  const second = await visit({ hash: new URL(url).hash.slice(1) });
  await settled(second.page);
  assert.equal(second.page.url(), url);
  assert.equal(await second.page.locator("[data-figure=share]").textContent(), share);
  assert.equal(await second.page.locator("#tab-zones").getAttribute("aria-selected"), "true");
  await second.done();
});

test("the language follows the browser, is switched, and is remembered", async () => {
  const { page, done } = await visit({ lang: "zh" });
  await settled(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  assert.match(await page.locator("#tab-gaps").innerText(), /缺口/);
  await shot(page, "desk-zh");
  const before = await page.locator("[data-figure=served]").textContent();
  await page.click(".lang");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.match(await page.locator("#tab-gaps").innerText(), /Gaps/);
  assert.equal(await page.locator("[data-figure=served]").textContent(), before);
  await page.reload();
  await settled(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await shot(page, "desk-en");
  await done();
});

test("the keyboard alone reaches a gap and a cell", async () => {
  const { page, done } = await visit();
  await settled(page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip svelte-" + (await page.evaluate(() => document.activeElement.className.split("svelte-")[1])));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-gaps");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  const id = await page.evaluate(() => document.activeElement.dataset.gap);
  assert.equal(id, await page.locator(".gap").nth(1).getAttribute("data-gap"));
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok(page.url().includes("gap=" + id));
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  assert.ok(!page.url().includes("gap="));
  await page.locator(".maplibregl-canvas").focus();
  const answered = page.waitForResponse((r) => r.url().startsWith(base + "/at?"));
  await page.keyboard.press("Enter");
  await answered;
  await done().catch((e) => {
    // The middle of the map may be water: the service then says 404, which browsers log.
    if (!/404/.test(e.message)) throw e;
  });
});

test("the standard is chosen by keyboard", async () => {
  const { standards } = await project();
  if (standards.length < 2) return;
  const { page, done } = await visit();
  await settled(page);
  await page.locator(".face").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const last = await page.locator("[role=option]").last().getAttribute("data-standard");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok(decodeURIComponent(page.url()).includes("standard=" + last));
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("face")), true);
  await done();
});

test("a late answer never replaces a newer one", async () => {
  const { standards } = await project();
  if (standards.length < 2) return;
  const [slow, quick] = [standards[1], standards[0]];
  const { page, done } = await visit({ hash: `standard=${standards.at(-1).id}` });
  await settled(page);
  await page.route((u) => u.pathname === "/coverage" && u.searchParams.get("standard") === slow.id, async (route) => {
    await new Promise((r) => setTimeout(r, 1500));
    await route.continue().catch(() => {}); // given up by the page by then
  });
  for (const s of [slow, quick]) {
    await page.click(".face");
    await page.click(`[data-standard="${s.id}"]`);
  }
  await page.waitForTimeout(2200);
  await settled(page);
  await assertNumbers(page, { standard: quick.id });
  await done();
});

test("what the service refuses is shown in the reader's language", async () => {
  const { project: p } = await project();
  for (const lang of ["en", "zh"]) {
    const { page, done } = await visit({ lang, hash: `kind=${p.kinds[0].kind}&within=9999min`, expectErrors: true });
    await page.waitForSelector("[role=alert]");
    const r = await fetch(`${base}/coverage?kind=${p.kinds[0].kind}&within=9999min&lang=${lang}`);
    assert.equal(r.status, 400);
    const { detail } = await r.json();
    assert.ok((await page.locator("[role=alert]").innerText()).includes(detail));
    await done();
  }
});

test("a phone: the sheet opens, and nothing is cut off", async () => {
  for (const [lang, dark] of [["en", false], ["zh", true]]) {
    const { page, done } = await visit({ size: "phone", lang, dark });
    await settled(page);
    await shot(page, `phone-${lang}${dark ? "-dark" : ""}`);
    const height = () => page.locator(".panel").evaluate((e) => e.getBoundingClientRect().height);
    const half = await height();
    await page.click(".grip");
    await page.waitForTimeout(400);
    assert.ok((await height()) > half + 100);
    await page.click("#tab-zones");
    await shot(page, `phone-${lang}${dark ? "-dark" : ""}-zones`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `the page is ${wide} px wide`);
    const spill = await page.locator(".scroll").evaluate((e) => e.scrollWidth - e.clientWidth);
    assert.ok(spill <= 0, `the panel is ${spill} px too wide`);
    await page.click("#tab-gaps");
    await page.locator(".gap").first().click();
    await page.waitForTimeout(500);
    assert.ok((await height()) < 844 * 0.6, "the map is hidden behind the sheet");
    await settled(page);
    await shot(page, `phone-${lang}${dark ? "-dark" : ""}-gap`);
    await done();
  }
});

test("dark, with served or not", async () => {
  const { page, done } = await visit({ lang: "zh", dark: true, hash: "shade=served&tab=zones" });
  await settled(page);
  await shot(page, "desk-zh-dark-served");
  await done();
});
