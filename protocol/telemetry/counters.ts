/** Monotonic counters and gauges of one process, rendered in the Prometheus text format 0.0.4. */
export class Counters {
  readonly #values = new Map<string, number>();

  /** Adds to a counter. Labels must be few and bounded: never an id of a call or a person. */
  add(name: string, labels: Record<string, string> = {}, by = 1): void {
    const key = series(name, labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + by);
  }

  /** Sets a gauge. */
  set(name: string, value: number, labels: Record<string, string> = {}): void {
    this.#values.set(series(name, labels), value);
  }

  /** The present value, 0 if never touched. */
  get(name: string, labels: Record<string, string> = {}): number {
    return this.#values.get(series(name, labels)) ?? 0;
  }

  /** The text exposition, one line a series, sorted. */
  render(): string {
    return [...this.#values].sort(([a], [b]) => a < b ? -1 : 1)
      .map(([key, value]) => `${key} ${value}\n`).join("");
  }
}

function series(name: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([k, v]) => `${k}="${v.replace(/[\\"\n]/g, (c) => c === "\n" ? "\\n" : `\\${c}`)}"`);
  return pairs.length > 0 ? `${name}{${pairs.join(",")}}` : name;
}
