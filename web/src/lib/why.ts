import { boatsName, levelName, moverName, settingName, translate, type Lang } from "../i18n";
import type { Answer } from "./app.svelte";
import { count, factor, people, speed, text, threshold } from "./format";
import type { Rule } from "./types";

/** How a rule travels: "straight line × 1.3 at 5 km/h, on foot"; of a project without boats nothing is said of them. */
export function lineOf(r: Rule, lang: Lang, boats = true): string {
  const { mode, as, speed_kmh, detour } = r.travel;
  if (mode !== "line") return overland(r, lang) + extras(r, lang, boats);
  const mover = moverName(as, lang);
  const args = {
    as: mover ? (lang === "zh" ? "，" : ", ") + mover : "",
    detour: factor(detour ?? 1, lang),
    speed: speed_kmh ? speed(speed_kmh, lang) : "",
  };
  if (r.threshold.metres) return translate(lang, detour && detour !== 1 ? "lineDistance" : "lineStraight", args);
  if (!speed_kmh) return translate(lang, "lineStraight", args);
  return translate(lang, detour && detour !== 1 ? "lineTime" : "lineTimePlain", args);
}

// Along roads, over open ground, or both.
function overland(r: Rule, lang: Lang): string {
  const { mode, as, speed_kmh } = r.travel;
  const key = mode === "friction" ? "wayFriction" : mode === "mixed" ? "wayMixed" : "wayRoads";
  const v = speed_kmh ? speed(speed_kmh, lang) : "";
  const pace = v && translate(lang, mode === "friction" ? "wayPaceGround" : mode === "mixed" ? "wayPace" : "wayPaceRoads", { speed: v });
  return translate(lang, key, { as: moverName(mode === "mixed" ? as : mode, lang), speed: pace });
}

function extras(r: Rule, lang: Lang, boats: boolean): string {
  const { from, boats: scenario } = r.travel;
  const parts = [from ? translate(lang, "wayFrom") : "", boats && scenario ? translate(lang, "wayBoats", { scenario: boatsName(scenario, lang) }) : ""];
  return parts.filter(Boolean).map((p) => (lang === "zh" ? "，" : ", ") + p).join("");
}

/** How some rules travel, each setting by itself where they differ; boats that all share are said once. */
export function travelOf(rules: Rule[], lang: Lang, boats = true): string {
  const whole = rules.map((r) => lineOf(r, lang, boats));
  if (new Set(whole).size <= 1) return whole[0] ?? "";
  const scenarios = new Set(rules.map((r) => r.travel.boats ?? ""));
  const [shared] = scenarios.size === 1 && boats ? scenarios : [""];
  const lines = shared ? rules.map((r) => lineOf(r, lang, false)) : whole;
  const parts = rules.map((r, i) => settingName(r.setting, lang) + (lang === "zh" ? "：" : ": ") + lines[i]);
  if (shared) parts.push(translate(lang, "wayBoats", { scenario: boatsName(shared, lang) }));
  return parts.join(lang === "zh" ? "；" : "; ");
}

/** The lines that say why an answer is as it is. */
export function whyOf(a: Answer, kindName: (k: string) => string, groupName: (g: string) => string, lang: Lang, boats = true): string[] {
  const t = (key: Parameters<typeof translate>[1], args?: Record<string, string | number>) => translate(lang, key, args);
  const rules = a.rules.map((r) =>
    t("whyRule", {
      setting: settingName(r.setting, lang),
      line: lineOf(r, lang, boats),
      threshold: threshold(r.threshold, lang),
    }),
  );
  const landmass = a.run?.options?.landmass;
  const straight = a.rules.every((r) => r.travel.mode === "line");
  const water = straight ? (landmass ? "whyLandmassOn" : "whyLandmassOff") : landmass ? "whyWalkOn" : "whyWalkOff";
  const cells = a.run?.options?.cell_rule === "area" ? "whyCellsArea" : "whyCells";
  return [
    ...rules,
    ...(landmass === undefined ? [] : [t(water)]),
    ...(a.run?.options?.borders ? [t("whyBorders", { level: levelName(a.run.options.borders, lang) })] : []),
    t(cells),
    t("whyDenominator", { people: people(a.total.population, lang), group: groupName(a.total.group) }),
    t("whyFacilities", {
      count: count(a.total.facilities, lang),
      kinds: a.kinds.map(kindName).join(lang === "zh" ? "、" : ", "),
    }),
    a.standard
      ? t("whySource", { document: text(a.standard.document, lang), clause: a.standard.clause })
      : t("whyOwn"),
    ...(a.standard?.note ? [text(a.standard.note, lang)].filter(Boolean) : []),
  ];
}
