import { parse as parseToml } from "smol-toml";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { DocumentFormat } from "./document_format.ts";
import { jsonDepth } from "./json_depth.ts";
import type { JsonValue } from "./json_value.ts";
import { plainValue } from "./plain_value.ts";
import { readXml } from "./read_xml.ts";

/** The largest document, in characters. */
export const DOCUMENT_CHARACTERS = 1 << 20;
/** How deep a document may be nested. */
export const DOCUMENT_DEPTH = 64;
/** TOML and XML take longer to read: this many characters keep a cell waiting for some 20 ms. */
const SLOW_CHARACTERS = 256 << 10;

/**
 * Reads a document: JSON (RFC 8259), TOML 1.0, XML 1.0 without a document type, or plain text.
 * O(characters).
 * @throws AntiphonError `document_too_large`, `document_too_deep`, `document_malformed`
 */
export function readDocument(text: string, format: DocumentFormat): JsonValue {
  const slow = format === "toml" || format === "xml";
  const most = slow ? SLOW_CHARACTERS : DOCUMENT_CHARACTERS;
  if (text.length > most) {
    throw new AntiphonError("document_too_large", `Have ${most} characters at most`);
  }
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (format === "text") return plain;
  try {
    if (format === "json") {
      if (jsonDepth(plain) > DOCUMENT_DEPTH) throw tooDeep();
      return JSON.parse(plain);
    }
    if (format === "xml") return readXml(plain, DOCUMENT_DEPTH);
    return plainValue(parseToml(plain, { maxDepth: DOCUMENT_DEPTH }), DOCUMENT_DEPTH);
  } catch (cause) {
    if (cause instanceof AntiphonError) throw cause;
    if (cause instanceof RangeError || /nested/.test((cause as Error).message)) throw tooDeep();
    // What a parser says of the text quotes it.
    throw new AntiphonError("document_malformed", `It is not ${format.toUpperCase()}`);
  }
}

function tooDeep(): AntiphonError {
  return new AntiphonError("document_too_deep", `Nest at most ${DOCUMENT_DEPTH} levels`);
}
