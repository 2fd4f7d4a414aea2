import { z } from "zod";
import { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { ACTIVITIES } from "../activities/activities.ts";
import { MARKER } from "../fields/marked.ts";

const OPTIONS = { io: "input", unrepresentable: "any" } as const;

/**
 * The JSON Schema (2020-12) of whole flow documents. Fields that are more than their type says are
 * marked by `x-antiphon`: activities' ids, templates, expressions, references, variables; each
 * activity's own definition has there in which flows it may stand. O(activities' schemas).
 */
export function flowSchema(): Record<string, unknown> {
  const { properties, ...envelope } = z.toJSONSchema(FlowDocument, OPTIONS);
  const { $schema: __, ...activities } = properties!.activities as Record<string, unknown>;
  const definitions = [...ACTIVITIES].sort(([a], [b]) => a < b ? -1 : 1)
    .map(([type, { schema, kinds, inHandlers, waits }]) => {
      const { $schema: _, ...definition } = z.toJSONSchema(schema, OPTIONS);
      return [type, {
        title: type,
        [MARKER]: { kinds, inHandlers, waits },
        ...definition,
      }] as const;
    });
  return {
    ...envelope,
    title: "Flow",
    properties: {
      ...properties,
      activities: {
        ...activities,
        additionalProperties: {
          oneOf: definitions.map(([type]) => ({ $ref: `#/$defs/${type}` })),
        },
      },
    },
    $defs: Object.fromEntries(definitions),
  };
}
