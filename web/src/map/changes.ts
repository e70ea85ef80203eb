import type { FilterSpecification, LayerSpecification } from "maplibre-gl";
import type { Compare } from "../lib/plan";
import type { Theme } from "./theme";

/** The lowest layer of the changes: cells are drawn below it. */
export const lowestChange = "changes";

/** Cells whose answer changes, over the coverage and below the roads. */
export function changeLayers(t: Theme): LayerSpecification[] {
  return [
    { id: lowestChange, type: "fill", source: "changes", paint: { "fill-color": changeColour(t, "change"), "fill-opacity": 0.9, "fill-antialias": false } },
    {
      id: "change-points",
      type: "circle",
      source: "changes",
      filter: ["==", ["geometry-type"], "Point"] as FilterSpecification,
      paint: { "circle-radius": 4, "circle-color": changeColour(t, "change") },
    },
  ];
}

/** Gained and lost stand out by themselves; afterwards they look as what they have become. */
export function changeColour(t: Theme, compare: Compare): string {
  const [gained, lost] = compare === "after" ? [t.ramp.served[1], t.ramp.unserved[1]] : [t.gained, t.lost];
  return ["match", ["get", "change"], "gained", gained, lost] as unknown as string;
}

/** Facilities that are closed on paper: crossed out. */
export function closedLayer(): LayerSpecification {
  return {
    id: "closed",
    type: "symbol",
    source: "closed",
    layout: {
      "icon-image": "cross",
      "icon-size": ["interpolate", ["linear"], ["zoom"], 7, 0.5, 10, 0.8, 13, 1.1, 16, 1.4],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
    },
  };
}
