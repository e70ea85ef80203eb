import { translate, type Key, type Lang } from "../i18n";
import { asGiven, type Choice } from "./choice";
import { speed } from "./format";
import type { Mode, Project, Rule, Standard, Threshold, Travel } from "./types";

/** How ferries may be counted upon, as the service reads it. */
export const scenarios = ["typical", "best", "guaranteed", "off"] as const;

/** Whether a mode is a profile of the roads, or roads and ground together. */
export const onRoads = (mode: string) => mode !== "line" && mode !== "friction";

/** The modes that the rules of a choice travel by. */
export function modesAsked(c: Choice, standard: Standard | undefined): string[] {
  if (c.mode !== "") return [c.mode];
  return standard ? [...new Set(standard.rules.map((r) => r.travel.mode))] : ["line"];
}

/** The modes to choose from: those of the project, over open ground only where time counts. */
export function modesOffered(project: Project, timed: boolean): Mode[] {
  return project.modes.filter((m) => timed || !m.ground);
}

/** What a choice becomes when it goes by another mode: what that mode does not heed is left out; "" is all as given. */
export function inMode(c: Choice, mode: string): Partial<Choice> {
  if (mode === "") return asGiven;
  return { ...asGiven, mode, direction: mode === "line" ? "" : c.direction, boats: onRoads(mode) ? c.boats : "" };
}

/** What a mode means, in a few words: "along roads, 5 km/h on a residential street". */
export function modeHint(m: Mode | undefined, lang: Lang, timed: boolean): string {
  if (!m) return "";
  const special: Record<string, Key> = { line: "hintLine", friction: "hintFriction", mixed: "hintMixed" };
  const key = special[m.mode] ?? (timed && m.speed_kmh ? "hintRoads" : "hintRoadsPlain");
  return translate(lang, key, { speed: m.speed_kmh ? speed(m.speed_kmh, lang) : "" });
}

/** The query that travels just so, nothing left to a standard; whether lines cross water as it was answered. */
export function travelQuery(t: Travel, landmass: boolean | undefined, timed: boolean): URLSearchParams {
  const q = new URLSearchParams({ mode: t.mode });
  if (t.mode === "mixed" && t.as) q.set("as", t.as);
  if (t.speed_kmh && timed) q.set("speed", String(t.speed_kmh));
  if (t.mode === "line" && t.detour) q.set("detour", String(t.detour));
  if (t.boats) q.set("boats", t.boats);
  if (landmass === false) q.set("landmass", "off");
  return q;
}

/** The rule for people of a setting. */
export function ruleFor(rules: Rule[], setting: string | undefined): Rule | undefined {
  return rules.find((r) => r.setting === "all" || r.setting === setting) ?? rules[0];
}

/**
 * The thresholds that a reach is drawn for: those of the rules among 5, 10, 15
 * and 30 minutes; for longer promises, or distances, among parts of the longest.
 */
export function reachThresholds(rules: Rule[]): Threshold[] {
  const unit = rules.some((r) => r.threshold.metres) ? "metres" : "seconds";
  const own = rules.map((r) => r.threshold[unit] ?? 0).filter((v) => v > 0);
  const most = Math.max(...own, 0);
  let all = [300, 600, 900, 1800];
  // Round numbers: five minutes, or fifty metres where that is little.
  const step = unit === "seconds" ? 300 : most < 500 ? 1 : 50;
  if (unit === "metres" || most > 1800) all = [most / 4, most / 2].map((v) => Math.round(v / step) * step).filter((v) => v > 0);
  const sorted = [...new Set([...all, ...own])].sort((a, b) => a - b);
  return sorted.map((v) => (unit === "metres" ? { metres: v } : { seconds: v }));
}

/** A threshold as the service reads it. */
export const thresholdQuery = (t: Threshold) => (t.metres ? `${t.metres}m` : `${t.seconds}s`);
