import type { Interaction } from "../interactions/interaction.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";

/** Applies what an event means for an interaction's recordings. O(recordings). */
export function evolveRecordings(it: Interaction, event: TenantEvent, at: number): void {
  switch (event.type) {
    case "recording.requested":
      if (event.action !== "start") return;
      return add(it, event, it.call?.popId ?? "", at);
    case "recording.started":
      return add(it, event, event.popId, at);
    case "recording.ended": {
      add(it, event, event.popId, event.startedAt);
      const { startedAt, seconds, outcome, pauses } = event;
      const known = it.recordings.find(({ id }) => id === event.recordingId);
      if (known) Object.assign(known, { startedAt, seconds, outcome, pauses });
    }
  }
}

function add(
  it: Interaction,
  { recordingId, kind }: { recordingId: string; kind: "message" | "call" },
  popId: string,
  startedAt: number,
): void {
  const known = it.recordings.find(({ id }) => id === recordingId);
  if (known) {
    if (known.outcome === null) known.startedAt = startedAt;
    return;
  }
  const fresh = { seconds: null, outcome: null, pauses: [] };
  it.recordings.push({ id: recordingId, popId, kind, startedAt, ...fresh });
}
