import { type Draft, TenantHarness } from "./tenant_harness.ts";

/** A tenant that uses every rule of routing there is. */
export function everyRule(): TenantHarness {
  return new TenantHarness((draft) => {
    draft.skills = [{ id: "german", name: "German", kind: "proficiency" }];
    draft.agents.forEach((agent: Draft["agents"], i: number) => agent.skills = { german: 4 * i });
    draft.teams.push({
      id: "outside",
      name: "Outside",
      siteId: "hq",
      capacity: { number: "+4930999", calls: 2 },
    });
    const [sales, support, messages] = draft.queues;
    sales.distribution.push({ afterSeconds: 40, teamIds: ["outside"] });
    sales.selection = "best-available";
    sales.callback = {
      when: "customer-first",
      attempts: 2,
      minutesBetweenAttempts: 1,
      prompt: "welcome",
    };
    draft.businessHours = [{
      id: "day",
      name: "Day",
      timeZone: "UTC",
      weekly: [{ days: ["thu", "fri", "sat"], times: [{ from: "00:00", to: "12:00" }] }],
    }];
    support.callback = {
      minutesBetweenAttempts: 5,
      window: { businessHoursId: "day", from: "00:20", until: "01:00" },
    };
    Object.assign(support, { maxWaitSeconds: 50, overflowQueueId: "sales", declinable: false });
    support.record = "always";
    Object.assign(messages, {
      acceptance: "automatic",
      firstResponseSeconds: 20,
      followUpSeconds: 15,
      contactIdle: { seconds: 30 },
    });
    draft.queues.push({
      id: "campaign",
      name: "Campaign",
      kind: "voice",
      direction: "outbound",
      relativePriority: 6,
      distribution: [{ afterSeconds: 0, teamIds: ["desk", "backup"] }],
    });
    Object.assign(draft.flows[0].activities, {
      sales: {
        type: "queue",
        queueId: "sales",
        priority: 1,
        next: "patience",
        requirements: [{ skillId: "german", atLeast: 5 }],
        relaxation: [{ afterSeconds: 25, requirements: [] }],
      },
      patience: { type: "play", prompt: "welcome", next: "sales" },
      support: {
        type: "queue-to-agent",
        agentId: "anna",
        queueId: "support",
        onUnavailable: "general",
      },
      general: { type: "queue", queueId: "support" },
    });
  });
}
