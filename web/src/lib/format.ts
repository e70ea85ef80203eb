import type { Lang } from "../i18n";
import type { Rule, Text, Threshold, ThresholdAnswer } from "./types";

const tags: Record<Lang, string> = { zh: "zh-CN", en: "en-GB" };
const formats = new Map<string, Intl.NumberFormat>();

function number(lang: Lang, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = lang + JSON.stringify(options);
  let f = formats.get(key);
  if (!f) formats.set(key, (f = new Intl.NumberFormat(tags[lang], options)));
  return f;
}

/** Whole people; below ten, one decimal, for cells hold parts of people. */
export function people(v: number, lang: Lang): string {
  const digits = v > 0 && v < 10 ? 1 : 0;
  return number(lang, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(v);
}

export function count(v: number, lang: Lang): string {
  return number(lang, { maximumFractionDigits: 0 }).format(v);
}

/**
 * A share as a percentage of two decimals. A share below one never reads
 * "100.00%", nor one above zero "0.00%": a promise to all is kept or not.
 */
export function share(v: number, lang: Lang): string {
  const f = number(lang, { style: "percent", minimumFractionDigits: 2, maximumFractionDigits: 2 });
  if (v < 1 && v >= 0.99995) return ">" + f.format(0.9999);
  if (v > 0 && v < 0.00005) return "<" + f.format(0.0001);
  return f.format(v);
}

/** A small share, never rounded down to nothing: "0.4%", "<0.01%". */
export function tinyShare(v: number, lang: Lang): string {
  const f = number(lang, { style: "percent", maximumSignificantDigits: 2 });
  return v < 0.0001 ? "<" + f.format(0.0001) : f.format(Math.min(1, v));
}

/** A change of a share in percentage points, with its sign: "+5.61 pts". */
export function points(v: number, lang: Lang): string {
  const n = number(lang, { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" }).format(v * 100);
  return n.replace("-", "−") + (lang === "zh" ? " 百分点" : " pts");
}

/** A target, as short as it is stated: "100%", "92.5%". */
export function target(v: number, lang: Lang): string {
  return number(lang, { style: "percent", maximumFractionDigits: 2 }).format(v);
}

interface Units {
  h: string;
  min: string;
  s: string;
  km: string;
  m: string;
  kmh: string;
}

const units: Record<Lang, Units> = {
  en: { h: " h", min: " min", s: " s", km: " km", m: " m", kmh: " km/h" },
  zh: { h: " 小时", min: " 分钟", s: " 秒", km: " 公里", m: " 米", kmh: " 公里/小时" },
};

/**
 * Whole minutes, rounded up as the service rounds costs up: what is beyond a
 * threshold of whole minutes reads beyond it.
 */
export function minutes(seconds: number, lang: Lang): string {
  const u = units[lang];
  const min = Math.ceil(seconds / 60);
  if (min < 120) return count(min, lang) + u.min;
  const rest = min % 60;
  return count(Math.floor(min / 60), lang) + u.h + (rest ? " " + rest + u.min : "");
}

/** Minutes and seconds, nothing rounded. */
export function exactTime(seconds: number, lang: Lang): string {
  const u = units[lang];
  const whole = Math.round(seconds);
  const rest = whole % 60;
  const min = Math.floor(whole / 60);
  if (min === 0) return rest + u.s;
  return count(min, lang) + u.min + (rest ? " " + rest + u.s : "");
}

/** Metres below 10 km, kilometres of one decimal above; rounded up, as costs are. */
export function metres(v: number, lang: Lang): string {
  const u = units[lang];
  if (v <= 10_000) return count(Math.ceil(v), lang) + u.m;
  const km = Math.ceil(v / 100) / 10;
  return number(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(km) + u.km;
}

/** Time or distance to a facility; "" when there is none in reach. */
export function cost(c: { seconds?: number | undefined; metres?: number | undefined }, lang: Lang): string {
  if (c.seconds !== undefined) return minutes(c.seconds, lang);
  if (c.metres !== undefined) return metres(c.metres, lang);
  return "";
}

export function threshold(t: Threshold | null | undefined, lang: Lang): string {
  if (t?.seconds) return exactTime(t.seconds, lang);
  if (!t?.metres) return "";
  return number(lang, { maximumFractionDigits: 3 }).format(t.metres) + units[lang].m;
}

/** One threshold, or one a setting: "15 min (urban), 30 min (rural)". */
export function thresholds(t: ThresholdAnswer, lang: Lang, setting: (s: string) => string): string {
  const by = Object.entries(t.by_setting ?? {});
  if (by.length === 0) return threshold(t, lang);
  const [open, close, comma] = lang === "zh" ? ["（", "）", "、"] : [" (", ")", ", "];
  return by.map(([s, v]) => threshold(v, lang) + open + setting(s) + close).join(comma);
}

export function speed(kmh: number, lang: Lang): string {
  return number(lang, { maximumFractionDigits: 2 }).format(kmh) + units[lang].kmh;
}

export function factor(v: number, lang: Lang): string {
  return number(lang, { maximumFractionDigits: 3 }).format(v);
}

/** Square kilometres of an area, or hectares when it is small. */
export function area(m2: number, lang: Lang): string {
  const f = (v: number, digits: number) => number(lang, { maximumFractionDigits: digits }).format(v);
  if (m2 < 1e6) return f(m2 / 1e4, 1) + (lang === "zh" ? " 公顷" : " ha");
  return f(m2 / 1e6, 1) + (lang === "zh" ? " 平方公里" : " km²");
}

/** The text in lang, or in the other language when it is not there. */
export function text(t: Text | null | undefined, lang: Lang): string {
  return (lang === "zh" ? t?.zh || t?.en : t?.en || t?.zh) ?? "";
}

/** The rules in short: "15 min (urban), 30 min (rural)". */
export function ruleThresholds(rules: Rule[], lang: Lang, setting: (s: string) => string): string {
  if (rules.length === 1 && rules[0]!.setting === "all") return threshold(rules[0]!.threshold, lang);
  return thresholds({ by_setting: Object.fromEntries(rules.map((r) => [r.setting, r.threshold])) }, lang, setting);
}
