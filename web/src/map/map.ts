import { Map as GLMap, ScaleControl, setWorkerUrl, type GeoJSONSource } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import type { Compare } from "../lib/plan";
import type { Box } from "../lib/types";
import { drawCross, drawMark } from "./icons";
import { changeColour, lowestChange } from "./changes";
import { Pins, type PinListeners, type PinView } from "./pins";
import { roadLayers, roadsSource } from "./roads";
import { cellOpacity, cellOpacityBelow, coverageLayer, coverageSource, mapStyle, type GeoSource } from "./style";
import { themes, type Theme } from "./theme";

// MapLibre 6 keeps its worker in a file of its own, which a bundler does not find by itself.
setWorkerUrl(workerUrl);

export interface Padding {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Listeners extends PinListeners {
  /** A click, or Enter: a place, and the facility that is there. */
  pick(at: [number, number], facility: string | null, zone: string | null): void;
  moved(view: { zoom: number; lat: number; lon: number }): void;
  tilesFault(): void;
}

export interface Start {
  bounds: Box;
  padding: Padding;
  view: { zoom: number; lat: number; lon: number } | null;
  dark: boolean;
  kinds: string[];
}

type Data = Parameters<GeoJSONSource["setData"]>[0];

/**
 * The map: it draws what it is told and reports clicks. It keeps what it was
 * told, so that a change of theme can draw all of it anew.
 */
export class CoverageMap {
  readonly map: GLMap;
  #theme: Theme;
  #kinds: string[];
  #data = new Map<GeoSource, unknown[]>();
  #filters = new Map<string, unknown>();
  #tiles: string | null = null;
  #roads: string | null = null;
  #colour: ((t: Theme) => unknown) | null = null;
  #dim = false;
  #compare: Compare = "change";
  #pins: Pins;
  #ready = false;

  constructor(container: HTMLElement, start: Start, on: Listeners) {
    this.#theme = themes[start.dark ? "dark" : "light"];
    this.#kinds = start.kinds;
    this.map = new GLMap({
      container,
      style: mapStyle(this.#theme, null, null),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 18,
      minZoom: 2,
      ...(start.view
        ? { center: [start.view.lon, start.view.lat], zoom: start.view.zoom }
        : { bounds: start.bounds, fitBoundsOptions: { padding: start.padding } }),
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 110, unit: "metric" }), "bottom-left");
    this.#pins = new Pins(this.map, on);
    this.#listen(on);
  }

  #listen(on: Listeners): void {
    const { map } = this;
    map.on("style.load", () => this.#fill());
    map.on("error", () => on.tilesFault());
    map.on("movestart", () => this.#unsettle());
    map.on("idle", () => this.#mark(this.#tiles ?? ""));
    map.on("moveend", () => {
      const c = map.getCenter();
      on.moved({ zoom: map.getZoom(), lat: c.lat, lon: c.lng });
    });
    map.on("click", (e) => on.pick([e.lngLat.lng, e.lngLat.lat], this.#under(e.point, "facilities"), this.#under(e.point, "labels")));
    map.on("mousemove", (e) => {
      const over = this.#under(e.point, "facilities") ?? this.#under(e.point, "labels");
      map.getCanvas().style.cursor = over ? "pointer" : "crosshair";
    });
    map.getCanvas().addEventListener("keydown", (e) => {
      if (e.key !== "Enter") return;
      e.preventDefault();
      const c = map.getCenter();
      on.pick([c.lng, c.lat], null, null);
    });
  }

  // The container says which cells it shows whole: nothing while it still draws.
  #mark(drawn: string): void {
    this.map.getContainer().dataset.drawn = drawn;
  }

  #unsettle(): void {
    this.#mark("");
  }

  #under(p: { x: number; y: number }, layer: "facilities" | "labels"): string | null {
    // Close by, a click on a name means the cell below it.
    if (!this.#ready || (layer === "labels" && this.map.getZoom() > 11.5)) return null;
    const r = layer === "facilities" ? 5 : 1;
    const [hit] = this.map.queryRenderedFeatures([[p.x - r, p.y - r], [p.x + r, p.y + r]], { layers: [layer] });
    return (hit?.properties.id as string | undefined) ?? null;
  }

  // Gives a fresh style everything that was told before.
  #fill(): void {
    this.#ready = true;
    this.#kinds.forEach((k, i) => {
      const name = `kind-${k}`;
      if (!this.map.hasImage(name)) this.map.addImage(name, drawMark(i, this.#theme.markRim), { pixelRatio: 2 });
    });
    if (!this.map.hasImage("cross")) this.map.addImage("cross", drawCross(this.#theme.lost, this.#theme.markRim), { pixelRatio: 2 });
    for (const [source, features] of this.#data) this.#put(source, features);
    for (const [layer, filter] of this.#filters) this.map.setFilter(layer, filter as never);
    this.#paintRoads();
    this.#paintCells();
    this.#paintChanges();
  }

  /** Draws in the other light. */
  setDark(dark: boolean): void {
    const theme = themes[dark ? "dark" : "light"];
    if (theme === this.#theme) return;
    this.#theme = theme;
    this.#ready = false;
    this.#unsettle();
    this.map.setStyle(mapStyle(theme, this.#tiles, this.#roads), { diff: false });
  }

  setData(source: GeoSource, features: unknown[]): void {
    this.#data.set(source, features);
    this.#unsettle();
    if (this.#ready) this.#put(source, features);
  }

  #put(source: GeoSource, features: unknown[]): void {
    const data = { type: "FeatureCollection", features } as Data;
    (this.map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  /** Shows the cells of an address template, in a colour that depends on the light. */
  setCells(tiles: string, colour: (t: Theme) => unknown): void {
    const changed = tiles !== this.#tiles;
    this.#tiles = tiles;
    this.#colour = colour;
    this.#unsettle();
    if (!this.#ready) return;
    // A source of its own for every question: tiles of the question before are
    // never to be seen in the colours of this one, not even when a new tile fails.
    if (changed && this.map.getSource("coverage")) {
      this.map.removeLayer("cells");
      this.map.removeSource("coverage");
    }
    this.#paintCells();
  }

  #paintCells(): void {
    if (!this.#tiles || !this.#colour) return;
    const colour = this.#colour(this.#theme);
    if (!this.map.getSource("coverage")) this.map.addSource("coverage", coverageSource(this.#tiles));
    if (this.map.getLayer("cells")) this.map.setPaintProperty("cells", "fill-color", colour as string);
    else this.map.addLayer(coverageLayer(colour), lowestChange);
    this.map.setPaintProperty("cells", "fill-opacity", this.#dim ? cellOpacityBelow : cellOpacity);
  }

  /** Shows changes as such, or what comes of them. */
  setCompare(compare: Compare): void {
    this.#compare = compare;
    this.#unsettle();
    if (this.#ready) this.#paintChanges();
  }

  #paintChanges(): void {
    const colour = changeColour(this.#theme, this.#compare);
    this.map.setPaintProperty(lowestChange, "fill-color", colour);
    this.map.setPaintProperty("change-points", "circle-color", colour);
  }

  setPins(list: PinView[]): void {
    this.#pins.show(list);
  }

  /** Draws the streets and boats of an address template; null draws none. */
  setRoads(tiles: string | null): void {
    if (tiles === this.#roads) return;
    this.#roads = tiles;
    this.#unsettle();
    if (this.#ready) this.#paintRoads();
  }

  #paintRoads(): void {
    const layers = roadLayers(this.#theme);
    const drawn = Boolean(this.map.getSource("roads"));
    if (drawn === Boolean(this.#roads)) return;
    if (this.#roads) {
      this.map.addSource("roads", roadsSource(this.#roads));
      for (const l of layers) this.map.addLayer(l, "border-case");
    } else {
      for (const l of layers) this.map.removeLayer(l.id);
      this.map.removeSource("roads");
    }
  }

  /** Draws the cells more faintly, below what is reached from a place. */
  setDim(dim: boolean): void {
    this.#dim = dim;
    if (this.#ready && this.map.getLayer("cells")) {
      this.#unsettle();
      this.map.setPaintProperty("cells", "fill-opacity", dim ? cellOpacityBelow : cellOpacity);
    }
  }

  /** Marks the zone and the gap that are looked at. */
  choose(zone: string, gap: number): void {
    this.#filter("zone-case", ["==", ["get", "zone"], zone || "\u0000"]);
    this.#filter("zone-chosen", ["==", ["get", "zone"], zone || "\u0000"]);
    this.#filter("gap-case", ["==", ["get", "id"], gap]);
    this.#filter("gap-chosen", ["==", ["get", "id"], gap]);
  }

  showKinds(kinds: string[]): void {
    const filter = ["in", ["get", "kind"], ["literal", kinds]];
    this.#filter("facilities", filter);
    this.#filter("facility-names", filter);
  }

  #filter(layer: string, filter: unknown): void {
    this.#filters.set(layer, filter);
    if (this.#ready) this.map.setFilter(layer, filter as never);
  }

  // Neither of the two insists: with reduced motion asked for, MapLibre jumps.
  fit(box: Box, padding: Padding, maxZoom = 14): void {
    this.map.fitBounds(box, { padding, maxZoom, duration: 900 });
  }

  jump(view: { zoom: number; lat: number; lon: number }): void {
    this.map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  }

  zoomBy(step: number): void {
    this.map.easeTo({ zoom: this.map.getZoom() + step, duration: 250 });
  }

  /** Says what the map is, to those who do not see it. */
  setLabel(text: string): void {
    this.map.getCanvas().setAttribute("aria-label", text);
  }

  destroy(): void {
    this.map.remove();
  }
}
