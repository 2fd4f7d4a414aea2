import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { formatOf } from "../extraction/document_format.ts";
import type { SealableText } from "./sealable_text.ts";

/** Writes an opened value into the text around it, so that it cannot become more than a value. */
export type Escape = (value: string) => string;

/** A request's text with its sealed parts opened and escaped. */
export async function openParts(
  text: SealableText,
  open: (sealed: string) => Promise<string>,
  escape: Escape,
): Promise<string> {
  if (typeof text === "string") return text;
  const parts = await Promise.all(
    text.map(async (part) => typeof part === "string" ? part : escape(await open(part.sealed))),
  );
  return parts.join("");
}

/** How values are written into an address. */
export const escapeInUrl: Escape = encodeURIComponent;

/**
 * How values are written into a header.
 * @throws AntiphonError `value_invalid` for one that is no visible ASCII
 */
export const escapeInHeader: Escape = (value) => {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  throw new AntiphonError("value_invalid", "A sealed value does not go into a header");
};

/** How values are written into a body of this media type. */
export function escapeInBody(mediaType: string): Escape {
  if (/^application\/x-www-form-urlencoded\b/i.test(mediaType)) return encodeURIComponent;
  switch (formatOf(mediaType)) {
    case "json":
    case "toml":
      return (value) => JSON.stringify(value).slice(1, -1);
    case "xml":
      return (value) => value.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
    default:
      return (value) => value;
  }
}
