import type { Mutant } from "./mutant.ts";

/** Bugs that must not survive. The files in production are never touched: copies are. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "last come, first served",
    file: "regions/routing/compare_by_service.ts",
    find: "a.queuedAt - b.queuedAt || a.order - b.order",
    replace: "b.queuedAt - a.queuedAt || b.order - a.order",
  },
  {
    name: "priority is ignored",
    file: "regions/routing/compare_by_service.ts",
    find: "b.priority - a.priority ||",
    replace: "",
  },
  {
    name: "the shortest available agent comes first",
    file: "regions/routing/candidate_heap.ts",
    find: "a.freeSince < b.freeSince",
    replace: "a.freeSince > b.freeSince",
  },
  {
    name: "an agent is offered more after a missed offer",
    file: "regions/interactions/decide_deadline.ts",
    find: `  t.emit({ type: "agent.state-changed", agentId, state: "rona", idleCode: null });\n`,
    replace: "",
  },
  {
    name: "a contact loses the place with a failed offer",
    file: "regions/interactions/evolve_place.ts",
    find: "      it.place.until = event.until;\n",
    replace:
      "      Object.assign(it.place, { until: event.until, queuedAt: at, order: state.seq });\n",
  },
  {
    name: "a group joins too early",
    file: "regions/queues/advance_place.ts",
    find: "groups[joined].at <= t.at",
    replace: "groups[joined].at <= t.at + 5_000",
  },
  {
    name: "a group never joins",
    file: "regions/interactions/next_deadline.ts",
    find: "      consider(it.place!.groups[it.place!.groupsJoined]?.at);\n",
    replace: "",
  },
  {
    name: "a requirement is relaxed too early",
    file: "regions/queues/advance_place.ts",
    find: "(step) => step.at <= t.at",
    replace: "(step) => step.at <= t.at + 5_000",
  },
  {
    name: "requirements do not matter",
    file: "regions/routing/routing_index.ts",
    find: "if (!meetsRequirement(agent.skills, requirement)) return false;",
    replace: "meetsRequirement(agent.skills, requirement);",
  },
  {
    name: "one contact more than there is room for",
    file: "regions/routing/has_room.ts",
    find: "load[media] >= capacity[media]",
    replace: "load[media] > capacity[media]",
  },
  {
    name: "a decline is not remembered",
    file: "regions/routing/has_declined.ts",
    find: "at >= agent.since",
    replace: "at > agent.since + 1e12",
  },
  {
    name: "one call more than a number takes",
    file: "regions/routing/find_outside_team.ts",
    find: "if (roomOf(t, team) > 0) return team;",
    replace: "if (roomOf(t, team) >= 0) return team;",
  },
  {
    name: "an agent is freed and nobody looks for work",
    file: "regions/interactions/end_wrap_up.ts",
    find: "  t.freed.push({ agentId });\n",
    replace: "",
  },
  {
    name: "nobody is matched anew after a change of the configuration",
    file: "regions/configuration/decide_configuration_changed.ts",
    find: "  for (const agentId of t.state.agents.keys()) t.freed.push({ agentId });\n",
    replace: "",
  },
  {
    name: "teams leave the search when the configuration changes",
    file: "regions/queues/queue_groups.ts",
    find: "if (kept.length > 0)",
    replace: "if (kept.length > 99)",
  },
  {
    name: "wrap-up has no deadline",
    file: "regions/interactions/next_deadline.ts",
    find: "      consider(it.wrapUpUntil);\n",
    replace: "",
  },
  {
    name: "a message that is sent again goes out twice",
    file: "regions/agents/decide_agent_command.ts",
    find: "if (it.sentMessages.includes(command.messageId)) return;",
    replace: "",
  },
  {
    name: "effects are let out before the commit",
    file: "regions/tenants/tenant_runner.ts",
    find: "const committing = this.ports.commit(",
    replace:
      "this.ports.deliver(this.ports.tenantId, unit.effects);\n    const committing = this.ports.commit(",
  },
  {
    name: "a state that was never committed is kept",
    file: "regions/tenants/tenant_runner.ts",
    find: "    this.#stale = true;\n    this.#taker?.dropped();",
    replace: "    this.#taker?.dropped();",
  },
  {
    name: "what a PoP tells again happens again",
    file: "regions/pops/pop_links.ts",
    find: "return await this.ports.lastSeq(frame.popId, frame.bootId);",
    replace: "return 0;",
    also: [{
      file: "regions/calls/decide_call_event.ts",
      find: "if (!known) decideCallOffered",
      replace: "decideCallOffered",
    }],
    seeds: 300,
  },
  {
    name: "a PoP forgets what was never committed",
    file: "regions/log/group_committer.ts",
    find: "return unit.popPosition?.link.broken ? withoutPosition(unit) : unit;",
    replace: "return unit;",
  },
  {
    name: "a webhook that is repeated is applied twice",
    file: "tests/simulation/cells/simulated_cell.ts",
    find: "if (!known) {",
    replace: "if (known !== null) {",
  },
  {
    name: "the log takes a zombie's commit",
    file: "tests/simulation/log/durable_log.ts",
    find: `if (cell.epoch !== this.epoch) return "fenced";`,
    replace: "",
  },
  {
    name: "a customer is called without end",
    file: "regions/callbacks/resume_contact.ts",
    find: "attempts >= callbackPolicyOf(t.configuration, it.place.queueId).attempts",
    replace: "attempts > callbackPolicyOf(t.configuration, it.place.queueId).attempts",
  },
  {
    name: "customers are called at any hour",
    file: "regions/callbacks/hold_back.ts",
    find: "if (!open || busy) {",
    replace: "if (busy) {",
  },
  {
    name: "two contacts of one number are called at once",
    file: "regions/callbacks/hold_back.ts",
    find: "const busy = t.state.outgoing.isCalled(it.virtual!.number);",
    replace: "const busy = false;",
    seeds: 1000,
  },
  {
    name: "an agent is not kept free for whom is called",
    file: "regions/agents/evolve_agent.ts",
    find:
      '      agent.offeredInteractionId = event.interactionId;\n      return agent;\n    }\n    case "interaction.attempt-failed"',
    replace: '      return agent;\n    }\n    case "interaction.attempt-failed"',
  },
  {
    name: "a call of ours that is begun after hello is taken for lost",
    file: "regions/pops/pop_links.ts",
    find: "...told]);",
    replace: "]);",
    seeds: 300,
  },
  {
    name: "the edge takes what an older epoch tells",
    file: "tests/simulation/edges/simulated_session.ts",
    find: "const stale = epoch < this.#epoch;",
    replace: "const stale = false;",
    seeds: 200,
  },
];
