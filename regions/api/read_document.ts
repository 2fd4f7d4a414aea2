import type { Context } from "hono";
import { ConfigurationRequest } from "../../protocol/configuration/configuration_request.ts";
import { TenantConfiguration } from "../../protocol/configuration/tenant_configuration.ts";
import { fieldsInvalid } from "../configuration/fields_invalid.ts";
import { readText } from "./read_text.ts";
import { refuseUnknown } from "./refuse_unknown.ts";

/** Passwords that one document may set: each takes about 50 ms of a processor. */
const PASSWORDS = 500;

/**
 * Reads a document that is to be planned or applied, from JSON or YAML (RFC 9512): either the
 * document itself or `{ document, moveTo, dropRequirements, plannedAgainst }`.
 * @throws AntiphonError `malformed_json`, `malformed_yaml`, `payload_too_large`; ZodError naming the
 * fields that do not fit by their paths in the document
 */
export async function readDocument(c: Context): Promise<ConfigurationRequest> {
  const body = await readText(c);
  if (isObject(body) && Object.hasOwn(body, "document")) {
    const { document, ...rest } = body;
    const options = ConfigurationRequest.omit({ document: true }).parse(rest);
    refuseUnknown(rest, options);
    return { ...options, document: documentOf(document) };
  }
  return ConfigurationRequest.parse({ document: documentOf(body) });
}

function documentOf(sent: unknown): TenantConfiguration {
  const document = TenantConfiguration.parse(sent);
  refuseUnknown(sent, document);
  const passwords = document.agents.filter((agent) => agent.password !== undefined).length;
  if (passwords > PASSWORDS) {
    const message = `Set at most ${PASSWORDS} passwords at once`;
    throw fieldsInvalid([{ path: "agents", code: "too_many", message }]);
  }
  return document;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
