import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { fieldsInvalid } from "../../configuration/fields_invalid.ts";
import { parsedFlow } from "../validation/parsed_flow.ts";
import type { FlowSource } from "./flow_source.ts";

/**
 * A flow written as code. A field that an activity does not have, an activity of another kind
 * of flow, an activity or a variable that the flow does not have, and values of the wrong type are errors to the compiler. What only a
 * tenant's configuration can tell is for validation.
 *
 * @throws ZodError, and AntiphonError `invalid_request` naming fields whose values do not fit, such
 * as a number that is too large
 */
export function flow<
  const Kind extends "voice" | "digital",
  const Ids extends string,
  const Names extends string = never,
  const Shared extends string = never,
>(id: string, source: FlowSource<Kind, Ids, Names, Shared>): FlowDocument {
  const { shared: _, ...rest } = source;
  const document = FlowDocument.parse({ id, ...rest });
  const { misfits } = parsedFlow(document);
  if (misfits.length > 0) throw fieldsInvalid([...misfits]);
  return document;
}
