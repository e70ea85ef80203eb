import type { Area, Box, Line, Point, Ring } from "./types";

/** Rings of every polygon of an area. */
export function polygons(a: Area): Ring[][] {
  return a.type === "Polygon" ? [a.coordinates] : a.coordinates;
}

/** Bounding box of some areas, or null when there is none. */
export function boxOf(areas: Area[]): Box | null {
  const b: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const a of areas) {
    for (const rings of polygons(a)) for (const p of rings[0] ?? []) grow(b, p);
  }
  return b[0] <= b[2] ? b : null;
}

/** Bounding box of the steps of a way, or null when there are none. */
export function boxOfWay(steps: (Line | Point)[]): Box | null {
  const b: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const g of steps) {
    const lines = g.type === "Point" ? [[g.coordinates]] : g.type === "LineString" ? [g.coordinates] : g.coordinates;
    for (const p of lines.flat()) grow(b, p);
  }
  return b[0] <= b[2] ? b : null;
}

function grow(b: Box, [x, y]: [number, number]): void {
  b[0] = Math.min(b[0], x);
  b[1] = Math.min(b[1], y);
  b[2] = Math.max(b[2], x);
  b[3] = Math.max(b[3], y);
}

/** Where the name of an area is best written: deep inside its largest part. */
export function labelPoint(a: Area): [number, number] | null {
  let best: Ring | undefined;
  for (const rings of polygons(a)) {
    const outer = rings[0];
    if (outer && outer.length > 3 && (!best || Math.abs(signed(outer)) > Math.abs(signed(best)))) best = outer;
  }
  return best ? deepest(best) : null;
}

function signed(ring: Ring): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]!;
    const [x1, y1] = ring[i]!;
    sum += x0 * y1 - x1 * y0;
  }
  return sum / 2;
}

// A coarse grid of tries, refined twice round the best: enough for a label.
function deepest(ring: Ring): [number, number] {
  const thin = ring.length > 400 ? ring.filter((_, i) => i % Math.ceil(ring.length / 400) === 0) : ring;
  const b: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const p of thin) grow(b, p);
  const squeeze = Math.cos((((b[1] + b[3]) / 2) * Math.PI) / 180);
  let [cx, cy] = [(b[0] + b[2]) / 2, (b[1] + b[3]) / 2];
  let [w, h] = [(b[2] - b[0]) / 2, (b[3] - b[1]) / 2];
  for (let round = 0; round < 3; round++) {
    let depth = -Infinity;
    const [ox, oy] = [cx, cy];
    for (let i = -4; i <= 4; i++) {
      for (let j = -4; j <= 4; j++) {
        const x = ox + (i / 4.5) * w;
        const y = oy + (j / 4.5) * h;
        const d = inset(x, y, thin, squeeze);
        if (d > depth) [depth, cx, cy] = [d, x, y];
      }
    }
    w /= 4;
    h /= 4;
  }
  return [cx, cy];
}

// Distance to the ring, negative outside.
function inset(x: number, y: number, ring: Ring, squeeze: number): number {
  let inside = false;
  let least = Infinity;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    least = Math.min(least, squared((x - ax) * squeeze, y - ay, (bx - ax) * squeeze, by - ay));
  }
  return inside ? Math.sqrt(least) : -Math.sqrt(least);
}

// Squared distance of (px, py) from the segment from the origin to (dx, dy).
function squared(px: number, py: number, dx: number, dy: number): number {
  const len = dx * dx + dy * dy;
  const t = len > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / len)) : 0;
  return (px - t * dx) ** 2 + (py - t * dy) ** 2;
}
