// A real Chromium on the page of a running service, and what every visit must hold.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const base = (process.env.BASE_URL ?? "").replace(/\/$/, "");
if (!base) throw new Error("BASE_URL is not set: start `lifecircle demo` and give its address");

const shots = process.env.SCREENSHOT_DIR;
const flags =
  "--no-sandbox --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist " +
  "--disable-background-networking --disable-component-update --disable-sync --no-first-run";

export const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

let browser;
export async function open() {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: flags.split(" "),
  });
}
export const close = () => browser?.close();

/** Answers of the service, fetched past the page. */
export async function api(path, query = {}) {
  const q = new URLSearchParams(query).toString();
  const r = await fetch(`${base}/${path}${q ? "?" + q : ""}`);
  assert.ok(r.ok, `${path}?${q}: ${r.status} ${await r.clone().text()}`);
  return r.json();
}

/** Opens the page; `visit.done()` closes it and says whether it kept to itself. */
export async function visit({ size = "desk", lang = "en", dark = false, hash = "", still = true, expectErrors = false } = {}) {
  const context = await browser.newContext({
    viewport: sizes[size],
    locale: lang === "zh" ? "zh-CN" : "en-GB",
    colorScheme: dark ? "dark" : "light",
    reducedMotion: still ? "reduce" : "no-preference",
    hasTouch: size === "phone",
  });
  const page = await context.newPage();
  const requests = [];
  const errors = [];
  page.on("request", (r) => requests.push(r.url()));
  page.on("pageerror", (e) => errors.push(e.message));
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  await page.goto(`${base}/#${hash}`);
  const done = async () => {
    await context.close();
    const strangers = requests.filter((u) => !u.startsWith(base + "/") && !/^(data|blob):/.test(u));
    assert.deepEqual(strangers, [], "the page called another host");
    if (!expectErrors) assert.deepEqual(errors, [], "errors on the console");
  };
  return { page, requests, done };
}

/** Waits until the answer stands and the map has drawn. */
export async function settled(page) {
  await page.waitForSelector("details.why", { state: "attached" });
  await page.waitForSelector(".headline:not(.stale)");
  await page.waitForTimeout(200); // what a click began shows as begun
  await page.waitForSelector(".headline:not(.stale)");
  await page.waitForSelector('.map[data-drawn*="/tiles/"]');
}

export async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, name + ".png") });
}

/** How many pixels of the map have one of the colours, give or take a blend with the land. */
export async function pixelsLike(page, colours, tolerance = 14) {
  return (await pixelsOf(page, [colours], tolerance))[0];
}

/** The same for several sets of colours, by one look. */
export async function pixelsOf(page, sets, tolerance = 14) {
  const png = (await page.locator(".stage").screenshot()).toString("base64");
  return page.evaluate(
    async ([data, sets, near]) => {
      const image = new Image();
      image.src = "data:image/png;base64," + data;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const g = canvas.getContext("2d");
      g.drawImage(image, 0, 0);
      const { data: p } = g.getImageData(0, 0, image.width, image.height);
      const n = sets.map(() => 0);
      for (let i = 0; i < p.length; i += 4) {
        sets.forEach((wanted, s) => wanted.some((c) => c.every((v, k) => Math.abs(v - p[i + k]) <= near)) && n[s]++);
      }
      return n;
    },
    [png, sets, tolerance],
  );
}
