import type { OpenStage } from "../story/open_stage.ts";
import { acceptToAudio } from "./accept_to_audio.ts";
import { idleMemory } from "./idle_memory.ts";
import { invite } from "./invite.ts";
import { start } from "./start.ts";
import { webhook } from "./webhook.ts";

/** The benches of the whole platform, by name, in the order they run. */
export const BENCHES: Readonly<Record<string, (stage: OpenStage) => Promise<unknown>>> = {
  memory: idleMemory,
  start,
  invite,
  accept: acceptToAudio,
  webhook,
};
