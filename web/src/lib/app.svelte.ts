import { firstLang, groupName, rememberLang, translate, type Key, type Lang } from "../i18n";
import { asProblem, get, getAll, Latest, Problem } from "./api";
import { choiceQuery, groupOf, isComplete, rulesOf, type Choice } from "./choice";
import { text } from "./format";
import { Journey } from "./journey.svelte";
import { noState, readHash, writeHash, type Shade, type State, type Tab, type View } from "./hash";
import { askRemedies } from "./remedies";
import { askSharing } from "./sharing";
import { Siting } from "./siting.svelte";
import { Reach, type ReachQuestion } from "./reach.svelte";
import { modesAsked, reachThresholds, ruleFor } from "./travel";
import type {
  Area, Collection, Facility, Feature, Gap, Place, Point, Project, Row, Rule, RunNote, Standard, Zone,
} from "./types";

type Coverage = Collection<Area, Row> & { total: Row; run?: RunNote };
type Gaps = Collection<Area, Gap>;

/** Everything that one question was answered with; replaced whole, so that the map and the tables never disagree. */
export interface Answer {
  choice: Choice;
  level: string;
  standard: Standard | undefined;
  rules: Rule[];
  group: string;
  kinds: string[];
  total: Row;
  zones: Feature<Area, Row>[];
  gaps: Feature<Area, Gap>[];
  gapsMatched: number;
  run: RunNote | undefined;
}

/** A place that was asked about: what the service says, or why it says nothing. */
export interface Inspected {
  at: [number, number];
  feature?: Feature<Area, Place>;
  problem?: Problem;
}

const maxGaps = 1000;
const maxFacilities = 20_000;

/** The state of the page. Components read it; its methods are the only writers. */
export class App {
  lang: Lang = $state(firstLang());
  project: Project | null = $state.raw(null);
  standards: Standard[] = $state.raw([]);
  zones: Feature<Area, Zone>[] = $state.raw([]);
  facilities: Feature<Point, Facility>[] = $state.raw([]);
  facilitiesMatched = $state(0);
  answer: Answer | null = $state.raw(null);
  circleShapes: Feature<Area, { facility: string }>[] = $state.raw([]);

  choice: Choice = $state.raw(noState.choice);
  shade: Shade = $state("cost");
  tab: Tab = $state("gaps");
  level = $state("");
  zone = $state("");
  gap = $state(0);
  at: [number, number] | null = $state.raw(null);
  facilityId = $state("");
  reach = $state(false);
  shown: string[] = $state.raw([]);
  hidden: string[] = $state.raw([]);
  circles = $state(false);
  roads = $state(true);
  view: View | null = $state.raw(null);

  inspected: Inspected | null = $state.raw(null);
  journey = new Journey();
  reached = new Reach();
  remedies = askRemedies();
  sharing = askSharing();
  siting = new Siting(() => this);
  busy = $state(false);
  problem: Problem | null = $state.raw(null);
  tilesFault = $state(false);

  #boot = new Latest();
  #asking = new Latest();
  #placing = new Latest();
  #circling = new Latest();

  standard = $derived(this.standards.find((s) => s.id === this.choice.standard));
  kinds = $derived(this.standard?.kinds ?? this.choice.kinds);
  group = $derived(groupOf(this.choice, this.standard));
  modes = $derived(modesAsked(this.choice, this.standard));
  /** Whether the project knows ferries, so that there is something to say of them. */
  boats = $derived((this.project?.transport?.boats ?? 0) > 0);
  /** Whether streets and boats are drawn: the project has some, and nobody hid them. */
  roadsDrawn = $derived(this.roads && (this.project?.transport?.roads ?? false));
  facility = $derived(this.facilities.find((f) => f.properties.id === this.facilityId) ?? null);
  /** Whether a place or a facility is looked at. */
  looking = $derived(this.inspected !== null || this.facility !== null);
  visible = $derived(
    (this.project?.kinds ?? [])
      .map((k) => k.kind)
      .filter((k) => (this.kinds.includes(k) ? !this.hidden.includes(k) : this.shown.includes(k))),
  );
  /** The answer on show is not (or not yet) that of the question on show. */
  outdated = $derived(this.busy || (this.answer !== null && this.answer.choice !== this.choice));
  selectedGap = $derived(this.answer?.gaps.find((g) => g.properties.id === this.gap));
  /** The gaps of the chosen zone and of what lies in it. */
  listedGaps = $derived.by(() => {
    const gaps = this.answer?.gaps ?? [];
    if (!this.zone) return gaps;
    const inside = this.#within(this.zone);
    return gaps.filter((g) => inside.has(g.properties.zone));
  });

  /** The unserved people of a gap who are of the group on show. */
  gapPeople = (g: Gap) => g.groups[this.answer?.group ?? ""] ?? g.population;
  t = (key: Key, args?: Record<string, string | number>) => translate(this.lang, key, args);
  text = (t: { zh?: string; en?: string } | null | undefined) => text(t, this.lang);
  groupName = (g: string) => groupName(g, this.lang);
  kindName = (k: string) => {
    const known = this.project?.kinds.find((x) => x.kind === k);
    return (known && this.text(known.name)) || k;
  };

  /** Loads the project and asks the question of the link, or the first standard. */
  async start(): Promise<void> {
    this.#apply(readHash(location.hash));
    this.problem = null;
    this.busy = true;
    try {
      const loaded = await this.#boot.run((signal) => this.#loadProject(signal));
      if (!loaded) return;
      [this.project, this.standards, this.zones, { features: this.facilities }] = loaded;
      this.facilitiesMatched = loaded[3].numberMatched ?? this.facilities.length;
      this.#settle();
      await this.ask();
    } catch (e) {
      this.#fail(e);
    }
  }

  async #loadProject(signal: AbortSignal) {
    const query = () => new URLSearchParams();
    const [project, list] = await Promise.all([
      get<Project>("project", query(), this.lang, signal),
      get<{ standards: Standard[] | null }>("standards", query(), this.lang, signal),
    ]);
    const [zones, facilities] = await Promise.all([
      getAll<Collection<Area, Zone>>("zones", query(), this.lang, signal),
      getAll<Collection<Point, Facility>>("facilities", query(), this.lang, signal, maxFacilities),
    ]);
    return [project, list.standards ?? [], zones.features, facilities] as const;
  }

  // Makes the state of a link fit this project.
  #settle(): void {
    const project = this.project!;
    const first = this.standards[0];
    if (this.choice.standard && !this.standard) {
      this.problem = new Problem(0, "page", this.t("unknownStandard", { id: this.choice.standard }));
      this.choice = { ...this.choice, standard: "" };
    }
    if (!isComplete(this.choice)) {
      this.choice = first
        ? { ...this.choice, standard: first.id, kinds: [] }
        : { ...this.choice, kinds: project.kinds.slice(0, 1).map((k) => k.kind) };
    }
    if (!project.levels.includes(this.level)) this.level = this.#usualLevel;
  }

  /** Asks the service the question; the answer replaces the old one whole. */
  async ask(): Promise<void> {
    if (!isComplete(this.choice)) {
      this.#asking.stop();
      this.busy = false;
      return;
    }
    const [choice, level, standard] = [this.choice, this.level, this.standard];
    this.busy = true;
    try {
      const got = await this.#asking.run((signal) => this.#fetchAnswer(choice, level, signal));
      if (!got) return; // a newer question took over
      const [coverage, gaps] = got;
      this.answer = {
        choice, level, standard,
        // As it was answered; the page fills in only what a service left out.
        rules: coverage.run?.options?.standards?.[0]?.rules ?? rulesOf(choice, standard),
        group: coverage.total.group,
        kinds: standard?.kinds ?? choice.kinds,
        total: coverage.total,
        zones: coverage.features,
        gaps: gaps.features,
        gapsMatched: gaps.numberMatched ?? gaps.features.length,
        run: coverage.run,
      };
      if (this.problem?.code !== "page") this.problem = null;
      this.#afterAnswer();
    } catch (e) {
      this.#fail(e);
    }
  }

  #fetchAnswer(choice: Choice, level: string, signal: AbortSignal): Promise<[Coverage, Gaps]> {
    const coverage = choiceQuery(choice);
    if (level) coverage.set("level", level);
    coverage.set("setting", "all");
    const gaps = choiceQuery(choice);
    gaps.set("limit", String(maxGaps));
    return Promise.all([
      getAll<Coverage>("coverage", coverage, this.lang, signal),
      get<Gaps>("gaps", gaps, this.lang, signal),
    ]);
  }

  /** The kind of a facility of the project. */
  kindOf = (id: string) => this.facilities.find((f) => f.properties.id === id)?.properties.kind;

  #afterAnswer(): void {
    this.busy = false;
    this.tilesFault = false;
    if (this.gap && !this.selectedGap) this.gap = 0;
    if (this.zone && !this.answer!.zones.some((z) => z.properties.zone === this.zone)) this.zone = "";
    if (this.at) void this.inspect(this.at);
    else void this.#drawReach();
    void this.#drawCircles();
    this.siting.asked(this.kindOf);
  }

  #fail(e: unknown): void {
    this.busy = false;
    this.problem = asProblem(e);
  }

  /** Changes the question and asks it. */
  change(part: Partial<Choice>): void {
    this.choice = { ...this.choice, ...part };
    this.problem = null;
    this.hidden = [];
    this.siting.forget();
    void this.ask();
  }

  setLevel(level: string): void {
    this.level = level;
    this.zone = "";
    void this.ask();
  }

  /** Asks what the service knows of a place. */
  async inspect(at: [number, number]): Promise<void> {
    this.at = at;
    this.facilityId = "";
    const query = choiceQuery(this.answer?.choice ?? this.choice);
    query.set("lon", at[0].toFixed(7));
    query.set("lat", at[1].toFixed(7));
    try {
      const got = await this.#placing.run((signal) => get<Feature<Area, Place>>("at", query, this.lang, signal));
      if (!got) return;
      this.inspected = { at, feature: got };
      this.#findRoute(got.properties);
    } catch (e) {
      this.inspected = { at, problem: asProblem(e) };
      this.journey.clear();
    }
    void this.#drawReach();
  }

  // A straight line is drawn as it is; any other way, or why there is none, is the service's to say.
  #findRoute(place: Place): void {
    this.journey.clear();
    if (!this.answer || !place.travel || place.travel.mode === "line") return;
    const query = choiceQuery(this.answer.choice);
    query.delete("within");
    if (!this.answer.standard && place.threshold?.metres) query.set("metres", "true");
    query.set("from", place.at.join(","));
    void this.journey.ask(query, this.lang);
  }

  closeCard(): void {
    this.#placing.stop();
    this.at = null;
    this.inspected = null;
    this.facilityId = "";
    this.journey.clear();
    this.reached.clear();
  }

  showFacility(f: Feature<Point, Facility>): void {
    this.closeCard();
    this.facilityId = f.properties.id;
    void this.#drawReach();
  }

  async setReach(on: boolean): Promise<void> {
    this.reach = on;
    await this.#drawReach();
  }

  async #drawReach(): Promise<void> {
    const question = this.reach ? this.#reachQuestion() : null;
    if (question) await this.reached.ask(question, this.lang);
    else this.reached.clear();
  }

  // From a place one sets out; to a facility one comes, unless it sets out itself.
  #reachQuestion(): ReachQuestion | null {
    const [a, place, facility] = [this.answer, this.inspected?.feature?.properties, this.facility];
    if (!a || a.rules.length === 0) return null;
    const [within, landmass] = [reachThresholds(a.rules), a.run?.options?.landmass];
    if (place) return { from: place.at, travel: place.travel ?? ruleFor(a.rules, place.setting)!.travel, toward: false, within, landmass };
    // Where nobody lives one may still ask: somebody might build there.
    if (this.inspected?.problem?.status === 404) return { from: this.inspected.at, travel: a.rules[0]!.travel, toward: false, within, landmass };
    if (!facility) return null;
    const zone = this.zones.find((z) => z.properties.id === facility.properties.zone);
    const { travel } = ruleFor(a.rules, zone?.properties.setting)!;
    return { from: facility.geometry.coordinates, travel, toward: !travel.from, within, landmass };
  }

  toggleKind(kind: string): void {
    const inQuestion = this.kinds.includes(kind);
    const flip = (list: string[]) => (list.includes(kind) ? list.filter((k) => k !== kind) : [...list, kind]);
    if (inQuestion) this.hidden = flip(this.hidden);
    else this.shown = flip(this.shown);
  }

  setCircles(on: boolean): void {
    this.circles = on;
    void this.#drawCircles();
  }

  async #drawCircles(): Promise<void> {
    if (!this.circles || !this.answer) {
      this.circleShapes = [];
      return;
    }
    const query = choiceQuery(this.answer.choice);
    try {
      const got = await this.#circling.run((signal) =>
        getAll<Collection<Area, { facility: string }>>("circles", query, this.lang, signal, 10_000),
      );
      if (got) this.circleShapes = got.features;
    } catch (e) {
      this.#fail(e);
    }
  }

  setLang(lang: Lang): void {
    this.lang = lang;
    rememberLang(lang);
    // Messages of the service come in the language asked for: ask again.
    if ((this.inspected?.problem || this.journey.problem) && this.at) void this.inspect(this.at);
    else if (this.reached.problem) void this.#drawReach();
    this.siting.sayAgain();
    if (this.problem && this.problem.code !== "page") void (this.project ? this.ask() : this.start());
  }

  // The zone and everything below it.
  #within(zone: string): Set<string> {
    const inside = new Set([zone]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const { properties: z } of this.zones) {
        if (z.parent && inside.has(z.parent) && !inside.has(z.id)) {
          inside.add(z.id);
          grown = true;
        }
      }
    }
    return inside;
  }

  // The finest level of which a table is still read at a glance.
  #usualLevel = $derived.by(() => {
    const levels = this.project?.levels ?? [];
    const few = (l: string) => this.zones.filter((z) => z.properties.level === l).length <= 30;
    return levels.findLast(few) ?? levels[0] ?? "";
  });

  hash = $derived(
    writeHash({
      choice: this.choice, shade: this.shade, tab: this.tab, zone: this.zone, gap: this.gap, at: this.at,
      facilityId: this.facilityId, reach: this.reach,
      level: this.level === this.#usualLevel ? "" : this.level,
      shown: this.shown, hidden: this.hidden, circles: this.circles, roads: this.roads, view: this.view, siting: this.siting.state(),
    }),
  );

  #apply(s: State): void {
    const { siting, ...own } = s;
    Object.assign(this, own);
    this.siting.apply(siting);
    this.inspected = null;
    this.journey.clear();
    this.reached.clear();
  }

  /** Follows a link to another state of this page. */
  async follow(hash: string): Promise<void> {
    if (!this.project) return;
    this.#apply(readHash(hash));
    this.#settle();
    await this.ask();
  }
}

export const app = new App();
