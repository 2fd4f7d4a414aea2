import { XMLParser, XMLValidator } from "fast-xml-parser";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { JsonValue } from "./json_value.ts";
import { plainValue } from "./plain_value.ts";

/**
 * Reads XML 1.0: an element becomes an object of its children by name, its attributes as "@name",
 * its text beside them as "#text"; one with text alone becomes that text, several of one name a
 * list. Prefixes are left as they are. A document type is refused, so there are no entities but the
 * five of XML, those of HTML, and characters by number.
 * @throws AntiphonError `document_malformed`, `document_too_deep`
 */
export function readXml(text: string, depth: number): JsonValue {
  if (/<!DOCTYPE/i.test(text)) throw malformed("Leave out the document type");
  if (elementDepth(text) > depth) {
    throw new AntiphonError("document_too_deep", `Nest at most ${depth} levels`);
  }
  if (XMLValidator.validate(text) !== true) throw malformed("It is not XML");
  const parser = new XMLParser({
    ...{ ignoreAttributes: false, attributeNamePrefix: "@", textNodeName: "#text" },
    ...{ parseTagValue: false, parseAttributeValue: false, trimValues: true },
    ...{ ignoreDeclaration: true, ignorePiTags: true, processEntities: true, htmlEntities: true },
    maxNestedTags: depth + 1,
  });
  return plainValue(parser.parse(text), depth + 1);
}

/** How deep elements are nested; well-formed or not. O(characters). */
function elementDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [tag] of text.matchAll(/<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->|<[^<>]*>/g)) {
    if (tag.startsWith("</")) depth--;
    else if (!/^<[!?]/.test(tag) && !tag.endsWith("/>")) deepest = Math.max(deepest, ++depth);
  }
  return deepest;
}

function malformed(message: string): AntiphonError {
  return new AntiphonError("document_malformed", message);
}
