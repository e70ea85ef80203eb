/** How far the panel of a phone is drawn up. */
export type Height = "peek" | "half" | "full";

export const heights: Height[] = ["peek", "half", "full"];

/** The height in pixels of each state in a window of this height. */
export function pixels(h: Height, windowHeight: number): number {
  switch (h) {
    case "peek":
      return 112;
    case "half":
      return Math.round(windowHeight * 0.52);
    case "full":
      return windowHeight - 64;
  }
}

/** The state nearest to a height; a quick drag goes on in its direction. */
export function settle(height: number, windowHeight: number, speed: number): Height {
  const aim = height + speed * 200;
  const distance = (h: Height) => Math.abs(pixels(h, windowHeight) - aim);
  return heights.reduce((a, b) => (distance(b) < distance(a) ? b : a));
}
