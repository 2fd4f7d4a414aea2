/** What came of asking one address. */
export type Verdict<T> =
  | { kind: "answer"; value: T }
  /** Not here, or not now. `hint`: where else to ask next. */
  | { kind: "elsewhere"; reason: string; hint?: string };

/** How addresses are asked; times in milliseconds. */
export interface AskRules {
  /** Silence of one address for so long has the next one asked too. */
  hedgeMs: number;
  /** How long all are asked again and again while each says no. */
  budgetMs: number;
  /** After this silence ends everything. */
  timeoutMs: number;
}

/** What asking needs of the world. */
export interface AskPorts {
  now: () => number;
  /** Runs something later; the result cancels that. */
  timer: (ms: number, run: () => void) => () => void;
}

/** The first answer and who gave it, or why there is none, address by address. */
export type Asked<T> = { url: string; value: T } | { url: null; reasons: string[] };

const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 250;

/**
 * Asks addresses for the one that answers. They are asked one after the other; who is silent is
 * waited for while the others are asked; when all have said no they are asked again after a short
 * pause. One request at a time is under way to each; when there is an answer the others are aborted.
 * @param ask never rejects
 */
export function askAddresses<T>(
  urls: readonly string[],
  ask: (url: string, signal: AbortSignal) => Promise<Verdict<T>>,
  rules: AskRules,
  { now, timer }: AskPorts,
): Promise<Asked<T>> {
  const { promise, resolve } = Promise.withResolvers<Asked<T>>();
  const began = now();
  const flights = new Map<string, AbortController>();
  /** Asked in this round. */
  const asked = new Set<string>();
  const reasons = new Map<string, string>();
  let pause = FIRST_PAUSE_MS;
  let over = false;
  let cancelHedge = () => {};
  let cancelRound: (() => void) | null = null;

  const finish = (outcome: Asked<T>) => {
    over = true;
    cancelDeadline();
    cancelHedge();
    cancelRound?.();
    for (const flight of flights.values()) flight.abort();
    resolve(outcome);
  };
  const fail = () => {
    for (const url of flights.keys()) reasons.set(url, "timeout");
    finish({ url: null, reasons: urls.flatMap((url) => reasons.get(url) ?? []) });
  };
  const start = (url: string) => {
    asked.add(url);
    const flight = new AbortController();
    flights.set(url, flight);
    cancelHedge();
    cancelHedge = timer(rules.hedgeMs, () => next());
    ask(url, flight.signal).then((verdict) => landed(url, verdict));
  };
  const landed = (url: string, verdict: Verdict<T>) => {
    if (over) return;
    flights.delete(url);
    if (verdict.kind === "answer") return finish({ url, value: verdict.value });
    reasons.set(url, verdict.reason);
    next(verdict.hint);
  };
  const next = (hint?: string) => {
    if (over) return;
    const free = (url: string) => !asked.has(url) && !flights.has(url);
    const url = hint !== undefined && urls.includes(hint) && free(hint) ? hint : urls.find(free);
    if (url !== undefined) return start(url);
    if (cancelRound !== null || flights.size === urls.length) return;
    if (flights.size === 0 && now() + pause > began + rules.budgetMs) return fail();
    cancelRound = timer(pause, () => {
      cancelRound = null;
      asked.clear();
      next();
    });
    pause = Math.min(2 * pause, LAST_PAUSE_MS);
  };
  const cancelDeadline = timer(rules.timeoutMs, fail);
  next();
  return promise;
}
