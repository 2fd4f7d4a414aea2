import type { CallCommand } from "../../../protocol/pop_link/call_command.ts";
import type { PromptItem } from "../../../protocol/pop_link/prompt_item.ts";
import type { SimulatedWorld } from "./simulated_world.ts";

/** How long a sound is taken to be, in milliseconds, and a spoken character. */
const SOUND_MS = 3_000;
const CHARACTER_MS = 60;
/** What a PoP takes for what it does at once, and a number that is called until it answers. */
const SOON_MS = 200;
const RING_MS = 5_000;
/** How long a caller speaks who leaves a message. */
const SPEECH_MS = 10_000;

/** Digits that the flow waits for. */
export interface Collecting {
  commandId: string;
  seal: boolean;
}

/**
 * Does what a PoP would: prompts are heard to their end, legs are joined, numbers answer. Returns
 * the digits that are awaited, if that is what was asked.
 */
export function playPop(
  world: SimulatedWorld,
  commandId: string,
  command: CallCommand,
): Collecting | null {
  const { agenda, at } = world;
  switch (command.type) {
    case "answer":
      agenda.add(at, () => world.call({ type: "call.answered", codec: "PCMU" }));
      return null;
    case "play":
      world.hear({ type: command.loop ? "music" : "prompt", at, items: [...command.items] });
      if (command.loop) return null;
      agenda.add(
        at + lengthOf(command.items),
        () => world.call({ type: "call.played", commandId, outcome: "completed" }),
      );
      return null;
    case "collect": {
      const { items, firstDigitMs, seal } = command;
      if (items.length > 0) world.hear({ type: "prompt", at, items: [...items] });
      const digits = seal === null ? "" : null;
      const event = { type: "call.collected", commandId, digits, sealed: null } as const;
      const silent = at + lengthOf(items) + firstDigitMs;
      agenda.add(silent, () => world.call({ ...event, outcome: "timeout" }), false);
      return { commandId, seal: seal !== null };
    }
    case "join": {
      const { legId, agentId } = command;
      const event = { type: "leg.joined", legId, agentId, codec: "PCMU" } as const;
      agenda.add(at + SOON_MS, () => world.call(event));
      return null;
    }
    case "dial": {
      const { legId } = command;
      const event = { type: "leg.joined", legId, agentId: null, codec: "PCMU" } as const;
      agenda.add(at + RING_MS, () => world.call(event));
      return null;
    }
    case "record-message": {
      const { recordingId, items } = command;
      const startedAt = at + lengthOf(items);
      if (items.length > 0) world.hear({ type: "prompt", at, items: [...items] });
      const seconds = Math.min(SPEECH_MS / 1000, command.maxSeconds);
      agenda.add(startedAt + seconds * 1000, () =>
        world.call({
          type: "call.recorded",
          commandId,
          recordingId,
          kind: "message",
          startedAt,
          seconds,
          outcome: "complete",
          pauses: [],
        }));
      return null;
    }
    case "stream": {
      const { streamId } = command;
      world.problem(null, "A bot that speaks is not simulated: it fails");
      const event = { streamId, outcome: "failed", reason: "unreachable" } as const;
      agenda.add(
        at + SOON_MS,
        () => world.call({ type: "stream.ended", ...event, variables: {}, sealed: {} }),
      );
      return null;
    }
    case "originate":
      agenda.add(at + RING_MS, () => world.call({ type: "call.answered", codec: "PCMU" }));
      return null;
    case "hang-up": {
      const { cause } = command;
      const event = { type: "call.ended", cause, sipStatus: null, media: null } as const;
      agenda.add(at + SOON_MS, () => world.call(event));
      return null;
    }
    case "leave":
    case "record":
    case "stop-play":
    case "stop-stream":
      return null;
  }
}

function lengthOf(items: readonly PromptItem[]): number {
  return items.reduce(
    (sum, item) => sum + (item.type === "say" ? item.text.length * CHARACTER_MS : SOUND_MS),
    0,
  );
}
