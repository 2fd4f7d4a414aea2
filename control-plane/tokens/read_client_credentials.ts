import { Buffer } from "node:buffer";

/** A client's id and secret as it presented them. */
export interface ClientCredentials {
  clientId: string;
  clientSecret: string;
}

/**
 * Reads a client's credentials from the Authorization header (Basic) or the form, but not from
 * both (RFC 6749 section 2.3.1). Null: there are none. "ambiguous": they are in both places.
 */
export function readClientCredentials(
  authorization: string | undefined,
  form: URLSearchParams,
): ClientCredentials | "ambiguous" | null {
  const basic = /^basic +([A-Za-z0-9+/_-]+=*)$/i.exec(authorization ?? "");
  const clientId = form.get("client_id");
  const clientSecret = form.get("client_secret");
  if (basic) {
    if (clientSecret !== null) return "ambiguous";
    const text = Buffer.from(basic[1], "base64").toString("utf8");
    const colon = text.indexOf(":");
    if (colon < 0) return null;
    const id = formDecoded(text.slice(0, colon));
    if (clientId !== null && clientId !== id) return "ambiguous";
    return { clientId: id, clientSecret: formDecoded(text.slice(colon + 1)) };
  }
  if (authorization !== undefined || clientId === null || clientSecret === null) return null;
  return { clientId, clientSecret };
}

/** Undoes form encoding. Clients that forgot to encode are taken at their word. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
