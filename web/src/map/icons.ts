import { outline, symbolOf } from "../lib/kinds";

const side = 48; // pixels of an icon, drawn for twice the density of the page

/** The mark of the i-th kind: its shape in its colour, with a rim that parts it from the cells. */
export function drawMark(i: number, rim: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const g = canvas.getContext("2d", { willReadFrequently: true })!;
  const { shape, colour } = symbolOf(i);
  const r = side * 0.34;
  g.translate(side / 2, side / 2);
  g.lineJoin = "round";
  trace(g, outline(shape), r);
  g.strokeStyle = rim;
  g.lineWidth = side * 0.2;
  g.stroke();
  g.fillStyle = shape === "ring" ? rim : colour;
  g.fill();
  g.strokeStyle = shape === "ring" ? colour : "rgba(0,0,0,.45)";
  g.lineWidth = shape === "ring" ? side * 0.15 : side * 0.035;
  g.stroke();
  return g.getImageData(0, 0, side, side);
}

/** A cross over what is closed. */
export function drawCross(ink: string, rim: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const g = canvas.getContext("2d", { willReadFrequently: true })!;
  const r = side * 0.3;
  g.translate(side / 2, side / 2);
  g.lineCap = "round";
  for (const [colour, width] of [[rim, 0.26], [ink, 0.13]] as const) {
    g.strokeStyle = colour;
    g.lineWidth = side * width;
    g.beginPath();
    g.moveTo(-r, -r);
    g.lineTo(r, r);
    g.moveTo(r, -r);
    g.lineTo(-r, r);
    g.stroke();
  }
  return g.getImageData(0, 0, side, side);
}

function trace(g: CanvasRenderingContext2D, points: [number, number][] | null, r: number): void {
  g.beginPath();
  if (!points) g.arc(0, 0, r, 0, 2 * Math.PI);
  else points.forEach(([x, y], i) => (i ? g.lineTo(x * r, y * r) : g.moveTo(x * r, y * r)));
  g.closePath();
}
