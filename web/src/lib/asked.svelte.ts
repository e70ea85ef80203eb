import { untrack } from "svelte";
import type { Lang } from "../i18n";
import { asProblem, get, Latest, type Problem } from "./api";
import { choiceQuery, type Choice } from "./choice";

/** Something more about an answer, asked once when somebody wants to know. */
export class Asked<T> {
  value: T | null = $state.raw(null);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  #of: Choice | null = null;
  #asking = new Latest();

  /** Where it is asked, and what the query says beside the choice. */
  constructor(
    private readonly path: string,
    private readonly more: (query: URLSearchParams, choice: Choice) => void,
  ) {}

  async ask(choice: Choice, lang: Lang): Promise<void> {
    // Whoever asks as something changes must not ask again because this failed.
    if (untrack(() => this.#of === choice && !this.problem)) return;
    this.#of = choice;
    [this.value, this.problem, this.busy] = [null, null, true];
    const query = choiceQuery(choice);
    this.more(query, choice);
    try {
      const got = await this.#asking.run((signal) => get<T>(this.path, query, lang, signal));
      if (!got) return; // another answer took over
      this.value = got;
    } catch (e) {
      this.problem = asProblem(e);
    }
    this.busy = false;
  }
}
