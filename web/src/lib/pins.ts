import type { PinView } from "../map/pins";
import type { App } from "./app.svelte";
import { count } from "./format";

/** The pins of what is planned by hand, or of what was found. */
export function pinsOf(app: App): PinView[] {
  const { siting } = app;
  if (siting.does === "hand") {
    return siting.plan.add.map((p, i) => ({
      at: p.at, text: String(i + 1), free: true, chosen: siting.chosen === i,
      label: app.t("pinLabel", { n: i + 1, kind: app.kindName(p.kind) }),
    }));
  }
  if (siting.does !== "best") return [];
  return (siting.found?.sites ?? []).map((s, i) => ({
    at: s.at, text: String(i + 1), free: false, chosen: siting.chosen === i,
    label: app.t("siteLabel", { n: i + 1, name: s.name || s.id, people: count(s.new, app.lang) }),
  }));
}
