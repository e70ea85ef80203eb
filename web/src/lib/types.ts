// The answers of the service, as its OpenAPI document describes them.

export interface Text {
  zh?: string;
  en?: string;
}

export interface Threshold {
  seconds?: number;
  metres?: number;
}

export interface ThresholdAnswer extends Threshold {
  by_setting?: Record<string, Threshold>;
}

export interface Travel {
  mode: string;
  as?: string;
  speed_kmh?: number;
  detour?: number;
  /** The journey is from the facility to the people. */
  from?: boolean;
  boats?: string;
}

export interface Rule {
  setting: string;
  threshold: Threshold;
  travel: Travel;
}

export interface Standard {
  id: string;
  pack?: string;
  name: Text;
  document: Text;
  clause: string;
  service: string;
  service_name: Text;
  kinds: string[];
  group: string;
  target?: number;
  rules: Rule[];
  note?: Text | null;
}

export interface Kind {
  kind: string;
  count: number;
  name: Text;
}

/** A way to travel that the project has. */
export interface Mode {
  mode: string;
  name: Text;
  roads: boolean;
  ground: boolean;
  speed_kmh?: number;
}

export interface Transport {
  roads: boolean;
  ground: boolean;
  edges: number;
  boats: number;
  scenario: string;
}

export type Box = [number, number, number, number];

export interface Project {
  name: Text;
  note?: Text | null;
  credit?: Text | null;
  version: string;
  bbox: Box;
  cells: number;
  groups: string[];
  levels: string[];
  landmasses: number;
  landmass_known: boolean;
  settings: string[];
  kinds: Kind[];
  modes: Mode[];
  transport: Transport | null;
  totals: Record<string, number>;
}

/** A line of the coverage table. */
export interface Row {
  standard: string;
  kind: string[];
  mode: string;
  threshold: ThresholdAnswer;
  level: string;
  zone: string;
  name: string;
  group: string;
  setting: string;
  population: number;
  served: number;
  share: number;
  facilities: number;
  target?: number;
}

export interface Nearest {
  facility: string;
  name: string;
  seconds?: number;
  metres?: number;
}

export interface Gap {
  id: number;
  rank: number;
  standard: string;
  zone: string;
  zone_name: string;
  population: number;
  groups: Record<string, number>;
  cells: number;
  area_m2: number;
  nearest: Nearest;
  at: [number, number];
  remedies?: Remedy[];
}

/** What would close a gap, or part of it. */
export interface Remedy {
  kind: string;
  at: [number, number];
  /** The facility that takes the service in, or that is shared. */
  house?: string;
  facility?: string;
  name?: string;
  /** Of a facility that is shared: where it stands. */
  zone?: string;
  zone_name?: string;
  people: number;
  share: number;
  /** In units of a new site. */
  cost: number;
}

export interface Facility {
  id: string;
  name: string;
  kind: string;
  tier?: string;
  capacity?: number;
  zone?: string;
  status?: string;
  site?: string;
  delay_s?: number;
}

export interface Zone {
  id: string;
  name: string;
  level: string;
  parent?: string;
  setting?: string;
}

/** What the service knows of one place. */
export interface Place {
  cell: number;
  /** From where its journey is counted. */
  at: [number, number];
  zone: string;
  zone_name: string;
  setting: string;
  pop: Record<string, number>;
  judged: boolean;
  served: number;
  seconds?: number;
  metres?: number;
  threshold?: Threshold | null;
  travel?: Travel | null;
  within?: number | null;
  nearest?: { id: string; name: string; kind: string; at: [number, number] } | null;
}

/** Where a route leads to, and how. */
export interface Route {
  facility: string;
  name: string;
  kind: string;
  at: [number, number];
  travel: Travel;
  seconds?: number;
  metres?: number;
  delay_s: number;
}

/** A step of a route; a wait is a point. */
export interface Step {
  kind: "line" | "walk" | "street" | "board" | "sail" | "ground";
  name?: string;
  ms?: number;
  mm?: number;
}

/** What is reached within a threshold. */
export interface Reached {
  threshold: Threshold;
  travel: Travel;
  people: Record<string, number>;
}

export interface LeftOut {
  key: string;
  standard?: string;
  people: number;
  message: Text;
}

export interface RunNote {
  hash: string;
  version: string;
  /** The choice as it was answered, every default written out. */
  options?: { cell_rule?: string; landmass?: boolean; borders?: string; standards?: { rules: Rule[] | null }[] };
  left_out?: LeftOut[] | null;
}

/** One zone, or the whole area, before and after changes: people of the standard's own group. */
export interface EffectRow {
  level: string;
  zone: string;
  name: string;
  group: string;
  population: number;
  before: number;
  after: number;
  share_before: number;
  share_after: number;
  gained: number;
  lost: number;
  /** People whose nearest facility is farther than before. */
  worse_off: number;
}

export interface ChangedCell {
  cell: number;
  change: "gained" | "lost";
  people: number;
}

export interface WhatIf {
  added: string[];
  closed: string[];
  rows: EffectRow[];
  cells?: Collection<Area | Point, ChangedCell> & { rest: number };
}

/** How good an answer is; no answer is better than the bound. */
export interface Worth {
  value: number;
  bound: number;
  gap: number;
  unit: string;
}

export interface Site {
  id: string;
  name: string;
  at: [number, number];
  zone: string;
  people: number;
  /** Of them not served now. */
  new: number;
  own: number;
}

export interface CurvePoint {
  p: number;
  value: number;
  bound: number;
}

/** The answer to where to build, or to what may close. */
export interface SiteAnswer {
  model: string;
  open: string[];
  closed?: string[];
  value: number;
  bound: number;
  gap: number;
  proven: boolean;
  seconds: number;
  curve: CurvePoint[];
  population: number;
  before: number;
  after: number;
  hopeless: number;
  sites: Site[];
  candidates: number;
  loads?: { id: string; before: number; after: number; capacity?: number }[];
  /** Thousandths of seconds or metres. */
  travel?: { mean_before: number; mean_after: number; worse_off: number; lost: number };
  years?: YearBuilt[];
  services?: { standard: string; population: number; before: number; after: number }[];
  near?: Near;
  robust?: Robust;
}

/** A year of a plan, and who is served at its end. */
export interface YearBuilt {
  year: string;
  budget: number;
  spent: number;
  built: string[];
  served: number;
  share: number;
}

/** Other answers that are nearly as good. */
export interface Near {
  within: number;
  answers: { open: string[]; value: number; gap: number }[];
  /** Sites that no such answer does without. */
  core: string[];
  /** Those of which nobody knows: time ran out. */
  unsure: string[];
}

/** What becomes of an answer when what it rests on changes. */
export interface Robust {
  variants: { name: string; open: string[]; value: number; gap: number; proven: boolean; same: number }[];
  steady: string[];
}

export interface Job {
  id: string;
  kind: "siting" | "closures";
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  stopped: boolean;
  current: boolean;
  seconds: number;
  progress?: { stage: string; text: string; done: number; total: number };
  best?: Worth;
  answer?: SiteAnswer;
  problem?: { status: number; code: string; detail: string; type?: string };
}

export interface Feature<G, P> {
  type: "Feature";
  id?: string | number;
  geometry: G;
  properties: P;
}

export interface Collection<G, P> {
  type: "FeatureCollection";
  features: Feature<G, P>[];
  numberMatched?: number;
  numberReturned?: number;
  links?: { rel: string; href: string }[];
}

export type Ring = [number, number][];
export type Polygon = { type: "Polygon"; coordinates: Ring[] };
export type MultiPolygon = { type: "MultiPolygon"; coordinates: Ring[][] };
export type Area = Polygon | MultiPolygon;
export type Point = { type: "Point"; coordinates: [number, number] };
export type Line = { type: "LineString"; coordinates: Ring } | { type: "MultiLineString"; coordinates: Ring[] };

/** A zone's people served by their own facilities, by those shared with them too, and by all. */
export interface SharingRow {
  level: string;
  zone: string;
  name: string;
  population: number;
  own: number;
  stated: number;
  open: number;
  share_own: number;
  share_stated: number;
  share_open: number;
  gained: number;
  could_gain: number;
}

export interface Sharing {
  borders: string;
  rows: SharingRow[];
}
