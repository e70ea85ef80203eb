// What the tests of siting share: questions past the page, and what it must show of an effect.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { api, base } from "./browser.mjs";
import { people, percent } from "./numbers.mjs";

const { STORE, LIFECIRCLE } = process.env;
if (!STORE || !LIFECIRCLE) throw new Error("STORE and LIFECIRCLE are not set");
export const standard = ["daishan-roads/medical", "strait/hospital"].find((id) => process.env.STANDARD === id);
if (!standard) throw new Error("STANDARD is not set");
export const tag = `siting-${standard.split("/")[0]}`;
export const large = standard.startsWith("daishan"); // searches take a while there
export const gained = [[31, 95, 214]];
export const lost = [[124, 15, 60]];

export async function post(path, body) {
  const r = await fetch(`${base}/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  assert.ok(r.ok, `${path}: ${r.status} ${await r.clone().text()}`);
  return r.json();
}
export const whatIf = async (plan) => (await post("whatif", { standard, ...plan })).rows.find((r) => r.level === "total");
export const cli = (...args) => JSON.parse(execFileSync(LIFECIRCLE, [args[0], STORE, "--standard", standard, "--json", "-q", ...args.slice(1)], { maxBuffer: 1 << 28 }));
export const figure = async (page, name) => (await page.locator(`[data-effect=${name}]`).textContent()).trim();
export const hash = (page) => new URLSearchParams(new URL(page.url()).hash.slice(1));
export const added = (page) => hash(page).getAll("add").map((t) => ({ at: t.split(",").slice(0, 2).map(Number), kind: t.split(",")[2] }));

export async function drawn(page) {
  await page.waitForSelector('.map[data-drawn*="/tiles/"]');
}

// Until the effect on show is that of the plan on show, and the link says so too.
export async function standing(page) {
  await page.waitForTimeout(250);
  await page.waitForSelector(".effect:not(.stale)");
  await drawn(page);
}

export async function assertEffect(page, row) {
  assert.equal(await figure(page, "before"), percent(row.share_before));
  assert.equal(await figure(page, "after"), percent(row.share_after));
  for (const [name, n] of [["gained", row.gained], ["lost", row.lost], ["worse", row.worse_off]]) assert.equal(await figure(page, name), people(n), name);
}

/** The job of the link, once it has ended. */
export async function jobOf(page) {
  await page.waitForTimeout(200);
  return ended(hash(page).get("job"));
}

export async function ended(id) {
  for (;;) {
    const job = await api(`jobs/${id}`);
    if (job.state !== "waiting" && job.state !== "running") return job;
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** What the service answers past the page. */
export const asked = async (path, body) => ended((await post(path, { standard, ...body })).id);

/** The body of a question that the page asks when something is done. */
export async function body(page, path, act) {
  const [request] = await Promise.all([page.waitForRequest((r) => r.method() === "POST" && new URL(r.url()).pathname.endsWith("/" + path)), act()]);
  return request.postDataJSON();
}

export const texts = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((e) => e.textContent.replace(/\s+/g, " ").trim()));
