// What the page must show for an answer of the service.
import assert from "node:assert/strict";
import { api } from "./browser.mjs";

// Written anew here, so that a wrong formatter of the page cannot agree with itself.
export const people = (v) => v.toLocaleString("en-GB", v > 0 && v < 10 ? { minimumFractionDigits: 1, maximumFractionDigits: 1 } : { maximumFractionDigits: 0 });
export const percent = (v) => (v > 0 && v < 0.00005 ? "<0.01%" : v < 1 && v >= 0.99995 ? ">99.99%" : (v * 100).toFixed(2) + "%");
const trimmed = (a) => a.map((s) => s.replace(/\s+/g, " ").trim());

let known; // project and standards, once
export async function project() {
  known ??= { project: await api("project"), standards: (await api("standards")).standards };
  return known;
}

// The level that the zone table shows.
async function levelOf(page) {
  const { levels } = (await project()).project;
  if (levels.length === 1) return levels[0];
  await page.click("#tab-zones");
  return page.locator("[role=radiogroup][aria-label=Level] [aria-checked=true]").getAttribute("data-value");
}

export async function assertNumbers(page, query) {
  const level = await levelOf(page);
  const coverage = await api("coverage", { ...query, level, setting: "all", limit: 10000 });
  const gaps = await api("gaps", { ...query, limit: 1000 });
  if (coverage.total.population === 0) {
    assert.equal(await page.locator("[data-figure=share]").count(), 0, "a share of nobody is shown");
    return;
  }
  const figure = async (name) => (await page.locator(`[data-figure=${name}]`).textContent()).trim();
  assert.equal(await figure("share"), percent(coverage.total.share));
  assert.equal(await figure("served"), people(coverage.total.served));
  assert.equal(await figure("unserved"), people(coverage.total.population - coverage.total.served));
  assert.equal(await figure("gaps"), people(gaps.numberMatched).replace(/\.0$/, ""));
  await assertGaps(page, gaps, coverage.total.group);
  await assertZones(page, coverage.features.map((f) => f.properties));
}

async function assertGaps(page, gaps, group) {
  await page.click("#tab-gaps");
  const listed = await page.locator(".gap").evaluateAll((all) =>
    all.map((g) => ({ id: Number(g.dataset.gap), rank: g.querySelector(".rank").textContent, zone: g.querySelector(".zone").textContent, people: g.querySelector(".people").textContent })),
  );
  const expected = gaps.features.slice(0, listed.length).map(({ properties: g }) => ({ id: g.id, rank: String(g.rank), zone: g.zone_name || g.zone || "in no zone", people: people(g.groups[group]) }));
  assert.equal(listed.length, Math.min(50, gaps.features.length));
  assert.deepEqual(listed, expected);
}

async function assertZones(page, rows) {
  await page.click("#tab-zones");
  const shown = await page.locator("#tabpanel tbody tr").evaluateAll((all) => all.map((tr) => [tr.dataset.zone, ...[...tr.children].map((c) => c.textContent)]));
  const byZone = new Map(shown.map(([zone, ...cells]) => [zone, trimmed(cells)]));
  assert.equal(byZone.size, rows.length);
  for (const r of rows) {
    const expected = [r.name || r.zone, people(r.population), people(r.served), r.population > 0 ? percent(r.share) : "–", r.facilities.toLocaleString("en-GB")];
    assert.deepEqual(byZone.get(r.zone), trimmed(expected), r.zone);
  }
}
