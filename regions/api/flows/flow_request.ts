import { z } from "zod";
import { Slug } from "../../../protocol/ids/names.ts";
import { SIGNED_IN } from "../api_routes.ts";

export const FLOW_READERS = ["supervisor", "admin"] as const;
export const FLOW_WRITERS = ["admin"] as const;
/** What all routes of flows have in common. */
export const FLOW_ROUTE = { tags: ["Flows"], security: SIGNED_IN };

export const FlowParam = z.object({ id: Slug });
export const FlowVersionParam = FlowParam.extend({
  version: z.coerce.number().int().min(1).max(2 ** 31 - 1),
});
export const FlowMatch = z.object({
  "if-match": z.string().max(1000).optional().meta({ description: "The ETag that was read" }),
});
/** What a comparison or export is of. */
export const FlowSourceName = z.union([
  z.enum(["published", "draft"]),
  z.coerce.number().int().min(1).max(2 ** 31 - 1),
]).meta({ description: "`published`, `draft`, or a version's number" });
export const FlowFormat = z.enum(["json", "yaml"]).optional()
  .meta({ description: "Instead of Accept" });
