import type { Context } from "hono";
import { parseDocument } from "yaml";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { fieldsInvalid } from "../configuration/fields_invalid.ts";

/** The largest YAML text, in bytes: reading it keeps the process from everything else. */
const YAML_BYTES = 1 << 20;
/** How deep a document may be nested; a configuration is 10 deep. */
const DEPTH = 64;
/** How many times anchors may be used, counting those within others each time. */
const ALIASES = 100;

/**
 * Reads a request's body from JSON or YAML (RFC 9512), as its Content-Type says.
 * @throws AntiphonError `malformed_json`, `malformed_yaml`, `payload_too_large`, and
 * `invalid_request` for another type
 */
export async function readText(c: Context): Promise<unknown> {
  const type = (c.req.header("content-type") ?? "").split(";")[0].trim().toLowerCase();
  const text = await c.req.text();
  if (type === "application/json") return readJson(text);
  if (/^(application|text)\/(x-)?yaml$/.test(type)) return readYaml(text);
  throw fieldsInvalid([{
    path: "Content-Type",
    message: "Send application/json or application/yaml",
  }]);
}

function readJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AntiphonError("malformed_json", "Send a JSON body", { cause });
  }
  if (isTooDeep(value)) throw new AntiphonError("malformed_json", "Nest less deeply");
  return value;
}

function readYaml(text: string): unknown {
  if (text.length > YAML_BYTES) {
    throw new AntiphonError("payload_too_large", "Send a larger document as JSON", {
      data: { maxBytes: YAML_BYTES },
    });
  }
  let value: unknown;
  try {
    const parsed = parseDocument(text, {
      version: "1.2",
      schema: "core",
      merge: false,
      uniqueKeys: true,
      prettyErrors: true,
      logLevel: "silent",
    });
    if (parsed.errors.length > 0) throw parsed.errors[0];
    value = parsed.toJS({ maxAliasCount: ALIASES });
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.split("\n")[0] : "";
    // A stack that overflows is a text nested too deep.
    const why = cause instanceof RangeError ? "Nest less deeply" : said;
    throw new AntiphonError("malformed_yaml", `Send a YAML body: ${why}`.slice(0, 300), { cause });
  }
  if (isTooDeep(value)) throw new AntiphonError("malformed_yaml", "Nest less deeply");
  return value;
}

/** Breadth first, so that depth costs no stack. Shared parts count each time, as aliases are few. */
function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH) return true;
    level = level.flatMap((item) =>
      item !== null && typeof item === "object" ? Object.values(item) : []
    );
  }
  return false;
}
