import { Asked } from "./asked.svelte";
import type { Sharing, SharingRow } from "./types";

/** The zones of the bordered level that sharing changes, those with most to gain first. */
export function sharingRows(rows: SharingRow[], level: string): SharingRow[] {
  const gain = (r: SharingRow) => r.gained + r.could_gain;
  return rows.filter((r) => r.level === level && gain(r) > 0).sort((a, b) => gain(b) - gain(a) || (a.zone < b.zone ? -1 : 1));
}

/** What sharing across the borders of an answer brings. */
export const askSharing = () =>
  new Asked<Sharing>("sharing", (query, choice) => {
    query.delete("group"); // it is of the standard's own group
    query.set("level", choice.borders);
  });
