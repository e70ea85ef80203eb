import type { Lang } from "../i18n";
import type { Collection } from "./types";

/** What the service says when it cannot answer (RFC 9457), or why it was not reached. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    /** Which message it is, as the catalogue names it. */
    readonly key = "",
  ) {
    super(detail);
    this.name = "Problem";
  }
}

/** What went wrong, in words or not. */
export const asProblem = (e: unknown) => (e instanceof Problem ? e : new Problem(0, "", String(e)));

/** Address of a path of the service, which may live below a prefix. */
export function address(path: string, query?: URLSearchParams): string {
  const root = new URL(".", document.baseURI).href;
  const q = query?.toString();
  return root + path + (q ? "?" + q : "");
}

export async function get<T>(path: string, query: URLSearchParams, lang: Lang, signal: AbortSignal): Promise<T> {
  query.set("lang", lang);
  return fetchJSON<T>(address(path, query), signal);
}

/** Asks with a body, or takes back. */
export async function send<T>(method: "POST" | "DELETE", path: string, body: unknown, lang: Lang, signal: AbortSignal): Promise<T> {
  const headers = { accept: "application/json", ...(body !== undefined && { "content-type": "application/json" }) };
  return fetchJSON<T>(address(path, new URLSearchParams({ lang })), signal, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
}

async function fetchJSON<T>(url: string, signal: AbortSignal, how: RequestInit = { headers: { accept: "application/json" } }): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(url, { ...how, signal });
  } catch (e) {
    if (signal.aborted) throw e;
    throw new Problem(0, "unreachable", "");
  }
  if (!answer.ok) throw await problemOf(answer);
  return (await answer.json()) as T;
}

async function problemOf(answer: Response): Promise<Problem> {
  try {
    const body = (await answer.json()) as { detail?: string; title?: string; code?: string; type?: string };
    return new Problem(answer.status, body.code ?? "", body.detail || body.title || "", body.type?.split(":").at(-1));
  } catch {
    return new Problem(answer.status, "", answer.statusText);
  }
}

/**
 * All features of a collection, page by page up to `max`. The foreign members
 * are those of the first page.
 */
export async function getAll<C extends Collection<unknown, unknown>>(
  path: string,
  query: URLSearchParams,
  lang: Lang,
  signal: AbortSignal,
  max = 50_000,
): Promise<C> {
  query.set("limit", String(Math.min(max, 10_000)));
  const first = await get<C>(path, query, lang, signal);
  for (;;) {
    const matched = Math.min(first.numberMatched ?? 0, max);
    const have = first.features.length;
    if (have >= matched) return first;
    query.set("offset", String(have));
    const page = await get<C>(path, query, lang, signal);
    if (page.features.length === 0) return first;
    first.features.push(...page.features);
  }
}

/** Runs one request at a time: a new one ends the one before, whose answer never arrives. */
export class Latest {
  #current: AbortController | null = null;

  /** The answer, or undefined when a newer request took over. */
  async run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
    this.stop();
    const mine = (this.#current = new AbortController());
    try {
      const answer = await work(mine.signal);
      return mine.signal.aborted ? undefined : answer;
    } catch (e) {
      if (mine.signal.aborted) return undefined;
      throw e;
    }
  }

  stop(): void {
    this.#current?.abort();
    this.#current = null;
  }
}
