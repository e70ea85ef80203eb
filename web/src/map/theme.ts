import { ramps, type Ramp } from "../lib/bands";

/** The colours of the map in one light. */
export interface Theme {
  sea: string;
  shallows: [string, string, string]; // from the coast outward
  land: string;
  coast: string;
  border: string;
  borderCase: string;
  chosen: string;
  gap: string;
  gapCase: string;
  label: string;
  halo: string;
  circle: string;
  probe: string;
  sail: string;
  road: string;
  reach: string;
  gained: string;
  lost: string;
  markRim: string;
  ramp: Ramp;
}

export const themes: Record<"light" | "dark", Theme> = {
  light: {
    sea: "#d5e1e6",
    shallows: ["#e8f0f1", "#e1eaed", "#dbe6ea"],
    land: "#f7f4ec",
    coast: "#8ca5af",
    border: "#6f7f88",
    borderCase: "#fbfaf6",
    chosen: "#14212b",
    gap: "#8f2c10",
    gapCase: "#fff8f2",
    label: "#1c2a33",
    halo: "#fdfcf8",
    circle: "#14525c",
    probe: "#14212b",
    sail: "#1b62c4",
    road: "#3b4650",
    reach: "#5a3d9e",
    gained: "#1f5fd6",
    lost: "#7c0f3c",
    markRim: "#ffffff",
    ramp: ramps.light,
  },
  dark: {
    sea: "#0e161b",
    shallows: ["#17242b", "#131e25", "#101a20"],
    land: "#242d33",
    coast: "#4c626d",
    border: "#7f929c",
    borderCase: "#10181d",
    chosen: "#f2f6f8",
    gap: "#ffc9a3",
    gapCase: "#1a0f0a",
    label: "#edf2f4",
    halo: "#11191e",
    circle: "#8be3d8",
    probe: "#f2f6f8",
    sail: "#7ab8ff",
    road: "#c3ced4",
    reach: "#b8a3ff",
    gained: "#6ea8ff",
    lost: "#ff86ae",
    markRim: "#f2f6f8",
    ramp: ramps.dark,
  },
};
