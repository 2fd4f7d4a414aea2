import { z } from "zod";
import { DisplayName, Uuid } from "../../protocol/ids/names.ts";
import { Trunk, TrunkDestination } from "../../protocol/topology/pop_configuration.ts";

/** What makes a trunk. */
export const NewTrunk = z.strictObject({
  ...Trunk.omit({ id: true }).shape,
  name: DisplayName,
  tenantId: Uuid.nullable().optional().meta({
    description: "Left out or null: a carrier's trunk that reaches every tenant's numbers",
  }),
  destinations: z.array(z.strictObject(TrunkDestination.shape)).max(16).default([]).meta({
    description: "Where outgoing calls go, tried in order; without any the trunk takes none",
  }),
  partnerId: Uuid.optional().meta({ description: "For the operator: whose trunk it will be" }),
}).meta({ id: "NewTrunk" });
export type NewTrunk = z.infer<typeof NewTrunk>;
