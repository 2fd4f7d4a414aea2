import type { TenantHarness } from "./tenant_harness.ts";

const AGENTS = ["anna", "ben", "cleo"];

/** What people, PoPs and administrators may do to a tenant that uses every rule. */
export const ACTIONS = [
  "caller",
  "message",
  "available",
  "idle",
  "gone",
  "softphone-lost",
  "accept",
  "decline",
  "join",
  "join-failed",
  "agent-lost",
  "end",
  "hang-up",
  "wrap-up",
  "write",
  "callback",
  "listed",
  "progress",
  "answered",
  "busy",
  "prioritise",
  "outside-ended",
  "reconfigure",
  "pop-restarted",
  "pop-returned",
  "other-pop",
  "queue-deleted",
  "agent-deleted",
  "team-deleted",
  "moved",
  "played",
  "recorded",
  "more-time",
  "sign-out",
  "long-pass",
  "pass",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Does one thing to a tenant, or what comes nearest to it; `n` chooses among the possible. */
export function act(h: TenantHarness, action: Action, n: number): void {
  const agentId = AGENTS[n % AGENTS.length];
  const agent = h.state.agents.get(agentId);
  const assigned = agent?.assigned[0];
  const it = h.state.interactions.get(assigned ?? "");
  const offered = h.state.interactions.get(agent?.offeredInteractionId ?? "")?.offer;
  const calls = [...h.state.interactions.values()].filter((x) => x.call && !x.call.ended);
  const call = calls[n % Math.max(calls.length, 1)];
  switch (action) {
    case "caller":
      return void h.queuedCaller(String(n % 3));
    case "message":
      return void h.message(`100000${n % 4}`, "Hi");
    case "available":
      return h.available(agentId);
    case "idle":
      return void h.agent(agentId, { type: "agent.set-state-idle", idleCode: null });
    case "gone":
      return void h.send({ type: "presence", agentId, edgeId: "local", connected: false });
    case "softphone-lost":
      return void h.send({ type: "softphone", popId: "FRA", agentId, connected: false });
    case "accept":
      return void (offered && h.agent(agentId, { type: "offer.accept", offerId: offered.offerId }));
    case "decline":
      return void (offered &&
        h.agent(agentId, { type: "offer.decline", offerId: offered.offerId }));
    case "join":
      if (call?.teamId) return void h.join(call.id);
      return void (it?.agentLegId &&
        h.call(it.id, { type: "leg.joined", legId: it.agentLegId, agentId, codec: "PCMU" }));
    case "join-failed":
      return void (it?.agentLegId &&
        h.call(it.id, { type: "leg.ended", legId: it.agentLegId, cause: "failure", media: null }));
    case "agent-lost":
      return void (it?.agentLegId &&
        h.call(it.id, {
          type: "leg.ended",
          legId: it.agentLegId,
          cause: "agent-lost",
          media: null,
        }));
    case "end":
      return void (assigned &&
        h.agent(agentId, { type: "interaction.end", interactionId: assigned }));
    case "hang-up":
      return void (call &&
        h.call(call.id, {
          type: "call.ended",
          cause: "caller-hung-up",
          sipStatus: null,
          media: null,
        }));
    case "wrap-up":
      return void (assigned && h.agent(agentId, {
        type: "interaction.wrap-up",
        interactionId: assigned,
        code: "resolved",
      }));
    case "write":
      return void (assigned && h.agent(agentId, {
        type: "message.send",
        interactionId: assigned,
        messageId: h.newId(),
        text: "Yes",
      }));
    case "callback":
      return void (call && h.send({
        type: "callback-requested",
        interactionId: call.id,
        number: `+493012${n % 4}`,
        withinSeconds: 600,
      }));
    case "listed":
      return void h.send({
        type: "contact-listed",
        interactionId: h.newId(),
        queueId: "campaign",
        number: `+493012${n % 5}`,
        contactName: null,
        priority: n % 3,
        requirements: [],
        withinSeconds: 300,
      });
    case "progress":
      return void (call && h.call(call.id, {
        type: "call.progress",
        stage: n % 2 ? "placed" : "ringing",
      }));
    case "answered":
      return void (call && h.answer(call.id));
    case "busy":
      return void (call && call.call!.number !== null && h.refuse(call.id));
    case "prioritise": {
      const all = [...h.state.interactions.keys()];
      const interactionId = all[n % Math.max(all.length, 1)] ?? h.newId();
      return void h.send({ type: "prioritise", interactionId, priority: n % 10, by: "cleo" });
    }
    case "outside-ended": {
      const outside = calls.find((x) => x.teamId !== null);
      return void (outside && h.call(outside.id, {
        type: "leg.ended",
        legId: outside.agentLegId!,
        cause: n % 2 ? "rejected" : "agent-hung-up",
        media: null,
      }));
    }
    case "reconfigure":
      return void h.reconfigure((draft) => {
        draft.agents[n % draft.agents.length].skills = { german: n % 11 };
        draft.queues[n % draft.queues.length].relativePriority = n % 10;
        draft.queues[0].distribution[0].teamIds = n % 2 ? ["desk"] : ["desk", "backup"];
      });
    case "pop-restarted":
      return reported(h, calls.map((x) => x.call!.callId), []);
    case "pop-returned": {
      const lost = calls.filter((_, i) => i % 2 === n % 2).map((x) => x.call!.callId);
      return reported(h, lost, AGENTS.filter((_, i) => (n >> i) & 1));
    }
    case "other-pop":
      return void h.send({ type: "softphone", popId: "MUC", agentId, connected: n % 3 > 0 });
    case "queue-deleted":
      return void h.reconfigure((draft) => {
        const gone = draft.queues[1 + n % Math.max(1, draft.queues.length - 1)];
        draft.queues = draft.queues.filter((queue: unknown) => queue !== gone);
      }, n % 2 ? { support: "sales", campaign: "sales" } : {});
    case "agent-deleted":
      return void h.reconfigure((draft) => draft.agents.length > 2 && draft.agents.shift());
    case "team-deleted":
      return void h.reconfigure((draft) => {
        draft.teams = draft.teams.filter(({ id }: { id: string }) => id !== "backup");
      });
    case "moved":
      return void h.reconfigure(
        () => {},
        n % 2 ? { sales: "support" } : { support: "sales" },
        true,
      );
    case "played":
      return void (call && h.call(call.id, {
        type: "call.played",
        commandId: `${call.id}:${n % 2 ? "greeting" : `flow:${call.flow.step}`}`,
        outcome: "completed",
      }));
    case "recorded": {
      if (!call) return;
      const recordingId = call.recordings.at(-1)?.id ?? call.id;
      const told = { recordingId, kind: "call" } as const;
      if (n % 2 === 0) {
        return void h.call(call.id, { type: "recording.changed", ...told, state: "started" });
      }
      return void h.call(call.id, {
        ...{ type: "call.recorded", commandId: `${call.id}:flow:${call.flow.step}`, ...told },
        ...{ startedAt: h.at, seconds: 1, outcome: "complete", pauses: [] },
      });
    }
    case "more-time":
      return void (assigned &&
        h.agent(agentId, { type: "interaction.extend-contact-idle", interactionId: assigned }));
    case "sign-out":
      return void h.agent(agentId, { type: "agent.sign-out" });
    case "long-pass":
      return void h.pass(n * 60_000);
    case "pass":
      return void h.pass(n * 997);
  }
}

function reported(h: TenantHarness, lostCalls: string[], softphones: string[]): void {
  h.send({ type: "pop-reported", popId: "FRA", lostCalls, softphones });
}
