import type { OpenStage } from "../story/open_stage.ts";
import { routing } from "./routing/routing.ts";
import { flows } from "./flows/flows.ts";
import { durable } from "./durable/durable.ts";
import { acceptToAudio } from "./accept_to_audio.ts";
import { idleMemory } from "./idle_memory.ts";
import { invite } from "./invite.ts";
import { services } from "./services/services.ts";
import { start } from "./start.ts";
import { webhook } from "./webhook.ts";

/** Benches of a running platform, which all share, by name, in the order they run. */
export const STAGED: Readonly<Record<string, (stage: OpenStage) => Promise<unknown>>> = {
  memory: idleMemory,
  start,
  invite,
  accept: acceptToAudio,
  webhook,
};

/** Benches that need no platform. */
export const ALONE: Readonly<Record<string, () => Promise<unknown>>> = {
  routing,
  flows,
  durable,
  services,
};
