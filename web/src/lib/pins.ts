import type { PinView } from "../map/pins";
import type { Placed } from "./answer";
import type { App } from "./app.svelte";
import { count } from "./format";

/** The pins of what is planned by hand, of what was found, or of what is to stay. */
export function pinsOf(app: App): PinView[] {
  const { siting } = app;
  if (siting.does === "hand") {
    return siting.plan.add.map((p, i) => ({
      at: p.at, text: String(i + 1), tag: "", free: true, chosen: siting.chosen === i, look: "" as const,
      label: app.t("pinLabel", { n: i + 1, kind: app.kindName(p.kind) }),
    }));
  }
  if (siting.does === "close") {
    return siting.wish.keep.flatMap((id) => {
      const f = app.facilities.find((x) => x.properties.id === id);
      return f ? [{ at: f.geometry.coordinates, text: "✓", tag: "", free: false, chosen: false, look: "stays" as const, label: app.t("staysLabel", { name: f.properties.name || id }) }] : [];
    });
  }
  if (siting.does !== "best") return [];
  return siting.sites.map((p, i) => ({
    at: p.site.at, text: String(i + 1), tag: p.year, free: false, chosen: siting.chosen === i,
    look: siting.isLater(p) ? "later" : p.steady || p.core ? "firm" : "",
    label: siteLabel(app, p, i),
  }));
}

function siteLabel(app: App, p: Placed, i: number): string {
  const words = [app.t("siteLabel", { n: i + 1, name: p.site.name || p.site.id, people: count(p.site.new, app.lang) })];
  if (p.year) words.push(app.t("builtIn", { year: p.year }));
  if (app.siting.isLater(p)) words.push(app.t("builtLater"));
  if (p.steady || p.core) words.push(app.t("legendFirm"));
  return words.join(app.lang === "zh" ? "，" : ", ");
}
