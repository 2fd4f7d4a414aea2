import { Problem } from "../errors/problem.ts";

/** Largest problem that is looked at, in characters. */
const MOST = 64 * 1024;

/** What a cell's refusal says, as far as it can be read. */
export interface Refusal {
  /** The body, so that it can be handed on. */
  text: string;
  code: string | null;
  /** A signed `ClusterNotice`, unverified. */
  notice: string | null;
  /** The cluster that the tenant lives on now. */
  movedTo: string | null;
}

/** Reads a refusal. A body that is no problem+json says nothing. */
export async function readRefusal(response: Response): Promise<Refusal> {
  const text = await response.text();
  const { code = null, data = {} } = parse(text) ?? {};
  const word = (value: unknown) => typeof value === "string" ? value : null;
  return { text, code, notice: word(data.notice), movedTo: word(data.clusterId) };
}

function parse(text: string): Problem | undefined {
  if (text.length > MOST) return undefined;
  try {
    return Problem.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: a gateway's page, perhaps.
    return undefined;
  }
}
