import type { Key } from "../i18n";
import { count, exactTime, factor, metres, people } from "./format";
import type { Lang } from "../i18n";
import type { SiteAnswer, Worth } from "./types";

type Say = (key: Key, args?: Record<string, string | number>) => string;

/** What a worth is about, where its unit does not say it. */
export interface Of {
  closing: boolean;
  /** The farthest counts, not the average. */
  farthest: boolean;
}

/** A value of a search in words, and its bound as short as can be. */
export function worthWords(w: Worth, of: Of, t: Say, lang: Lang): { value: string; bound: string } {
  const whole = (v: number) => count(Math.ceil(v - 1e-9), lang);
  const journey = (v: number) => (w.unit === "seconds" ? exactTime(v, lang) : metres(v, lang));
  switch (w.unit) {
    case "people":
      return { value: t("unitPeople", { n: people(w.value, lang) }), bound: people(w.bound, lang) };
    case "person-years":
      return { value: t("unitPersonYears", { n: people(w.value, lang) }), bound: people(w.bound, lang) };
    case "sites":
      return { value: t(of.closing ? "unitKept" : "unitSites", { n: count(w.value, lang) }), bound: whole(w.bound) };
    case "cost":
      return { value: t("unitCost", { n: factor(w.value, lang) }), bound: factor(w.bound, lang) };
    case "seconds":
    case "metres":
      return { value: t(of.farthest ? "unitFarthest" : "unitMean", { n: journey(w.value) }), bound: journey(w.bound) };
  }
  return { value: factor(w.value, lang) + " " + w.unit, bound: factor(w.bound, lang) };
}

/** The value of another answer as the solver counts it, in words. */
export function valueWords(v: number, a: SiteAnswer, unit: string, timed: boolean, t: Say, lang: Lang): string {
  if (a.model === "lscp") return t(unit === "cost" ? "unitCost" : "unitSites", { n: factor(v, lang) });
  if (a.model === "pcenter") return t("unitFarthest", { n: timed ? exactTime(v / 1000, lang) : metres(v / 1000, lang) });
  if (a.model === "pmedian") return t(timed ? "unitHours" : "unitKilometres", { n: count(v / (timed ? 3.6e6 : 1e6), lang) });
  return t(unit === "person-years" ? "unitPersonYears" : "unitPeople", { n: people(v, lang) });
}
