import type { z } from "zod";
import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import type { FlowEventName } from "../../../protocol/flow/flow_event_name.ts";
import type { ActivityInput } from "../activities/activities.ts";
import type { SYSTEM_VARIABLES } from "../system_variables.ts";

/** A variable as a document declares it. */
type Variable = NonNullable<z.input<typeof FlowDocument>["variables"]>[string];

/**
 * An activity whose fields that name others take these ids only, and those that name variables
 * these names.
 */
type Bound<T, Ids extends string, Names extends string> = T extends string
  ? "__field" extends keyof T ? T["__field"] extends "path" | undefined ? Ids : Names : T
  : T extends readonly (infer Item)[] ? Bound<Item, Ids, Names>[]
  : T extends object ? { [Key in keyof T]: Bound<T[Key], Ids, Names> }
  : T;

/** A flow as code has it: the same members as the document, with ids and names that are checked. */
export interface FlowSource<
  Kind extends "voice" | "digital",
  Ids extends string,
  Names extends string,
  Shared extends string,
> {
  name: string;
  kind: Kind;
  /** Variables with their first values. */
  variables?: { [Name in Names]: Variable };
  /** Variables that others declare: the tenant's, and those of flows that call this one. */
  shared?: readonly Shared[];
  start: NoInfer<Ids>;
  onError?: NoInfer<Ids>;
  handlers?: { event: FlowEventName; name?: string; start: NoInfer<Ids> }[];
  activities: {
    [Id in Ids]: Bound<
      ActivityInput<NoInfer<Kind>>,
      NoInfer<Ids>,
      NoInfer<Names> | NoInfer<Shared> | keyof typeof SYSTEM_VARIABLES
    >;
  };
  layout?: { [Id in NoInfer<Ids>]?: { x: number; y: number } };
}
