import { z } from "zod";
import { PromptName } from "../flow/flow_document.ts";
import { PhoneNumber, Slug } from "../ids/names.ts";
import { TimeOfDay } from "./business_hours.ts";

/** Hours in which contacts may be called: inside the business hours, and inside these. */
const CallWindow = z.object({
  /** Gives days and time zone. */
  businessHoursId: Slug,
  from: TimeOfDay.default("00:00"),
  until: TimeOfDay.default("24:00"),
}).refine(({ from, until }) => from < until, {
  message: "End later than you begin",
  path: ["until"],
});

/** How a queue calls those who are to be called: callers who kept their place, and listed contacts. */
export const CallbackPolicy = z.object({
  /** Whether callers may ask to be called back. Listed contacts are called in any case. */
  enabled: z.boolean().default(true),
  /**
   * `agent-first`: called once an agent has accepted, who hears it ring. `customer-first`: called
   * while an agent is kept free, who is offered the contact once it has answered.
   */
  when: z.enum(["agent-first", "customer-first"]).default("agent-first"),
  /** Calls to one contact at most. */
  attempts: z.number().int().min(1).max(5).default(3),
  minutesBetweenAttempts: z.number().int().min(1).max(24 * 60).default(15),
  ringSeconds: z.number().int().min(5).max(120).default(30),
  /** Around the clock without. */
  window: CallWindow.optional(),
  /** One of the tenant's numbers; otherwise the one that the contact had called. */
  callerId: PhoneNumber.optional(),
  /** Customer first: played to whoever answers, before the agent has them. */
  prompt: PromptName.optional(),
});
export type CallbackPolicy = z.infer<typeof CallbackPolicy>;
