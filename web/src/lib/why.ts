import { moverName, settingName, translate, type Lang } from "../i18n";
import type { Answer } from "./app.svelte";
import { count, factor, people, speed, text, threshold } from "./format";
import type { Rule } from "./types";

/** How a rule travels: "straight line × 1.3 at 5 km/h, on foot". */
export function lineOf(r: Rule, lang: Lang): string {
  const { mode, as, speed_kmh, detour } = r.travel;
  const mover = moverName(as, lang);
  const args = {
    as: mover ? (lang === "zh" ? "，" : ", ") + mover : "",
    detour: factor(detour ?? 1, lang),
    speed: speed_kmh ? speed(speed_kmh, lang) : "",
    mode,
  };
  if (mode !== "line") return translate(lang, "otherMode", args);
  if (r.threshold.metres) return translate(lang, detour && detour !== 1 ? "lineDistance" : "lineStraight", args);
  if (!speed_kmh) return translate(lang, "lineStraight", args);
  return translate(lang, detour && detour !== 1 ? "lineTime" : "lineTimePlain", args);
}

/** The lines that say why an answer is as it is. */
export function whyOf(a: Answer, kindName: (k: string) => string, groupName: (g: string) => string, lang: Lang): string[] {
  const t = (key: Parameters<typeof translate>[1], args?: Record<string, string | number>) => translate(lang, key, args);
  const rules = a.rules.map((r) =>
    t("whyRule", {
      setting: settingName(r.setting, lang),
      line: lineOf(r, lang),
      threshold: threshold(r.threshold, lang),
    }),
  );
  const landmass = a.run?.options?.landmass;
  const cells = a.run?.options?.cell_rule === "area" ? "whyCellsArea" : "whyCells";
  return [
    ...rules,
    ...(landmass === undefined ? [] : [t(landmass ? "whyLandmassOn" : "whyLandmassOff")]),
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
