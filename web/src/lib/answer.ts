import type { Near, Robust, Site, SiteAnswer } from "./types";

/** A site in the order of the list, with what is known of it besides. */
export interface Placed {
  site: Site;
  /** Of a plan by year: when it is built. */
  year: string;
  /** It stays when thresholds, speeds and people change. */
  steady: boolean;
  /** No answer that is nearly as good does without. */
  core: boolean;
}

/** The sites of an answer, of a plan by year in the order of the years; or those of one of its other answers. */
export function placed(a: SiteAnswer, other?: Site[]): Placed[] {
  const years = new Map(a.years?.flatMap((y) => y.built.map((id) => [id, y.year])));
  const order = [...years.keys()];
  const list = other ?? [...a.sites].sort((x, y) => order.indexOf(x.id) - order.indexOf(y.id));
  return list.map((site) => ({ site, year: years.get(site.id) ?? "", steady: isSteady(a.robust, site.id), core: isCore(a.near, site.id) }));
}

const isSteady = (r: Robust | undefined, id: string) => Boolean(r && r.variants.length > 0 && r.steady.includes(id));
const isCore = (n: Near | undefined, id: string) => Boolean(n?.core.includes(id));

/** Whether a site does not stand yet at the end of a year; "" is the last. */
export function isLater(a: SiteAnswer, p: Placed, until: string): boolean {
  const order = (a.years ?? []).map((y) => y.year);
  const last = order.indexOf(until);
  return last >= 0 && order.indexOf(p.year) > last;
}

/** How many of the sites of the answer are among others. */
export const kept = (a: SiteAnswer, open: string[]) => a.open.filter((id) => open.includes(id)).length;

/** What is changed in a variant, and whether upwards: "threshold -10 %". */
export function variantOf(name: string): { what: string; sign: string; by: string } | null {
  const m = /^(threshold|speed|country) ([+-])(\d+) %$/.exec(name);
  return m && { what: m[1]!, sign: m[2] === "-" ? "−" : "+", by: m[3]! };
}

/** Facilities that receive people, most first. */
export const taking = (a: SiteAnswer) =>
  (a.loads ?? []).filter((l) => l.after - l.before >= 0.5).sort((x, y) => y.after - y.before - (x.after - x.before));
