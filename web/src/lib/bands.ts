import type { Rule } from "./types";

/** Colours of a map theme, near to far on each side of the promise. */
export interface Ramp {
  served: string[]; // four, dark to light on paper
  unserved: string[]; // three
  never: string;
  unjudged: string;
  partly: string;
}

// Teal against vermilion stays apart for every common colour blindness; inside
// each side only lightness moves. On the dark map lightness runs the other way.
export const ramps: Record<"light" | "dark", Ramp> = {
  light: {
    served: ["#0b5560", "#2f858c", "#72b3b1", "#b3d8d2"],
    unserved: ["#f3b27a", "#df6f33", "#b03a17"],
    never: "#6a1b16",
    unjudged: "#c9c8c2",
    partly: "#d9c7a0",
  },
  dark: {
    served: ["#8be3d8", "#4fb5b1", "#2c858a", "#235b64"],
    unserved: ["#8a4a24", "#cf6a2e", "#ff9d5c"],
    never: "#ffd3ae",
    unjudged: "#4a5258",
    partly: "#8d8468",
  },
};

export type Unit = "seconds" | "metres";

/** One class of cells: cost above `from` (open), up to `to` (closed). */
export interface Band {
  from: number;
  /** null: no upper bound */
  to: number | null;
  colour: string;
  /** Where thresholds differ by setting: the one that alone has cells here. */
  setting?: string;
}

/** The classes of a question. Whether a cell is served is the service's word; its cost only shades it. */
export interface Bands {
  unit: Unit;
  served: Band[];
  unserved: Band[];
  ramp: Ramp;
}

/** The classes of some rules; the thresholds are always among the breaks. */
export function bandsOf(rules: Rule[], ramp: Ramp): Bands {
  const unit: Unit = rules.some((r) => r.threshold.metres) ? "metres" : "seconds";
  const limits = rules.map((r) => r.threshold[unit] ?? 0).filter((v) => v > 0);
  if (limits.length === 0) return { unit, served: [], unserved: [], ramp };
  const low = Math.min(...limits);
  const high = Math.max(...limits);
  const inner = steps(low, unit).map((k) => low * k);
  const up = high > low ? [...inner, low, high] : [...inner, low];
  const served = chain(0, up, spread(ramp.served, up.length), false);
  const unserved = chain(low, [2 * low, 4 * low], ramp.unserved, true);
  if (high > low) {
    const settingAt = (limit: number) => rules.find((r) => r.threshold[unit] === limit)!.setting;
    served.at(-1)!.setting = settingAt(high);
    for (const b of unserved) if (b.to !== null && b.to <= high) b.setting = settingAt(low);
  }
  return { unit, served, unserved, ramp };
}

// Thirds where they are whole minutes or metres, halves otherwise.
function steps(limit: number, unit: Unit): number[] {
  const whole = unit === "seconds" ? 180 : 3;
  return limit % whole === 0 ? [1 / 3, 2 / 3] : [1 / 2];
}

function chain(from: number, breaks: number[], colours: string[], open: boolean): Band[] {
  const edges: (number | null)[] = open ? [...breaks, null] : breaks;
  return edges.map((to, i) => ({
    from: i === 0 ? from : breaks[i - 1]!,
    to,
    colour: colours[i]!,
  }));
}

// n colours of a ramp, both ends kept.
function spread(ramp: string[], n: number): string[] {
  if (n === 1) return [ramp[1]!];
  return Array.from({ length: n }, (_, i) => ramp[Math.round((i * (ramp.length - 1)) / (n - 1))]!);
}

type Expression = unknown[];

/** MapLibre colour of a coverage cell by its cost. */
export function costColour(b: Bands): Expression | string {
  if (b.served.length === 0) return b.ramp.unjudged;
  return [
    "case",
    ["==", ["get", "j"], 0],
    b.ramp.unjudged,
    [">=", ["get", "s"], 0.5],
    step(b.served),
    ["<", ["get", "t"], 0],
    b.ramp.never,
    step(b.unserved),
  ];
}

// Classes are closed above; "step" puts its stop into the next class, so the
// stops are moved up by less than any cost is.
function step(bands: Band[]): Expression {
  const e: Expression = ["step", ["get", "t"], bands[0]!.colour];
  for (let i = 1; i < bands.length; i++) e.push(bands[i]!.from + 0.001, bands[i]!.colour);
  return e.length > 3 ? e : ["to-color", bands[0]!.colour];
}

/** MapLibre colour of a coverage cell by whether it is served. */
export function servedColour(ramp: Ramp): Expression {
  return [
    "case",
    ["==", ["get", "j"], 0],
    ramp.unjudged,
    [">=", ["get", "s"], 0.9995],
    ramp.served[1],
    ["<=", ["get", "s"], 0.0005],
    ramp.unserved[1],
    ramp.partly,
  ];
}
