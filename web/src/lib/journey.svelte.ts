import type { Lang } from "../i18n";
import { asProblem, get, Latest, type Problem } from "./api";
import type { Collection, Feature, Line, Point, Route, Step } from "./types";

export type Steps = Collection<Line | Point, Step> & { route: Route };

/** The way from the inspected place to its facility, as the service says it. */
export class Journey {
  found: Steps | null = $state.raw(null);
  /** Why there is none. */
  problem: Problem | null = $state.raw(null);
  #asking = new Latest();

  async ask(query: URLSearchParams, lang: Lang): Promise<void> {
    this.clear();
    try {
      const got = await this.#asking.run((signal) => get<Steps>("route", query, lang, signal));
      if (got) this.found = got;
    } catch (e) {
      this.problem = asProblem(e);
    }
  }

  clear(): void {
    this.#asking.stop();
    this.found = null;
    this.problem = null;
  }
}

/** The steps worth a line: those that take a second, or a metre. */
export function stepsShown(found: Steps): Feature<Line | Point, Step>[] {
  return found.features.filter(({ properties: s }) => (s.ms ?? 0) >= 500 || (s.mm ?? 0) >= 500);
}
