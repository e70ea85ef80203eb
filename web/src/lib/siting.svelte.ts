import type { Lang } from "../i18n";
import { asProblem, get, Latest, Problem, send } from "./api";
import { isComplete, type Choice } from "./choice";
import {
  closuresBody, isEmpty, noPlan, noWish, planFor, planOf, sitingBody, whatIfBody,
  type Compare, type Does, type Pin, type Plan, type PlanState, type Wish,
} from "./plan";
import type { Job, WhatIf } from "./types";

/** What the page asks about: given anew with every question. */
export interface About {
  choice: Choice;
  kinds: string[];
  lang: Lang;
}

const settleMS = 80; // between the moves of a drag
const pollMS = [120, 250, 500, 800];
const most = 1000; // changes of one question
const kindsOfJob: Partial<Record<Does, Job["kind"]>> = { best: "siting", close: "closures" };

/** What may be built or closed: a plan made by hand, questions to the service, and what either changes. */
export class Siting {
  does: Does = $state("");
  plan: Plan = $state.raw(noPlan);
  wish: Wish = $state.raw(noWish);
  compare: Compare = $state("change");
  /** Whether a click on the map adds. */
  placing = $state(true);
  kind = $state("");
  /** The pin that is looked at. */
  chosen = $state(-1);
  job: Job | null = $state.raw(null);
  /** What was found has not been seen yet. */
  fresh = $state(false);
  effect: WhatIf | null = $state.raw(null);
  /** The plan that the effect is of. */
  answered: Plan = $state.raw(noPlan);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  jobProblem: Problem | null = $state.raw(null);
  #past: Plan[] = $state.raw([]);
  #pastOf = ""; // the kinds of the question it was planned for
  #asking = new Latest();
  #working = new Latest();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = ""; // the job of a link, until it is asked for

  constructor(private readonly about: () => About) {}

  /** The job of the tab on show. */
  mine = $derived(this.job && this.job.kind === kindsOfJob[this.does] ? this.job : null);
  /** What it answered. */
  found = $derived(this.mine?.answer ?? null);
  running = $derived(this.job?.state === "waiting" || this.job?.state === "running");
  /** Whether the tab on show waits for its job; that of the other tab does not count. */
  searching = $derived(this.running && this.mine !== null);
  canUndo = $derived(this.#past.length > 0);
  /** What the map and the numbers are about. */
  shown: Plan = $derived.by(() => {
    if (this.does === "hand") return this.plan;
    return this.found ? planOf(this.found, this.about().kinds[0] ?? "") : noPlan;
  });
  /** The effect of what is shown, not of what was shown before. */
  current = $derived(this.does !== "" && !isEmpty(this.shown) ? this.effect : null);
  total = $derived(this.current?.rows.find((r) => r.level === "total") ?? null);
  outdated = $derived(this.busy || this.answered !== this.shown);

  state(): PlanState {
    return { does: this.does, plan: this.plan, wish: this.wish, compare: this.compare, job: this.does === "best" || this.does === "close" ? (this.job?.id ?? this.#wanted) : "" };
  }

  apply(s: PlanState): void {
    this.#working.stop();
    this.#quiet();
    Object.assign(this, { does: s.does, plan: s.plan, wish: s.wish, compare: s.compare, job: null, effect: null, problem: null, jobProblem: null, chosen: -1 });
    this.#past = [];
    this.#wanted = s.job;
  }

  /** The question stands: what was planned is held against it. */
  asked(kindOf: (id: string) => string | undefined): void {
    const { kinds } = this.about();
    if (!kinds.includes(this.kind)) this.kind = kinds[0] ?? "";
    if (this.#pastOf !== kinds.join()) this.#past = []; // earlier plans may not fit
    this.#pastOf = kinds.join();
    const fits = planFor(this.plan, kinds, kindOf);
    if (JSON.stringify(fits) !== JSON.stringify(this.plan)) this.plan = fits;
    const wanted = this.#wanted;
    this.#wanted = "";
    if (wanted) void this.#follow(wanted);
    else this.refresh();
  }

  /** Another question: what was found answers it no more. */
  forget(): void {
    if (this.running) void this.cancel();
    this.#working.stop();
    this.#quiet();
    this.job = null;
    this.jobProblem = null;
    this.effect = null;
  }

  open(does: Does): void {
    this.does = does;
    this.problem = null;
    this.effect = null;
    this.refresh();
  }

  // Every step can be taken back, a drag as one.
  #step(plan: Plan, keep = true): void {
    if (keep) this.#past = [...this.#past, this.plan].slice(-200);
    this.plan = plan;
    this.refresh();
  }

  add(at: [number, number]): void {
    if (this.plan.add.length >= most || this.kind === "") return;
    this.#step({ ...this.plan, add: [...this.plan.add, { at, kind: this.kind }] });
    this.chosen = this.plan.add.length - 1;
  }

  /** Moves a pin; `again` when it goes on moving in one hand. */
  move(i: number, at: [number, number], again = false): void {
    this.#step({ ...this.plan, add: this.plan.add.map((p: Pin, k) => (k === i ? { ...p, at } : p)) }, !again);
  }

  remove(i: number): void {
    this.chosen = -1;
    this.#step({ ...this.plan, add: this.plan.add.filter((_, k) => k !== i) });
  }

  toggleClosed(id: string): void {
    const closed = this.plan.close.includes(id);
    const seen = this.does === "hand";
    if (!seen) this.open("hand");
    if (closed && !seen) return; // the plan that is on show again has it closed
    this.#step({ ...this.plan, close: closed ? this.plan.close.filter((x) => x !== id) : [...this.plan.close, id] });
  }

  undo(): void {
    const last = this.#past.at(-1);
    if (!last) return;
    this.#past = this.#past.slice(0, -1);
    this.chosen = -1;
    this.#step(last, false);
  }

  clear(): void {
    this.chosen = -1;
    this.#step(noPlan);
  }

  /** Makes what was found a plan to be changed by hand. */
  takeOver(): void {
    const plan = this.shown;
    this.open("hand");
    this.#step(plan);
  }

  /** Asks what the plan on show changes, once it stands still for a moment. */
  refresh(): void {
    this.#quiet();
    const plan = this.shown;
    if (this.does === "" || isEmpty(plan) || !isComplete(this.about().choice)) {
      this.effect = null;
      this.answered = plan;
      this.problem = null;
      return;
    }
    this.busy = true;
    this.#timer = setTimeout(() => void this.#ask(plan), settleMS);
  }

  // What was asked of a plan is waited for no more.
  #quiet(): void {
    clearTimeout(this.#timer);
    this.#asking.stop();
    this.busy = false;
  }

  async #ask(plan: Plan): Promise<void> {
    const { choice, lang } = this.about();
    try {
      const got = await this.#asking.run((signal) => send<WhatIf>("POST", "whatif", whatIfBody(choice, plan), lang, signal));
      if (!got) return; // a newer plan took over
      [this.effect, this.answered, this.problem] = [got, plan, null];
    } catch (e) {
      this.effect = null;
      this.problem = asProblem(e);
    }
    this.busy = false;
  }

  /** Starts the search that the tab on show is about. */
  async start(): Promise<void> {
    const { choice, lang } = this.about();
    if (this.running) void this.cancel();
    const [path, body] = this.does === "close" ? ["closures", closuresBody(choice, this.wish)] : ["siting", sitingBody(choice, this.wish)];
    this.job = null;
    this.jobProblem = null;
    this.refresh();
    try {
      const job = await this.#working.run((signal) => send<Job>("POST", path as string, body, lang, signal));
      if (!job) return;
      this.job = job;
      this.fresh = true;
      await this.#follow(job.id);
    } catch (e) {
      this.jobProblem = asProblem(e);
    }
  }

  // Looks at a job until it has ended.
  async #follow(id: string): Promise<void> {
    try {
      const ended = await this.#working.run(async (signal) => {
        for (let n = 0; ; n++) {
          const job = await get<Job>(`jobs/${id}`, new URLSearchParams(), this.about().lang, signal);
          this.job = job;
          if (job.state !== "waiting" && job.state !== "running") break;
          await new Promise((done) => setTimeout(done, pollMS[Math.min(n, pollMS.length - 1)]));
          signal.throwIfAborted();
        }
        return true;
      });
      if (!ended) return; // another search took over
    } catch (e) {
      // The service forgets old jobs: a link to one is then a question to be asked again.
      if (!(e instanceof Problem && e.status === 404)) this.jobProblem = asProblem(e);
      this.job = null;
    }
    const p = this.job?.problem;
    if (p) this.jobProblem = new Problem(p.status, p.code, p.detail, p.type?.split(":").at(-1));
    this.refresh();
  }

  /** Ends the search: with the best so far, if there is one. */
  async cancel(): Promise<void> {
    const id = this.job?.id;
    if (!id) return;
    try {
      await send<Job>("DELETE", `jobs/${id}`, undefined, this.about().lang, new AbortController().signal);
    } catch {
      // It has ended by itself; looking at it says so.
    }
  }
}
