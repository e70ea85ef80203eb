import { en, type Key } from "./en";
import { zh } from "./zh";

export type Lang = "zh" | "en";
export type { Key };

export const langs: Lang[] = ["zh", "en"];

/** What the page's lang attribute says. */
export const htmlLang: Record<Lang, string> = { zh: "zh-CN", en: "en" };

const dictionaries: Record<Lang, Record<Key, string>> = { zh, en };
const remembered = "lifecircle.lang";

/** The text of a key, names in braces replaced. */
export function translate(lang: Lang, key: Key, args: Record<string, string | number> = {}): string {
  return dictionaries[lang][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in args ? String(args[name]) : whole,
  );
}

/** The language chosen before, or the first of the browser's that we speak. */
export function firstLang(): Lang {
  try {
    const stored = localStorage.getItem(remembered);
    if (stored === "zh" || stored === "en") return stored;
  } catch {
    // Storage may be forbidden; the browser's languages remain.
  }
  const spoken = navigator.languages.map((l) => l.slice(0, 2).toLowerCase());
  return spoken.find((l): l is Lang => l === "zh" || l === "en") ?? "en";
}

export function rememberLang(lang: Lang): void {
  try {
    localStorage.setItem(remembered, lang);
  } catch {
    // Not remembered, then.
  }
}

/** Words in a row, the last with "and": "speed, detour factor and direction". */
export function listed(words: string[], lang: Lang): string {
  const [comma, and] = lang === "zh" ? ["、", "与"] : [", ", " and "];
  const lower = lang === "zh" ? words : words.map((w, i) => (i ? w.toLowerCase() : w));
  return lower.length < 2 ? lower.join("") : lower.slice(0, -1).join(comma) + and + lower.at(-1);
}

const levels: Record<string, [string, string]> = {
  province: ["省", "Province"],
  city: ["市", "City"],
  county: ["区县", "County"],
  district: ["区", "District"],
  town: ["乡镇街道", "Town"],
  village: ["村社区", "Village"],
  island: ["岛", "Island"],
};

/** The name of a zone level; an unknown one speaks for itself. */
export function levelName(level: string, lang: Lang): string {
  const pair = levels[level];
  return pair ? pair[lang === "zh" ? 0 : 1] : level;
}

/** The name of a people group: "all", "60+", "0-3"; others speak for themselves. */
export function groupName(group: string, lang: Lang): string {
  if (group === "all") return translate(lang, "everybody");
  const m = /^(\d+)(\+|-\d+)$/.exec(group);
  if (!m) return group;
  const range = m[2] === "+" ? (lang === "zh" ? `${m[1]} 岁及以上` : `${m[1]}+`) : `${m[1]}–${m[2]!.slice(1)}`;
  return lang === "zh" ? (m[2] === "+" ? range : `${range} 岁`) : translate(lang, "aged", { range });
}

/** "urban", "rural" or "all" in words. */
export function settingName(setting: string, lang: Lang): string {
  const keys: Record<string, Key> = { urban: "settingUrban", rural: "settingRural", all: "settingAll" };
  const key = keys[setting];
  return key ? translate(lang, key) : setting;
}

const movers: Record<string, [string, string]> = {
  walk: ["步行", "on foot"],
  bike: ["骑行", "by bicycle"],
  ebike: ["骑电动车", "by e-bike"],
  drive: ["驾车", "by car"],
};

/** What moves along a line, "" when not said. */
export function moverName(as: string | undefined, lang: Lang): string {
  if (!as) return "";
  return movers[as]?.[lang === "zh" ? 0 : 1] ?? as;
}

const remedies: Record<string, Key> = { site: "remedySite", extension: "remedyExtension", mobile: "remedyMobile", sailing: "remedySailing", sharing: "remedySharing" };

/** What would close a gap, in words; an unknown kind speaks for itself. */
export function remedyName(kind: string, lang: Lang): string {
  const key = remedies[kind];
  return key ? translate(lang, key) : kind;
}

const boatWords: Record<string, Key> = { typical: "boatsTypical", best: "boatsBest", guaranteed: "boatsGuaranteed", off: "boatsOff" };

/** How ferries are counted upon, in words. */
export function boatsName(scenario: string, lang: Lang): string {
  const key = boatWords[scenario];
  return key ? translate(lang, key) : scenario;
}
