import type { FilterSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Theme } from "./theme";

/** Beyond zoom 14 the tiles are only enlarged; below 4 they are empty. */
export function roadsSource(tiles: string): SourceSpecification {
  return { type: "vector", tiles: [tiles], minzoom: 4, maxzoom: 14 };
}


type Stops = [zoom: number, value: number][];

/** Streets and boats over the cells: a quiet ground to find one's way by, not a thing to read. */
export function roadLayers(t: Theme): LayerSpecification[] {
  return [
    road("path", t.road, [[13, 0.5], [16, 1.2]], [[13, 0.25], [16, 0.5]], { "line-dasharray": [2, 1.5] }),
    road("street", t.road, [[11, 0.4], [14, 1], [17, 3]], [[11, 0.25], [14, 0.45]]),
    road("main", t.road, [[6, 0.5], [10, 0.8], [14, 1.8], [17, 5]], [[6, 0.35], [12, 0.5]]),
    road("motorway", t.road, [[4, 0.6], [10, 1.2], [14, 2.6], [17, 6]], [[4, 0.45], [12, 0.6]]),
    road("ferry", t.sail, [[5, 0.6], [10, 1.1], [15, 1.6]], [[5, 0.5], [12, 0.7]], { "line-dasharray": [4, 3] }),
  ];
}

function road(kind: string, colour: string, widths: Stops, opacities: Stops, paint: Record<string, unknown> = {}): LayerSpecification {
  const by = (stops: Stops) => ["interpolate", ["exponential", 1.3], ["zoom"], ...stops.flat()] as unknown as number;
  return {
    id: `road-${kind}`,
    type: "line",
    source: "roads",
    "source-layer": "roads",
    filter: ["==", ["get", "kind"], kind] as FilterSpecification,
    layout: { "line-join": "round", "line-cap": "line-dasharray" in paint ? "butt" : "round" },
    paint: { "line-color": colour, "line-width": by(widths), "line-opacity": by(opacities), ...paint },
  };
}
