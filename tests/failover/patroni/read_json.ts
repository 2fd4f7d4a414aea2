/** An answer whose body is JSON, or null when it is none. */
export interface JsonAnswer {
  status: number;
  // deno-lint-ignore no-explicit-any
  body: any;
}

/** Asks once; gives up after `timeoutMs`. */
export async function readJson(
  url: string,
  init: RequestInit = {},
  timeoutMs = 5_000,
): Promise<JsonAnswer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), ...init });
  const text = await response.text();
  try {
    return { status: response.status, body: JSON.parse(text) };
  } catch {
    // Patroni answers some requests in words.
    return { status: response.status, body: null };
  }
}
