import type { Lang } from "../i18n";
import { asProblem, get, Latest, type Problem } from "./api";
import { choiceQuery, type Choice } from "./choice";
import type { Sharing, SharingRow } from "./types";

/** The zones of the bordered level that sharing changes, those with most to gain first. */
export function sharingRows(rows: SharingRow[], level: string): SharingRow[] {
  const gain = (r: SharingRow) => r.gained + r.could_gain;
  return rows.filter((r) => r.level === level && gain(r) > 0).sort((a, b) => gain(b) - gain(a) || (a.zone < b.zone ? -1 : 1));
}

/** What sharing across the borders of an answer brings: asked once, when somebody wants to know. */
export class SharingTable {
  table: Sharing | null = $state.raw(null);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  #asked: Choice | null = null;
  #asking = new Latest();

  async ask(choice: Choice, lang: Lang): Promise<void> {
    if (this.#asked === choice && !this.problem) return;
    this.#asked = choice;
    [this.table, this.problem, this.busy] = [null, null, true];
    const query = choiceQuery(choice);
    query.delete("group"); // sharing is of the standard's own group
    query.set("level", choice.borders);
    try {
      const got = await this.#asking.run((signal) => get<Sharing>("sharing", query, lang, signal));
      if (!got) return;
      this.table = got;
    } catch (e) {
      this.problem = asProblem(e);
    }
    this.busy = false;
  }
}
