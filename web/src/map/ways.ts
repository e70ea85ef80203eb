import type { FilterSpecification, LayerSpecification } from "maplibre-gl";
import { reachOpacity } from "../lib/reach.svelte";
import { fonts, line } from "./style";
import type { Theme } from "./theme";

/** What is reached from a place: nested areas of one colour, deeper where it takes less. */
export function reachLayers(t: Theme): LayerSpecification[] {
  return [
    { id: "reach", type: "fill", source: "reach", paint: { "fill-color": t.reach, "fill-opacity": reachOpacity, "fill-antialias": false } },
    line("reach-case", "reach", t.borderCase, [7, 2.4, 14, 4], { "line-opacity": 0.7 }),
    line("reach-edge", "reach", t.reach, [7, 1.2, 14, 2]),
    {
      id: "reach-names",
      type: "symbol",
      source: "reach",
      minzoom: 9,
      layout: {
        "symbol-placement": "line",
        "symbol-spacing": 420,
        "text-field": ["get", "name"],
        "text-font": fonts,
        "text-size": 11.5,
        "text-padding": 12,
        "text-max-angle": 14, // along a crooked edge it cannot be read
      },
      paint: { "text-color": t.reach, "text-halo-color": t.halo, "text-halo-width": 2 },
    },
  ];
}

// Nobody walks on water, and no boat on land: each kind has a hand of its own.
export function wayLayers(t: Theme): LayerSpecification[] {
  const of = (...kinds: string[]) => ["in", ["get", "kind"], ["literal", kinds]] as FilterSpecification;
  return [
    line("way-case", "way", t.borderCase, [7, 5, 14, 7], { "line-opacity": 0.9 }, ["==", ["geometry-type"], "LineString"]),
    line("way", "way", t.probe, [7, 1.8, 14, 2.4], { "line-dasharray": [1.4, 1.6] }, of("line", "walk")),
    line("way-street", "way", t.probe, [7, 2.4, 14, 3.4], {}, of("street")),
    line("way-ground", "way", t.probe, [7, 2, 14, 2.6], { "line-dasharray": [0.2, 1.8] }, of("ground")),
    line("way-sail", "way", t.sail, [7, 2.4, 14, 3.4], { "line-dasharray": [1.6, 1.4] }, of("sail")),
    {
      id: "way-here",
      type: "circle",
      source: "way",
      filter: ["==", ["get", "kind"], "here"],
      paint: { "circle-radius": 5, "circle-color": t.probe, "circle-stroke-color": t.borderCase, "circle-stroke-width": 2 },
    },
    {
      id: "way-board",
      type: "circle",
      source: "way",
      filter: ["==", ["get", "kind"], "board"],
      paint: { "circle-radius": 4.5, "circle-color": t.borderCase, "circle-stroke-color": t.sail, "circle-stroke-width": 2.4 },
    },
  ];
}
