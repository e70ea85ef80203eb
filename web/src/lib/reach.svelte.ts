import type { Lang } from "../i18n";
import { asProblem, get, Latest, type Problem } from "./api";
import { thresholdQuery, travelQuery } from "./travel";
import type { Area, Collection, Feature, Reached, Threshold, Travel } from "./types";

/** How much of the map one area covers: those within others add up. */
export const reachOpacity = 0.16;

/** From where, how, and how far. */
export interface ReachQuestion {
  from: [number, number];
  travel: Travel;
  /** The journey leads to the place: the reach of a facility that people go to. */
  toward: boolean;
  within: Threshold[];
  landmass: boolean | undefined;
}

export function reachQuery(q: ReachQuestion): URLSearchParams {
  const query = travelQuery(q.travel, q.landmass, q.within.some((t) => t.seconds));
  query.set("from", q.from.join(","));
  query.set("within", q.within.map(thresholdQuery).join(","));
  query.set("direction", q.toward ? "to" : "from");
  return query;
}

/** What is reached from one place, the smallest area first. */
export class Reach {
  question: ReachQuestion | null = $state.raw(null);
  areas: Feature<Area, Reached>[] = $state.raw([]);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  #asking = new Latest();

  async ask(question: ReachQuestion, lang: Lang): Promise<void> {
    this.clear();
    this.question = question;
    this.busy = true;
    try {
      const got = await this.#asking.run((signal) => get<Collection<Area, Reached>>("isochrone", reachQuery(question), lang, signal));
      if (!got) return; // a newer question took over
      this.areas = got.features;
    } catch (e) {
      this.problem = asProblem(e);
    }
    this.busy = false;
  }

  clear(): void {
    this.#asking.stop();
    this.question = null;
    this.areas = [];
    this.busy = false;
    this.problem = null;
  }
}
