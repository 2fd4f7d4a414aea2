import { LONGEST_TEXT, type PromptItem } from "../../../protocol/pop_link/prompt_item.ts";
import { queueInformation } from "../../queues/queue_information.ts";
import { FlowFault } from "../engine/flow_fault.ts";
import type { FlowStep } from "../engine/flow_step.ts";
import { audioOf } from "./audio_of.ts";
import { languageOf } from "./language_of.ts";
import { queueAnnouncement } from "./queue_announcement.ts";
import type { SpokenItem } from "./spoken_item.ts";

/**
 * What the PoP is to play: texts rendered, prompts by the hash of the variant in the flow's language
 * (the variable `language`, else the tenant's). What has nothing to say is left out.
 *
 * @throws FlowFault `prompt-missing`, `value-too-long` for a text of more than 2000 characters, and
 * as templates do
 */
export function renderItems(
  step: FlowStep<unknown>,
  items: readonly SpokenItem[],
): PromptItem[] {
  return items.flatMap((item) => renderItem(step, item, languageOf(step)) ?? []);
}

function renderItem(
  step: FlowStep<unknown>,
  item: SpokenItem,
  language: string,
): PromptItem | null {
  switch (item.type) {
    case "library":
      return item;
    case "prompt": {
      const hash = audioOf(step.configuration.prompts.get(item.promptId), language);
      if (hash) return { type: "audio", hash };
      throw new FlowFault("prompt-missing", `There is no audio for prompt "${item.promptId}"`);
    }
    case "say": {
      const text = step.text(item.text);
      // What a template made may be a caller's data: it is not written to a disk.
      return say(text, language, item.voice, text !== item.text);
    }
    case "announce":
      return announce(step, item, language);
  }
}

function say(
  text: string,
  language: string,
  voice: string | undefined,
  transient: boolean,
): PromptItem | null {
  if (text.trim() === "") return null;
  if (text.length > LONGEST_TEXT) {
    throw new FlowFault("value-too-long", `A text of ${text.length} characters is not said`);
  }
  return { type: "say", text, language, voice: voice ?? null, transient };
}

/** What the queue says of the contact; nothing of a wait that cannot be estimated. */
function announce(
  step: FlowStep<unknown>,
  { what, queueId, voice }: Extract<SpokenItem, { type: "announce" }>,
  language: string,
): PromptItem | null {
  const known = new Map(queueInformation(step.t, step.it, queueId));
  const value = known.get(what === "position" ? "queuePosition" : "estimatedWaitSeconds") ?? "";
  if (value === "") return null;
  const news = what === "position" ? { position: Number(value) } : { waitSeconds: Number(value) };
  const said = queueAnnouncement(news, language);
  return say(said.text, said.language, voice, false);
}
