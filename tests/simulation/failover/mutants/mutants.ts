import type { Mutant } from "../../mutants/mutant.ts";

/** A bug, and the fault in which it must show. */
export interface FailoverMutant extends Mutant {
  scenario: string;
}

const LEASE = "regions/keeper/lease";
const DECISIONS = "regions/keeper/decisions";
const PARTS = "tests/simulation/failover/parts";

/** Bugs of a keeper and its neighbours that must not survive. Copies are changed, never the files. */
export const MUTANTS: readonly FailoverMutant[] = [
  {
    name: "a grant is counted from its answer",
    scenario: "replies slow",
    file: `${LEASE}/step_lease.ts`,
    find: "const until = sentAt + ttlMs - ttlMs * marginShare - marginMs;",
    replace: "const until = now + ttlMs - ttlMs * marginShare - marginMs;",
  },
  {
    name: "clocks are taken to run alike",
    scenario: "frozen",
    file: `${LEASE}/step_lease.ts`,
    find: "const until = sentAt + ttlMs - ttlMs * marginShare - marginMs;",
    replace: "const until = sentAt + ttlMs + ttlMs * marginShare * 0 + marginMs * 0;",
  },
  {
    name: "one witness is enough",
    scenario: "control",
    file: `${LEASE}/majority.ts`,
    find: "return Math.floor(n / 2) + 1;",
    replace: "return Math.floor(n / 3);",
  },
  {
    name: "a witness that starts anew takes its grant for ended",
    scenario: "witnesses",
    seeds: 200,
    file: `${LEASE}/witness_state.ts`,
    find: "record?.holder ? now + record.ttlMs : now",
    replace: "now",
  },
  {
    name: "a witness forgets when it starts anew",
    scenario: "witnesses",
    seeds: 500,
    file: `${PARTS}/keeper.ts`,
    find: "bootWitness(this.disk.record, this.now)",
    replace: "bootWitness(null, this.now)",
  },
  {
    name: "a live grant keeps nobody out",
    scenario: "cell process",
    file: `${LEASE}/decide_witness.ts`,
    find: 'if (live && !own) return "held";',
    replace: "",
    also: [{
      file: `${LEASE}/step_lease.ts`,
      find: "if (free.length < majority(witnesses.length)) return;",
      replace: "void free;",
    }, {
      file: `${DECISIONS}/decide_follower.ts`,
      find: "if (newest.liveMs > 0) return null;",
      replace: "",
    }],
  },
  {
    name: "the instance of a keeper does not matter",
    scenario: "two keepers",
    file: `${LEASE}/decide_witness.ts`,
    find: "return a?.site === b.site && a.instance === b.instance;",
    replace: "return a?.site === b.site;",
    also: [{
      file: `${LEASE}/decide_witness.ts`,
      find: 'if (isDuplicate(state, from, live, now)) return refuse(state, "duplicate", now);',
      replace: "void isDuplicate;",
    }],
  },
  {
    name: "a site may take over whether it is in sync or not",
    scenario: "standby dead",
    file: `${LEASE}/step_lease.ts`,
    find: 'if (mode === "in-sync" && !sync.inSync.includes(self.site)) return;',
    replace: "",
    also: [{
      file: `${DECISIONS}/decide_follower.ts`,
      find: "if (!newest.sync.inSync.includes(site)) return null;",
      replace: "",
    }],
  },
  {
    name: "commits stop waiting before the majority knows",
    scenario: "everything",
    file: `${DECISIONS}/decide_standby.ts`,
    find: "if (mine.durable) setSynchronous(turn, null);",
    replace: "setSynchronous(turn, null);",
  },
  {
    name: "a standby counts before it has caught up",
    scenario: "control",
    file: `${DECISIONS}/decide_standby.ts`,
    find: "if (namedSince === null || now - namedSince < times.settleMs) return;",
    replace: "",
    also: [{
      file: `${DECISIONS}/decide_standby.ts`,
      find: "else if (standby!.replayed >= reach) {",
      replace: "else {",
    }],
  },
  {
    name: "a restarted server serves what its standby lacks",
    scenario: "crashes behind",
    file: `${DECISIONS}/decide_holder.ts`,
    find: "state.barrier = named || mine.sync.inSync.includes(peer) ? server.position : null;",
    replace: "state.barrier = null;",
  },
  {
    name: "a server is started without its standby",
    scenario: "postgres killed",
    file: `${DECISIONS}/decide_holder.ts`,
    find: "const synchronous = alone ? null : peer;",
    replace: "const synchronous = null;",
    also: [{
      file: `${DECISIONS}/is_held.ts`,
      find: "return mine.sync.inSync.includes(state.setup.peer) ? named : named || mine.durable;",
      replace: "return named || mine.durable;",
    }],
  },
  {
    name: "who took over acts before the majority knows that it is alone",
    scenario: "requests and replies",
    file: `${DECISIONS}/is_held.ts`,
    find: " || mine.sync.term !== mine.term",
    replace: "",
    also: [{
      file: `${DECISIONS}/is_held.ts`,
      find: "return mine.sync.inSync.includes(state.setup.peer) ? named : named || mine.durable;",
      replace: "return named || true;",
    }],
  },
  {
    name: "a forced promotion takes a timeline that was used",
    scenario: "forced",
    file: `${DECISIONS}/decide_holder.ts`,
    find: "Math.max(seen.lease.newest?.position?.timeline ?? 0, server.timeline ?? 0)",
    replace: "server.timeline ?? 0",
  },
  {
    name: "the lease is given away while the cell may act",
    scenario: "disk",
    file: `${DECISIONS}/give_way.ts`,
    find: "if (now < state.answeredUntil) return;",
    replace: "",
    also: [{
      file: `${DECISIONS}/decide_move.ts`,
      find: "if (!drained && now < state.answeredUntil) return;",
      replace: "",
    }],
  },
  {
    name: "a cell is told more than the lease holds",
    scenario: "replies slow",
    file: `${DECISIONS}/answer_lease.ts`,
    find: "Math.min(lease.mine!.validUntil - now, times.answerMs)",
    replace: "2 * times.ttlMs",
  },
  {
    name: "a switch-over does not wait for the cell to hold still",
    scenario: "meets a fault",
    file: `${DECISIONS}/decide_move.ts`,
    find: "if (!drained && (state.cell || turn.seen.cell?.healthy)) return;",
    replace: "",
    also: [{
      file: `${DECISIONS}/decide_move.ts`,
      find: "if (!drained && now < state.answeredUntil) return;",
      replace: "",
    }],
  },
  {
    name: "a switch-over has no deadline",
    scenario: "meets a fault",
    seeds: 250,
    file: `${DECISIONS}/decide_move.ts`,
    find: "if (now >= state.moving!.deadline) {",
    replace: "if (now < 0) {",
    also: [{
      file: `${DECISIONS}/decide_move.ts`,
      find: "now >= deadline || (mine && state.term === mine.term)",
      replace: "false",
    }],
  },
  {
    name: "a cell's guard is not asked again after a commit",
    scenario: "processes paused",
    file: `${PARTS}/cell.ts`,
    find: "else if (this.now >= this.#heldUntil) return this.exit();",
    replace: "",
  },
];
