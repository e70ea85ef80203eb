/** How a kind of facility is drawn. */
export interface Marker {
  shape: Shape;
  colour: string;
}

export const shapes = ["circle", "square", "triangle", "diamond", "plus", "hexagon", "pentagon", "star", "down", "ring"] as const;
export type Shape = (typeof shapes)[number];

// Apart from one another and from the teal and vermilion of the cells, for the
// colour-blind too; the shape says it again.
const colours = ["#23305e", "#8a2f86", "#f2c230", "#2f6fd6", "#4d2a1c", "#d85aa0", "#5b7d12"];

/** Shape and colour of the i-th kind; ten shapes and seven colours give seventy pairs. */
export function symbolOf(i: number): Marker {
  return { shape: shapes[i % shapes.length]!, colour: colours[i % colours.length]! };
}

/** Outline of a shape round (0, 0), within radius 1; null for round ones. */
export function outline(shape: Shape): [number, number][] | null {
  switch (shape) {
    case "circle":
    case "ring":
      return null;
    case "square":
      return regular(4, 45, 1.08);
    case "diamond":
      return regular(4, 0, 1.1);
    case "triangle":
      return regular(3, -90, 1.12);
    case "down":
      return regular(3, 90, 1.12);
    case "pentagon":
      return regular(5, -90, 1);
    case "hexagon":
      return regular(6, 0, 1);
    case "star":
      return star();
    case "plus":
      return plus();
  }
}

function regular(n: number, turn: number, r: number): [number, number][] {
  return Array.from({ length: n }, (_, i) => polar(turn + (360 * i) / n, r));
}

function star(): [number, number][] {
  return Array.from({ length: 10 }, (_, i) => polar(-90 + 36 * i, i % 2 ? 0.5 : 1.15));
}

function plus(): [number, number][] {
  const a = 0.36;
  const corners: [number, number][] = [[a, -1], [a, -a], [1, -a]];
  const turned = [0, 1, 2, 3].flatMap((k) => corners.map((p) => quarter(p, k)));
  return turned;
}

function quarter([x, y]: [number, number], k: number): [number, number] {
  return ([[x, y], [-y, x], [-x, -y], [y, -x]] as [number, number][])[k]!;
}

function polar(degrees: number, r: number): [number, number] {
  const t = (degrees * Math.PI) / 180;
  return [r * Math.cos(t), r * Math.sin(t)];
}

/** SVG path of a shape of radius 1, for the legend; round shapes as arcs. */
export function pathOf(shape: Shape): string {
  const points = outline(shape);
  if (!points) return "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z";
  return "M" + points.map(([x, y]) => `${x.toFixed(3)} ${y.toFixed(3)}`).join("L") + "Z";
}
