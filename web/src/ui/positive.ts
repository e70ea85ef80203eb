/** The number in a field, when it is above zero. */
export function positive(e: Event): number | null {
  const v = (e.currentTarget as HTMLInputElement).valueAsNumber;
  return Number.isFinite(v) && v > 0 ? v : null;
}
