import type { App } from "./app.svelte";
import { parseWithin } from "./choice";
import { threshold } from "./format";

/** The name of a service of an answer: a standard, or kinds and a threshold ("clinic+hospital@15min"). */
export function serviceName(id: string, app: Pick<App, "standards" | "text" | "kindName" | "lang">): string {
  const standard = app.standards.find((s) => s.id === id);
  if (standard) return app.text(standard.name) || id;
  const at = id.lastIndexOf("@");
  const within = at > 0 ? parseWithin(id.slice(at + 1)) : null;
  if (!within) return id;
  const kinds = id.slice(0, at).split("+").map(app.kindName);
  const words = threshold(within.unit === "m" ? { metres: within.value } : { seconds: Math.round(within.value * 60) }, app.lang);
  return kinds.join(app.lang === "zh" ? "、" : ", ") + (app.lang === "zh" ? `（${words}）` : ` (${words})`);
}
