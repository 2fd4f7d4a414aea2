/** Severity of a log line, after RFC 5424's names. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Facts of a log line: ids, codes, counts. Never message bodies, numbers, names or secrets. */
export type LogFacts = Record<string, unknown>;

/** Writes one JSON object a line. `event` is a stable dotted name ("call.refused"). */
export interface Logger {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  error(event: string, facts?: LogFacts): void;
  /** A logger whose lines all carry these facts too. */
  with(facts: LogFacts): Logger;
}

const ORDER: LogLevel[] = ["debug", "info", "warn", "error"];

/** Options of {@linkcode createLogger}. */
export interface LoggerOptions {
  service: string;
  level?: LogLevel;
  now?: () => number;
  write?: (line: string) => void;
}

/** Makes a {@linkcode Logger}. By default it writes to standard error. */
export function createLogger(options: LoggerOptions, facts: LogFacts = {}): Logger {
  const least = ORDER.indexOf(options.level ?? "info");
  const now = options.now ?? Date.now;
  // deno-lint-ignore no-console
  const write = options.write ?? ((line: string) => console.error(line));
  const log = (level: LogLevel) => (event: string, more: LogFacts = {}) => {
    if (ORDER.indexOf(level) < least) return;
    const at = new Date(now()).toISOString();
    write(
      JSON.stringify({ at, level, service: options.service, event, ...facts, ...more }, plain),
    );
  };
  return {
    debug: log("debug"),
    info: log("info"),
    warn: log("warn"),
    error: log("error"),
    with: (more) => createLogger(options, { ...facts, ...more }),
  };
}

function plain(_key: string, value: unknown): unknown {
  if (value instanceof Error) {
    const code = (value as { code?: unknown }).code;
    return { name: value.name, message: value.message, code, stack: value.stack };
  }
  return typeof value === "bigint" ? value.toString() : value;
}
