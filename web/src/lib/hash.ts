import { noPlanState, readPlan, writePlan, type PlanState } from "./plan";
import { noChoice, parseWithin, type Choice } from "./choice";

export type Shade = "cost" | "served";
export type Tab = "gaps" | "zones" | "facilities";

export interface View {
  zoom: number;
  lat: number;
  lon: number;
}

/** Everything that a link must bring back: the question, and what is looked at. */
export interface State {
  choice: Choice;
  shade: Shade;
  tab: Tab;
  level: string;
  zone: string;
  gap: number;
  /** The inspected place, [lon, lat]. */
  at: [number, number] | null;
  /** The inspected facility; "" none. */
  facilityId: string;
  /** Whether what is reached from the inspected place or facility is drawn. */
  reach: boolean;
  /** Kinds shown or hidden against the rule "those of the question are shown". */
  shown: string[];
  hidden: string[];
  circles: boolean;
  /** Whether streets and boats are drawn, where there are any. */
  roads: boolean;
  view: View | null;
  /** What is tried, or asked, about sites. */
  siting: PlanState;
}

export const noState: State = {
  choice: noChoice,
  shade: "cost",
  tab: "gaps",
  level: "",
  zone: "",
  gap: 0,
  at: null,
  facilityId: "",
  reach: false,
  shown: [],
  hidden: [],
  circles: false,
  roads: true,
  view: null,
  siting: noPlanState,
};

/** Writes the state after "#", leaving out what is as it would be anyway. */
export function writeHash(s: State): string {
  const q = new URLSearchParams();
  const put = (key: string, value: string | number | null | undefined) => {
    if (value !== "" && value !== null && value !== undefined) q.set(key, String(value));
  };
  const c = s.choice;
  put("standard", c.standard);
  if (c.standard === "" && c.kinds.length > 0) {
    put("kind", c.kinds.join(","));
    put("within", c.within);
  }
  put("mode", c.mode);
  put("as", c.as);
  put("speed", c.speed);
  put("detour", c.detour);
  put("direction", c.direction);
  put("boats", c.boats);
  put("group", c.group);
  if (c.landmass !== null) put("landmass", c.landmass ? "on" : "off");
  put("borders", c.borders);
  if (s.shade !== "cost") put("shade", s.shade);
  if (s.tab !== "gaps") put("tab", s.tab);
  put("level", s.level);
  put("zone", s.zone);
  if (s.gap > 0) put("gap", s.gap);
  if (s.at) put("at", s.at.map((v) => trim(v, 6)).join(","));
  put("facility", s.facilityId);
  if (s.reach) put("reach", "on");
  put("show", s.shown.join(","));
  put("hide", s.hidden.join(","));
  if (s.circles) put("circles", "on");
  if (!s.roads) put("roads", "off");
  writePlan(s.siting, q);
  if (s.view) put("map", [trim(s.view.zoom, 2), trim(s.view.lat, 5), trim(s.view.lon, 5)].join("/"));
  // "/" and "," are allowed in a fragment and keep the link readable.
  return q.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}

/** Reads what writeHash wrote; anything that makes no sense is left out. */
export function readHash(hash: string): State {
  const q = new URLSearchParams(hash.replace(/^#/, ""));
  const get = (key: string) => q.get(key) ?? "";
  const list = (key: string) => get(key).split(",").filter(Boolean);
  const within = parseWithin(get("within")) ? get("within") : noChoice.within;
  const landmass = get("landmass");
  return {
    choice: {
      standard: get("standard"),
      kinds: get("standard") ? [] : list("kind"),
      within,
      mode: word(get("mode")),
      as: word(get("as")),
      direction: oneOf(get("direction"), ["to", "from"], ""),
      boats: oneOf(get("boats"), ["typical", "best", "guaranteed", "off"], ""),
      speed: positive(get("speed")),
      detour: positive(get("detour")),
      group: get("group"),
      landmass: landmass === "on" ? true : landmass === "off" ? false : null,
      borders: get("borders"),
    },
    shade: get("shade") === "served" ? "served" : "cost",
    tab: oneOf(get("tab"), ["gaps", "zones", "facilities"], "gaps"),
    level: get("level"),
    zone: get("zone"),
    gap: Math.trunc(positive(get("gap")) ?? 0),
    at: lonLat(get("at")),
    facilityId: get("facility"),
    reach: get("reach") === "on",
    shown: list("show"),
    hidden: list("hide"),
    circles: get("circles") === "on",
    roads: get("roads") !== "off",
    view: view(get("map")),
    siting: readPlan(q),
  };
}

function trim(v: number, digits: number): string {
  return String(Number(v.toFixed(digits)));
}

function positive(text: string): number | null {
  const v = Number(text);
  return text !== "" && Number.isFinite(v) && v > 0 ? v : null;
}

// A word such as modes have; anything else is none.
function word(text: string): string {
  return /^[\p{L}\p{N}_-]{1,40}$/u.test(text) ? text : "";
}

function oneOf<T extends string>(text: string, words: T[], otherwise: T): T {
  return words.find((w) => w === text) ?? otherwise;
}

function lonLat(text: string): [number, number] | null {
  const [lon, lat, ...rest] = text.split(",").map(Number);
  if (text === "" || rest.length > 0 || !onEarth(lon, lat)) return null;
  return [lon!, lat!];
}

function view(text: string): View | null {
  const [zoom, lat, lon, ...rest] = text.split("/").map(Number);
  if (text === "" || rest.length > 0 || !onEarth(lon, lat)) return null;
  if (zoom === undefined || !(zoom >= 0 && zoom <= 24)) return null;
  return { zoom, lat: lat!, lon: lon! };
}

function onEarth(lon: number | undefined, lat: number | undefined): boolean {
  return lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
