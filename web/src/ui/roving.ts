/**
 * Lets the arrow keys move the focus among the items of a list (or of a row of
 * choices), Home and End to its ends. Svelte action; `items` is a selector.
 */
export function roving(node: HTMLElement, options: { items: string; across?: boolean }) {
  const onkeydown = (e: KeyboardEvent) => {
    const items = [...node.querySelectorAll<HTMLElement>(options.items)];
    const i = items.indexOf(document.activeElement as HTMLElement);
    if (i < 0) return;
    const to = target(e.key, i, items.length, options.across ?? false);
    if (to === null) return;
    e.preventDefault();
    items[to]?.focus();
    items[to]?.scrollIntoView({ block: "nearest" });
    if (options.across) items[to]?.click();
  };
  node.addEventListener("keydown", onkeydown);
  return { destroy: () => node.removeEventListener("keydown", onkeydown) };
}

/** Where a key leads from item i of n; null when it leads nowhere. */
export function target(key: string, i: number, n: number, across: boolean): number | null {
  const [back, on] = across ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  switch (key) {
    case on:
      return across ? (i + 1) % n : Math.min(i + 1, n - 1);
    case back:
      return across ? (i + n - 1) % n : Math.max(i - 1, 0);
    case "Home":
      return 0;
    case "End":
      return n - 1;
    default:
      return null;
  }
}
