import type { Lang } from "../i18n";
import { asProblem, get, Latest, Problem, send } from "./api";
import { isLater, placed, type Placed } from "./answer";
import { isComplete, type Choice } from "./choice";
import { isEmpty, noPlan, planFor, planOf, whatIfBody, type Compare, type Does, type Pin, type Plan, type PlanState } from "./plan";
import type { Job, SiteAnswer, WhatIf } from "./types";
import { closuresBody, noWish, placesBody, sitingBody, type Wish } from "./wish";

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
  /** Of a plan by year: what stands at the end of this one is on show; "" of the last. */
  until = $state("");
  /** Which of the other answers is on show; -1 the answer itself. */
  other = $state(-1);
  /** Where the sites of the other answer lie is being asked. */
  looking = $state(false);
  lookProblem: Problem | null = $state.raw(null);
  #jobProblem: { of: Does; what: Problem } | null = $state.raw(null);
  /** The wish that the job answers. */
  wished: Wish = $state.raw(noWish);
  #places: Record<number, SiteAnswer> = $state.raw({}); // of the other answers
  #looks = new Latest();
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
  /** Why the search of the tab on show came to nothing. */
  fault = $derived(this.#jobProblem?.of === this.does ? this.#jobProblem.what : null);
  /** Whether the farthest journey was to be made short, not all of them. */
  farthest = $derived(this.found ? this.found.model === "pcenter" : this.wished.model === "pcenter");
  canUndo = $derived(this.#past.length > 0);
  /** The sites on show, in the order of their numbers. */
  sites: Placed[] = $derived(this.found && !this.found.closed ? placed(this.found, this.#places[this.other]?.sites) : []);
  /** What each of several services gains by them. */
  services = $derived((this.#places[this.other] ?? this.found)?.services ?? []);
  /** Whether a site does not stand yet in the year that is looked at. */
  isLater = (s: Placed) => this.found !== null && isLater(this.found, s, this.until);
  /** What the map and the numbers are about. */
  shown: Plan = $derived.by(() => {
    if (this.does === "hand") return this.plan;
    if (!this.found) return noPlan;
    const sites = this.sites.filter((s) => !this.isLater(s)).map((s) => s.site);
    return planOf({ sites, closed: this.found.closed }, this.about().kinds[0] ?? "");
  });
  /** The effect of what is shown, not of what was shown before. */
  current = $derived(this.does !== "" && !isEmpty(this.shown) ? this.effect : null);
  total = $derived(this.current?.rows.find((r) => r.level === "total") ?? null);
  outdated = $derived(this.busy || this.looking || this.answered !== this.shown);

  state(): PlanState {
    const { does, plan, wish, compare } = this;
    const asks = does === "best" || does === "close";
    const looks = does === "best" ? { until: this.until, other: this.other } : { until: "", other: -1 };
    return { does, plan, wish, compare, job: asks ? (this.job?.id ?? this.#wanted) : "", ...looks };
  }

  apply(s: PlanState): void {
    this.#drop();
    const { job, ...own } = s;
    Object.assign(this, { ...own, chosen: -1 });
    this.wished = s.wish;
    this.#past = [];
    this.#wanted = job;
  }

  // What was found, and what was said of it, is no more.
  #drop(): void {
    this.#working.stop();
    this.#looks.stop();
    this.#quiet();
    this.#places = {};
    this.#jobProblem = null;
    Object.assign(this, { job: null, effect: null, problem: null, lookProblem: null, looking: false, until: "", other: -1 });
  }

  /** The question stands: what was planned is held against it. */
  asked(kindOf: (id: string) => string | undefined): void {
    const { choice, kinds } = this.about();
    if (!kinds.includes(this.kind)) this.kind = kinds[0] ?? "";
    if (this.#pastOf !== kinds.join()) this.#past = []; // earlier plans may not fit
    this.#pastOf = kinds.join();
    const fits = planFor(this.plan, kinds, kindOf);
    if (JSON.stringify(fits) !== JSON.stringify(this.plan)) this.plan = fits;
    const keep = this.wish.keep.filter((id) => kinds.includes(kindOf(id) ?? ""));
    const services = this.wish.services.filter((s) => s !== choice.standard); // it is there anyway
    if (keep.length < this.wish.keep.length || services.length < this.wish.services.length) this.wish = { ...this.wish, keep, services };
    const wanted = this.#wanted;
    this.#wanted = "";
    if (wanted) void this.#follow(wanted);
    else this.refresh();
  }

  /** Another question: what was found answers it no more. */
  forget(): void {
    if (this.running) void this.cancel();
    this.#drop();
  }

  open(does: Does): void {
    this.does = does;
    this.chosen = -1;
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

  /** A facility stays, or may close again. */
  toggleKeep(id: string): void {
    const { keep } = this.wish;
    this.wish = { ...this.wish, keep: keep.includes(id) ? keep.filter((x) => x !== id) : [...keep, id] };
  }

  /** Shows what stands at the end of a year. */
  showYear(year: string): void {
    this.until = year;
    this.refresh();
  }

  /** Starts the search that the tab on show is about. */
  async start(): Promise<void> {
    const { choice, lang } = this.about();
    const { does, wish } = this;
    if (this.running) void this.cancel();
    const [path, body] = does === "close" ? ["closures", closuresBody(choice, wish)] : ["siting", sitingBody(choice, wish)];
    this.#drop();
    this.wished = wish;
    this.refresh();
    try {
      const job = await this.#working.run((signal) => send<Job>("POST", path as string, body, lang, signal));
      if (!job) return;
      this.job = job;
      this.fresh = true;
      await this.#follow(job.id);
    } catch (e) {
      this.#jobProblem = { of: does, what: asProblem(e) };
    }
  }

  // Looks at a job until it has ended.
  async #follow(id: string): Promise<void> {
    try {
      const ended = await this.#working.run((signal) => this.#end(id, signal, (job) => (this.job = job)));
      if (!ended) return; // another search took over
    } catch (e) {
      // The service forgets old jobs: a link to one is then a question to be asked again.
      if (!(e instanceof Problem && e.status === 404)) this.#jobProblem = { of: this.does, what: asProblem(e) };
      this.job = null;
    }
    const failed = faultOf(this.job);
    if (failed) this.#jobProblem = { of: this.job!.kind === "closures" ? "close" : "best", what: failed };
    if (this.other >= 0) await this.look(this.other);
    else this.refresh();
  }

  async #end(id: string, signal: AbortSignal, seen: (job: Job) => void): Promise<Job> {
    for (let n = 0; ; n++) {
      const job = await get<Job>(`jobs/${id}`, new URLSearchParams(), this.about().lang, signal);
      seen(job);
      if (job.state !== "waiting" && job.state !== "running") return job;
      await new Promise((done) => setTimeout(done, pollMS[Math.min(n, pollMS.length - 1)]));
      signal.throwIfAborted();
    }
  }

  /** Shows one of the other answers, -1 the answer itself; where its sites lie is asked of the service. */
  async look(other: number): Promise<void> {
    this.#looks.stop();
    const open = this.found?.near?.answers[other]?.open;
    Object.assign(this, { other: open ? other : -1, chosen: -1, lookProblem: null, looking: false });
    if (open && !this.#places[other]) await this.#locate(other, open);
    else this.refresh();
  }

  async #locate(other: number, open: string[]): Promise<void> {
    const { choice, lang } = this.about();
    this.looking = true;
    try {
      const job = await this.#looks.run(async (signal) => {
        const { id } = await send<Job>("POST", "siting", placesBody(choice, this.wished, open), lang, signal);
        return this.#end(id, signal, () => undefined);
      });
      if (!job) return; // another one is looked at
      this.lookProblem = faultOf(job);
      if (job.answer) this.#places = { ...this.#places, [other]: job.answer };
    } catch (e) {
      this.lookProblem = asProblem(e);
    }
    this.looking = false;
    if (this.lookProblem) this.other = -1;
    this.refresh();
  }

  /** Messages of the service come in the language that they are asked for in. */
  sayAgain(): void {
    if (this.problem) this.refresh();
    if (this.#jobProblem && this.job) void this.#follow(this.job.id);
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

function faultOf(job: Job | null): Problem | null {
  const p = job?.problem;
  return p ? new Problem(p.status, p.code, p.detail, p.type?.split(":").at(-1)) : null;
}
