import type { Lang } from "../i18n";
import type { App } from "./app.svelte";
import { asProblem, get, Latest, type Problem } from "./api";
import { choiceQuery, type Choice } from "./choice";
import type { Area, Collection, Gap, Remedy } from "./types";

/** The facility that a remedy means and its zone, which may lie beyond the border; "" for none. */
export function remedyPlace(m: Remedy, app: Pick<App, "facilities" | "zones" | "lang">): string {
  const f = app.facilities.find((x) => x.properties.id === (m.facility ?? m.house))?.properties;
  const id = m.zone ?? f?.zone;
  const zone = m.zone_name || app.zones.find((z) => z.properties.id === id)?.properties.name || m.zone;
  return [m.name || f?.name || m.facility || m.house, zone].filter(Boolean).join(app.lang === "zh" ? "，" : ", ");
}

const most = 100; // gaps that the service names remedies for

/** What would close the gaps of an answer: asked once, when somebody wants to know. */
export class Remedies {
  of: Map<number, Remedy[]> | null = $state.raw(null);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  #asked: Choice | null = null;
  #asking = new Latest();

  async ask(choice: Choice, lang: Lang): Promise<void> {
    if (this.#asked === choice && !this.problem) return;
    this.#asked = choice;
    [this.of, this.problem, this.busy] = [null, null, true];
    const query = choiceQuery(choice);
    query.set("remedies", "true");
    query.set("limit", String(most));
    try {
      const got = await this.#asking.run((signal) => get<Collection<Area, Gap>>("gaps", query, lang, signal));
      if (!got) return;
      this.of = new Map(got.features.map((g) => [g.properties.id, g.properties.remedies ?? []]));
    } catch (e) {
      this.problem = asProblem(e);
    }
    this.busy = false;
  }
}
