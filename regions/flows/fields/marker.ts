import type { VariableType } from "../../../protocol/flow/variable_type.ts";

/** Entities that an activity may name. */
export type Referable =
  | "queue"
  | "agent"
  | "flow"
  | "entry-point"
  | "prompt"
  | "connector"
  | "virtual-agent"
  | "business-hours"
  | "skill";

/** What a field of an activity is, besides its shape. */
export type Marker =
  /** Another activity's id. */
  | { kind: "path" }
  /** Text with `{{ }}`. */
  | { kind: "template" }
  /** An expression and what it must give. */
  | { kind: "expression"; result: VariableType | "any" }
  | { kind: "reference"; to: Referable }
  /** A variable's name; `seal` writes, and seals what is sensitive. */
  | { kind: "variable"; access: "read" | "write" | "seal" };
