import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { type Fence, passFence } from "../lease/fence.ts";

/** What is asked of a PoP over HTTP. */
export interface PopRequest {
  method: "GET" | "DELETE";
  path: string;
  headers?: Record<string, string>;
}

/** What {@linkcode askPop} needs. */
export interface AskPopParts extends Fence {
  popUrl: (popId: string) => string | undefined;
  token: (audience: string) => Promise<string>;
}

/** A PoP must have begun to answer within this time, in milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * Asks a PoP with this cell's token; its answer's body may take its time.
 * @throws AntiphonError `unavailable` when it is not known or not reached
 */
export async function askPop(
  popId: string,
  { method, path, headers = {} }: PopRequest,
  { popUrl, token, ...fence }: AskPopParts,
): Promise<Response> {
  const url = popUrl(popId);
  if (!url) throw new AntiphonError("unavailable", `The PoP ${popId} is not known`);
  const abort = new AbortController();
  const limit = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const authorization = `Bearer ${await token(`pop:${popId}`)}`;
    return await fetch(new URL(path, url), {
      method,
      headers: { ...headers, ...passFence(fence), authorization },
      redirect: "error",
      signal: abort.signal,
    });
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    throw new AntiphonError("unavailable", `The PoP ${popId} is not reached`, { cause });
  } finally {
    clearTimeout(limit);
  }
}
