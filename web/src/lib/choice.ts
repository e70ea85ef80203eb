import type { Rule, Standard } from "./types";

/** A question to the service: a standard of a plan, or one put together here. */
export interface Choice {
  /** Id of the standard; "" when the question is put together from kinds. */
  standard: string;
  kinds: string[];
  /** "15min" or "1250m", as the service reads it. */
  within: string;
  /** How people move; "" as the standard says, or straight. */
  mode: string;
  /** With mode "mixed": the profile on the road; "" leaves it to the service. */
  as: string;
  /** "to" the facility, "from" it; "" as the standard says. */
  direction: string;
  /** How ferries are counted upon; "" as standard and project say. */
  boats: string;
  /** km/h; null leaves the speed of the standard. */
  speed: number | null;
  /** Path length / straight line; null leaves that of the standard. */
  detour: number | null;
  /** People group; "" leaves the group of the standard. */
  group: string;
  /** Whether straight lines stop at the water; null leaves it to the service. */
  landmass: boolean | null;
  /** Zone level whose people use their own facilities and those shared with them; "" everybody uses all. */
  borders: string;
}

/** To travel as the standard says, or plainly straight. */
export const asGiven = { mode: "", as: "", direction: "", boats: "", speed: null, detour: null } satisfies Partial<Choice>;

export const noChoice: Choice = {
  standard: "",
  kinds: [],
  within: "15min",
  ...asGiven,
  group: "",
  landmass: null,
  borders: "",
};

export type Within = { value: number; unit: "min" | "m" };

/** Reads "15min", "900s", "1h", "1250m", "1.25km"; null when it is none of these. */
export function parseWithin(text: string): Within | null {
  const m = /^\s*(\d+(?:\.\d+)?)\s*(min|h|s|km|m)\s*$/.exec(text);
  if (!m) return null;
  const v = Number(m[1]);
  if (!(v > 0)) return null;
  const per: Record<string, [number, "min" | "m"]> = {
    min: [1, "min"],
    h: [60, "min"],
    s: [1 / 60, "min"],
    m: [1, "m"],
    km: [1000, "m"],
  };
  const [factor, unit] = per[m[2]!]!;
  return { value: v * factor, unit };
}

/** Writes a threshold as the service reads it: whole seconds, or metres. */
export function formatWithin(w: Within): string {
  if (w.unit === "m") return `${w.value}m`;
  return Number.isInteger(w.value) ? `${w.value}min` : `${Math.round(w.value * 60)}s`;
}

/** Whether the choice asks something: kinds alone need at least one kind. */
export function isComplete(c: Choice): boolean {
  return c.standard !== "" || (c.kinds.length > 0 && parseWithin(c.within) !== null);
}

/**
 * The query string of a choice, always in one order, so that equal choices have
 * equal addresses (and equal cache entries).
 */
export function choiceQuery(c: Choice): URLSearchParams {
  const q = new URLSearchParams();
  if (c.standard !== "") {
    q.set("standard", c.standard);
  } else if (c.kinds.length > 0) {
    q.set("kind", c.kinds.join(","));
    q.set("within", c.within);
  }
  if (c.mode !== "") q.set("mode", c.mode);
  if (c.as !== "") q.set("as", c.as);
  if (c.speed !== null) q.set("speed", String(c.speed));
  if (c.detour !== null) q.set("detour", String(c.detour));
  if (c.direction !== "") q.set("direction", c.direction);
  if (c.boats !== "") q.set("boats", c.boats);
  if (c.group !== "") q.set("group", c.group);
  if (c.landmass !== null) q.set("landmass", c.landmass ? "on" : "off");
  if (c.borders !== "") q.set("borders", c.borders);
  return q;
}

/** The rules that a choice is judged by, with what the page changed written in. */
export function rulesOf(c: Choice, standard: Standard | undefined): Rule[] {
  const change = (r: Rule): Rule => {
    const same = c.mode === "" || c.mode === r.travel.mode;
    return {
      ...r,
      travel: {
        ...(same ? r.travel : { mode: c.mode }),
        ...(c.as !== "" && { as: c.as }),
        ...(c.speed !== null && { speed_kmh: c.speed }),
        ...(c.detour !== null && { detour: c.detour }),
        ...(c.direction !== "" && { from: c.direction === "from" }),
        ...(c.boats !== "" && { boats: c.boats }),
      },
    };
  };
  if (standard) return standard.rules.map(change);
  const within = parseWithin(c.within);
  if (!within) return [];
  const threshold =
    within.unit === "m" ? { metres: within.value } : { seconds: Math.round(within.value * 60) };
  return [change({ setting: "all", threshold, travel: { mode: "line" } })];
}

/** The group that the numbers are about. */
export function groupOf(c: Choice, standard: Standard | undefined): string {
  return c.group || standard?.group || "all";
}

/** A choice as the members of a body: the group shown does not count, plans go by that of the standard. */
export function choiceBody(c: Choice): Record<string, unknown> {
  const own = c.standard === "" ? { kind: c.kinds, within: c.within } : { standard: c.standard };
  const words = { mode: c.mode, as: c.as, direction: c.direction, boats: c.boats };
  return {
    ...own,
    ...Object.fromEntries(Object.entries(words).filter(([, v]) => v !== "")),
    ...(c.speed !== null && { speed: c.speed }),
    ...(c.detour !== null && { detour: c.detour }),
    ...(c.landmass !== null && { landmass: c.landmass ? "on" : "off" }),
    ...(c.borders !== "" && { borders: c.borders }),
  };
}
