import type { App } from "./app.svelte";
import { Asked } from "./asked.svelte";
import type { Area, Collection, Gap, Remedy } from "./types";

/** The facility that a remedy means and its zone, which may lie beyond the border; "" for none. */
export function remedyPlace(m: Remedy, app: Pick<App, "facilities" | "zones" | "lang">): string {
  const f = app.facilities.find((x) => x.properties.id === (m.facility ?? m.house))?.properties;
  const id = m.zone ?? f?.zone;
  const zone = m.zone_name || app.zones.find((z) => z.properties.id === id)?.properties.name || m.zone;
  return [m.name || f?.name || m.facility || m.house, zone].filter(Boolean).join(app.lang === "zh" ? "，" : ", ");
}

const most = 100; // gaps that the service names remedies for

/** What would close the gaps of an answer. */
export const askRemedies = () =>
  new Asked<Collection<Area, Gap>>("gaps", (query) => {
    query.set("remedies", "true");
    query.set("limit", String(most));
  });
