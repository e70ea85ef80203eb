import type { CurvePoint } from "./types";

/** A curve ready to be drawn in a box of width x height, y downwards. */
export interface Drawing {
  value: [number, number][];
  bound: [number, number][];
  /** The room between what was found and the bound, as a closed outline; empty when all is proven. */
  room: [number, number][];
  x: { at: number; p: number }[];
  y: { at: number; people: number }[];
}

/** Round numbers from low to high, about n of them: 1, 2 or 5 times a power of ten apart. */
export function ticks(low: number, high: number, n: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low];
  const rough = span / Math.max(1, n);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough * 0.999)!;
  const out: number[] = [];
  for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) out.push(Math.round(v / step) * step);
  return out;
}

/** Scales a curve; it starts with what stands, at no site. */
export function drawing(before: number, curve: CurvePoint[], width: number, height: number): Drawing {
  const all = [{ p: 0, value: before, bound: before }, ...curve];
  const most = Math.max(...all.map((c) => c.p), 1);
  const low = before;
  const high = Math.max(...all.map((c) => Math.max(c.value, c.bound)), low + 1e-9);
  const x = (p: number) => (p / most) * width;
  const y = (v: number) => height - ((v - low) / (high - low)) * height;
  const value = all.map((c): [number, number] => [x(c.p), y(c.value)]);
  const bound = all.map((c): [number, number] => [x(c.p), y(c.bound)]);
  const open = all.some((c) => c.bound - c.value > 1e-6 * Math.max(1, c.bound));
  return {
    value,
    bound: open ? bound : [],
    room: open ? [...bound, ...[...value].reverse()] : [],
    x: ticks(0, most, 6).filter(Number.isInteger).map((p) => ({ at: x(p), p })),
    y: ticks(low, high, 3).map((people) => ({ at: y(people), people })),
  };
}

/** Shares at the ends of years as a line in steps, and the area below it; the first is what stands now. */
export function shareSteps(shares: number[], width: number, height: number): { line: string; area: string; x: number[] } {
  const n = Math.max(1, shares.length);
  const [low, high] = [Math.min(...shares), Math.max(...shares)];
  const y = (v: number) => (high > low ? height - (0.15 + 0.85 * ((v - low) / (high - low))) * height : height / 2);
  const line = shares.map((v, i) => `${i ? "V" : "M0 "}${y(v).toFixed(1)}H${(((i + 1) / n) * width).toFixed(1)}`).join("");
  return { line, area: `${line}V${height}H0Z`, x: shares.map((_, i) => Number((((i + 0.5) / n) * width).toFixed(1))) };
}
