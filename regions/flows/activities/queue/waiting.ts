import { z } from "zod";
import { PromptName } from "../../../../protocol/flow/flow_document.ts";
import { path } from "../../fields/path.ts";

/** How a contact waits, for an agent of a queue or for one agent. */
export const WAITING = {
  /** Higher is served first. */
  priority: z.number().int().min(0).max(9).default(0),
  /** What a caller hears while nothing else is played. */
  music: PromptName.default("hold-music"),
  /** The treatment: where the flow goes on while the contact waits, until an agent is offered it. */
  next: path().optional(),
};
