import type { FilterSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Theme } from "./theme";
import { changeLayers, closedLayer } from "./changes";
import { roadLayers, roadsSource } from "./roads";
import { reachLayers, wayLayers } from "./ways";

/**
 * Fonts of the reader's machine: the page asks no font server. MapLibre reads
 * the weight out of the first name, so that one only says it.
 */
export const fonts = ["lifecircle Semibold", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "sans-serif"];

const empty = { type: "geojson" as const, data: { type: "FeatureCollection" as const, features: [] } };

/** The sources that the page fills. */
export const geoSources = ["land", "coast", "zones", "labels", "gaps", "circles", "reach", "facilities", "cell", "way", "changes", "closed"] as const;
export type GeoSource = (typeof geoSources)[number];

/** The whole style: own sea and land, and what the service answers; no outside basemap. */
export function mapStyle(theme: Theme, tiles: string | null, roads: string | null): StyleSpecification {
  const sources: Record<string, SourceSpecification> = Object.fromEntries(geoSources.map((s) => [s, empty]));
  // Many small squares: none may be left out for being small.
  sources.changes = { ...empty, tolerance: 0 };
  if (tiles) sources.coverage = coverageSource(tiles);
  if (roads) sources.roads = roadsSource(roads);
  return { version: 8, sources, layers: [...ground(theme), ...changeLayers(theme), ...(roads ? roadLayers(theme) : []), ...answers(theme), ...reachLayers(theme), ...probes(theme), ...marks(theme), closedLayer()] };
}

/** Cells are squares of about 100 m: beyond zoom 14 tiles are only enlarged. */
export function coverageSource(tiles: string): SourceSpecification {
  return { type: "vector", tiles: [tiles], minzoom: 0, maxzoom: 14 };
}

/** How strongly cells are drawn; less below a reach, which would not be read on them. */
export const cellOpacity = 0.92;
export const cellOpacityBelow = 0.26;

/** The cells; drawn below roads and borders. */
export function coverageLayer(colour: unknown): LayerSpecification {
  return {
    id: "cells",
    type: "fill",
    source: "coverage",
    "source-layer": "coverage",
    paint: { "fill-color": colour as string, "fill-opacity": cellOpacity, "fill-antialias": false },
  };
}

function ground(t: Theme): LayerSpecification[] {
  const shallow = (i: 0 | 1 | 2, width: number): LayerSpecification => ({
    id: `shallows-${i}`,
    type: "line",
    source: "coast",
    layout: { "line-join": "round" },
    paint: {
      "line-color": t.shallows[i],
      "line-width": ["interpolate", ["exponential", 1.4], ["zoom"], 6, width / 3, 10, width, 15, width * 3],
      "line-blur": 1.5,
    },
  });
  return [
    { id: "sea", type: "background", paint: { "background-color": t.sea } },
    shallow(2, 44),
    shallow(1, 26),
    shallow(0, 12),
    { id: "land", type: "fill", source: "land", paint: { "fill-color": t.land } },
    {
      id: "coast",
      type: "line",
      source: "coast",
      paint: { "line-color": t.coast, "line-width": ["interpolate", ["linear"], ["zoom"], 7, 0.5, 13, 1.2] },
    },
  ];
}

function answers(t: Theme): LayerSpecification[] {
  const none = ["==", ["get", "id"], 0] as FilterSpecification;
  return [
    line("border-case", "zones", t.borderCase, [7, 1.2, 13, 3.2], { "line-opacity": 0.75 }),
    line("border", "zones", t.border, [7, 0.5, 13, 1.1]),
    line("circles", "circles", t.circle, [8, 0.6, 14, 1.4], { "line-opacity": 0.7 }),
    line("gaps", "gaps", t.gap, [8, 0.5, 14, 1.6], {
      // Over merged cells exact outlines only confuse.
      "line-opacity": ["interpolate", ["linear"], ["zoom"], 10.5, 0, 12.5, 0.85],
    }),
    line("zone-case", "zones", t.borderCase, [7, 5, 13, 7], {}, none),
    line("zone-chosen", "zones", t.chosen, [7, 2, 13, 3], {}, none),
    line("gap-case", "gaps", t.gapCase, [7, 6, 14, 8], {}, none),
    line("gap-chosen", "gaps", t.gap, [7, 3, 14, 4], {}, none),
  ];
}

// The cell that is looked at, and the way from it.
function probes(t: Theme): LayerSpecification[] {
  return [
    line("cell-case", "cell", t.borderCase, [7, 4, 14, 6]),
    line("cell", "cell", t.probe, [7, 2, 14, 2.5]),
    ...wayLayers(t),
  ];
}

export function line(
  id: string,
  source: GeoSource,
  colour: string,
  [z0, w0, z1, w1]: [number, number, number, number],
  paint: Record<string, unknown> = {},
  filter?: FilterSpecification,
): LayerSpecification {
  return {
    id,
    type: "line",
    source,
    ...(filter && { filter }),
    layout: { "line-join": "round", "line-cap": "round" },
    paint: { "line-color": colour, "line-width": ["interpolate", ["linear"], ["zoom"], z0, w0, z1, w1], ...paint },
  };
}

function marks(t: Theme): LayerSpecification[] {
  return [
    {
      id: "facilities",
      type: "symbol",
      source: "facilities",
      layout: {
        "icon-image": ["concat", "kind-", ["get", "kind"]],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 7, 0.3, 10, 0.5, 13, 0.8, 16, 1.1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
        "symbol-sort-key": ["get", "order"],
      },
    },
    {
      id: "facility-names",
      type: "symbol",
      source: "facilities",
      minzoom: 13,
      layout: {
        "text-field": ["get", "name"],
        "text-font": fonts,
        "text-size": 11,
        "text-offset": [0, 1.1],
        "text-anchor": "top",
        "text-max-width": 9,
        "text-optional": true,
      },
      paint: { "text-color": t.label, "text-halo-color": t.halo, "text-halo-width": 1.4 },
    },
    {
      id: "labels",
      type: "symbol",
      source: "labels",
      layout: {
        "text-field": ["format", ["get", "name"], {}, "\n", {}, ["get", "share"], { "font-scale": 0.88 }],
        "text-font": fonts,
        "text-size": ["interpolate", ["linear"], ["zoom"], 7, 11, 12, 14],
        "text-line-height": 1.25,
        "text-max-width": 8,
        "text-padding": 4,
        "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
        "text-radial-offset": 0.6,
        "symbol-sort-key": ["-", 0, ["get", "population"]],
      },
      paint: { "text-color": t.label, "text-halo-color": t.halo, "text-halo-width": 2, "text-halo-blur": 0.5 },
    },
  ];
}
