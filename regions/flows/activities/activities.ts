import type { z } from "zod";
import type { ActivityDefinition } from "../activity_definition.ts";
import { ask } from "./ask/ask.ts";
import { branch } from "./branch/branch.ts";
import { businessHours } from "./business_hours/business_hours.ts";
import { callback } from "./callback/callback.ts";
import { close } from "./close/close.ts";
import { collect } from "./collect/collect.ts";
import { emitEvent } from "./emit_event/emit_event.ts";
import { hangUp } from "./hang_up/hang_up.ts";
import { httpRequest } from "./http_request/http_request.ts";
import { loop } from "./loop/loop.ts";
import { menu } from "./menu/menu.ts";
import { parse } from "./parse/parse.ts";
import { play } from "./play/play.ts";
import { queue } from "./queue/queue.ts";
import { queueInformation } from "./queue_information/queue_information.ts";
import { queueToAgent } from "./queue_to_agent/queue_to_agent.ts";
import { record } from "./record/record.ts";
import { returnActivity } from "./return/return.ts";
import { screenPop } from "./screen_pop/screen_pop.ts";
import { sendMessage } from "./send_message/send_message.ts";
import { sendTemplate } from "./send_template/send_template.ts";
import { set } from "./set/set.ts";
import { setCallerId } from "./set_caller_id/set_caller_id.ts";
import { setLanguage } from "./set_language/set_language.ts";
import { subFlow } from "./sub_flow/sub_flow.ts";
import { switchActivity } from "./switch/switch.ts";
import { transfer } from "./transfer/transfer.ts";
import { virtualAgent } from "./virtual_agent/virtual_agent.ts";
import { voicemail } from "./voicemail/voicemail.ts";
import { wait } from "./wait/wait.ts";

/** Every kind of activity: a new one is added here and nowhere else. */
const DEFINITIONS = [
  ask,
  branch,
  businessHours,
  callback,
  close,
  collect,
  emitEvent,
  hangUp,
  httpRequest,
  loop,
  menu,
  parse,
  play,
  queue,
  queueInformation,
  queueToAgent,
  record,
  returnActivity,
  screenPop,
  sendMessage,
  sendTemplate,
  set,
  setCallerId,
  setLanguage,
  subFlow,
  switchActivity,
  transfer,
  virtualAgent,
  voicemail,
  wait,
] as const;

type Definition = (typeof DEFINITIONS)[number];
type OfKind<D, Kind> = D extends { kinds: readonly (infer K)[]; schema: infer S extends z.ZodType }
  ? Kind extends K ? z.input<S> : never
  : never;

/** Any activity as a document of a kind has it. */
export type ActivityInput<Kind extends "voice" | "digital"> = OfKind<Definition, Kind>;

/** Every kind of activity by its type. */
export const ACTIVITIES: ReadonlyMap<string, ActivityDefinition> = new Map(
  DEFINITIONS.map((definition: ActivityDefinition) => [typeOf(definition), definition]),
);

function typeOf({ schema }: ActivityDefinition): string {
  return [...schema.shape.type.values][0];
}
