import { z } from "zod";
import { DisplayName, Uuid } from "../../protocol/ids/names.ts";
import { Trunk } from "../../protocol/topology/pop_configuration.ts";

/** What makes a trunk. */
export const NewTrunk = z.strictObject({
  ...Trunk.omit({ id: true }).shape,
  name: DisplayName,
  tenantId: Uuid.nullable().optional().meta({
    description: "Left out or null: a carrier's trunk that reaches every tenant's numbers",
  }),
  partnerId: Uuid.optional().meta({ description: "For the operator: whose trunk it will be" }),
}).meta({ id: "NewTrunk" });
export type NewTrunk = z.infer<typeof NewTrunk>;
