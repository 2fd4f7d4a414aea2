import type { MediaKind } from "../../protocol/interaction/media_kind.ts";
import type { Agent } from "../agents/agent.ts";
import type { Interaction } from "../interactions/interaction.ts";
import { meetsRequirement } from "../skills/meets_requirement.ts";
import { proficiencyScore } from "../skills/proficiency_score.ts";
import { type Candidate, CandidateHeap } from "./candidate_heap.ts";
import { compareByService } from "./compare_by_service.ts";
import { hasDeclined } from "./has_declined.ts";
import { hasRoom } from "./has_room.ts";
import { ANYWHERE, lineKeyOf, type LineTerms, lineTermsOf } from "./line.ts";
import { SortedChunks } from "./sorted_chunks.ts";

/** One agent as the index sees them. Every change of the agent makes a new version. */
interface Seat {
  agent: Agent;
  version: number;
  /** The version that candidates were last made for. */
  enlisted: number;
  teamIds: readonly string[];
}

/** Contacts that any agent may take who may take one of them, and the agents free for them. */
interface Line {
  key: string;
  terms: LineTerms;
  waiting: SortedChunks<Interaction>;
  candidates: CandidateHeap<Seat>;
  /** The search that last looked at it, so that an agent of several teams looks once. */
  seenBy: number;
}

/** Lines without contacts that are kept, so that their candidates need not be found anew. */
const EMPTY_LINES = 2048;

const inOrder = (a: Interaction, b: Interaction) => compareByService(a.place!, b.place!);
const NOBODY = new SortedChunks(inOrder);

/**
 * Finds agents for contacts and contacts for agents without walking either. Contacts that ask for
 * the same stand in one *line*; a free agent is a *candidate* of the lines they match.
 *
 * Derived from the facts of a tenant's state and never part of them: what it answers depends on the
 * facts alone, since the orders of contacts and of agents are total.
 *
 * With n waiting contacts, a available agents, and L lines that an agent's teams serve (as many as
 * there are different questions asked of those teams, not as there are contacts):
 * `enter`, `leave` O(log n); `bestAgent` O(log a) and O(L) for each agent freed since the last
 * search; `bestInteraction` O(L); `positionOf` O(log n + n / 128).
 */
export class RoutingIndex {
  readonly #seats = new Map<string, Seat>();
  /** Seats that changed since candidates were last made. */
  readonly #changed = new Set<Seat>();
  readonly #availableByTeam = new Map<string, Set<Seat>>();
  readonly #membersByTeam = new Map<string, Set<Seat>>();
  readonly #lines = new Map<string, Line>();
  readonly #linesByTeam = new Map<string, Set<Line>>();
  /** Lines with contacts, by team. */
  readonly #busyByTeam = new Map<string, Set<Line>>();
  readonly #linesByAgent = new Map<string, Set<Line>>();
  readonly #lineOf = new Map<string, Line>();
  readonly #queues = new Map<string, SortedChunks<Interaction>>();
  #emptyLines = 0;
  #searches = 0;

  /** Puts a waiting interaction into its line; again if it stands there. */
  enter(it: Interaction): void {
    if (this.#lineOf.has(it.id)) return;
    const line = this.#line(it);
    if (line.waiting.size === 0) this.#busy(line);
    line.waiting.add(it);
    this.#lineOf.set(it.id, line);
    const queueId = it.place!.queueId;
    let queue = this.#queues.get(queueId);
    if (!queue) this.#queues.set(queueId, queue = new SortedChunks(inOrder));
    queue.add(it);
  }

  /** Takes an interaction out. Its place must be as it was on entering. */
  leave(it: Interaction): void {
    const line = this.#lineOf.get(it.id);
    if (!line) return;
    this.#lineOf.delete(it.id);
    line.waiting.delete(it);
    if (line.waiting.size === 0) this.#emptied(line);
    const queue = this.#queues.get(it.place!.queueId)!;
    queue.delete(it);
    if (queue.size === 0) this.#queues.delete(it.place!.queueId);
  }

  /** Whether an interaction stands in a line. */
  holds(it: Interaction): boolean {
    return this.#lineOf.has(it.id);
  }

  /** Something about an agent changed. O(1), or O(teams) when their teams did. */
  agentChanged(agent: Agent): void {
    let seat = this.#seats.get(agent.id);
    if (!seat) {
      seat = { agent, version: 0, enlisted: -1, teamIds: [] };
      this.#seats.set(agent.id, seat);
    }
    seat.agent = agent;
    seat.version += 1;
    if (seat.teamIds !== agent.teamIds) this.#changeTeams(seat, agent.teamIds);
    this.#changed.add(seat);
  }

  /** An agent is forgotten. */
  agentGone(agent: Agent): void {
    const seat = this.#seats.get(agent.id);
    if (!seat) return;
    seat.version += 1;
    this.#changeTeams(seat, []);
    this.#changed.delete(seat);
    this.#seats.delete(agent.id);
  }

  /** The agent whom a waiting interaction is to be offered to, if one can take it now. */
  bestAgent(it: Interaction): Agent | undefined {
    const line = this.#lineOf.get(it.id);
    if (!line) return undefined;
    this.#enlist();
    return line.candidates.best(({ seat }) => !hasDeclined(it, seat.agent))?.seat.agent;
  }

  /** The contact that an agent is to be offered, if there is one. */
  bestInteraction(agent: Agent): Interaction | undefined {
    if (!isFree(agent)) return undefined;
    this.#searches += 1;
    const own = this.#firstOf(this.#linesByAgent.get(agent.id), agent, undefined);
    if (own) return own;
    let best: Interaction | undefined;
    for (const teamId of agent.teamIds) {
      best = this.#firstOf(this.#busyByTeam.get(teamId), agent, best);
    }
    return best;
  }

  /** The call that a capacity based team with room is to be given, if there is one. */
  bestForTeam(teamId: string): Interaction | undefined {
    let best: Interaction | undefined;
    for (const line of this.#busyByTeam.get(teamId) ?? []) {
      if (line.terms.media !== "voice" || line.terms.popId === ANYWHERE) continue;
      for (const it of line.waiting) {
        if (best && inOrder(best, it) < 0) break;
        if (it.place!.triedTeamIds.includes(teamId)) continue;
        best = it;
        break;
      }
    }
    return best;
  }

  /** 1 for the contact of a queue that is served next; null when it does not wait. */
  positionOf(it: Interaction): number | null {
    if (!this.holds(it)) return null;
    return this.#queues.get(it.place!.queueId)!.rank(it) + 1;
  }

  /** Contacts of a queue that would be served before one with this place. */
  aheadOf(it: Interaction): number {
    return this.#queues.get(it.place!.queueId)?.rank(it) ?? 0;
  }

  /** Contacts that wait in a queue, in order of service. */
  waitingIn(queueId: string): Iterable<Interaction> & { readonly size: number } {
    return this.#queues.get(queueId) ?? NOBODY;
  }

  /**
   * Agents of some teams who have a desktop open, and those of them who could be offered a contact
   * of a medium now. O(their number).
   */
  agentsIn(
    teamIds: Iterable<string>,
    media: MediaKind,
  ): { signedIn: number; available: number } {
    const seats = new Set<Seat>();
    for (const teamId of teamIds) {
      for (const seat of this.#membersByTeam.get(teamId) ?? []) seats.add(seat);
    }
    let signedIn = 0;
    let available = 0;
    for (const { agent } of seats) {
      if (agent.edgeId === null) continue;
      signedIn += 1;
      const reachable = media !== "voice" || agent.softphonePopId !== null;
      if (reachable && isFree(agent) && hasRoom(agent.capacity, agent.load, media)) available += 1;
    }
    return { signedIn, available };
  }

  /** Contacts that wait for one agent alone, in no order. */
  waitingFor(agentId: string): Interaction[] {
    return [...this.#linesByAgent.get(agentId) ?? []].flatMap((line) => [...line.waiting]);
  }

  /** The first contact of some lines that suits an agent and comes before `best`. */
  #firstOf(
    lines: Iterable<Line> | undefined,
    agent: Agent,
    best: Interaction | undefined,
  ): Interaction | undefined {
    for (const line of lines ?? []) {
      if (line.seenBy === this.#searches) continue;
      line.seenBy = this.#searches;
      const head = line.waiting.first();
      if (!head || (best && inOrder(best, head) < 0) || !suits(line.terms, agent)) continue;
      for (const it of line.waiting) {
        if (best && inOrder(best, it) < 0) break;
        if (hasDeclined(it, agent)) continue;
        best = it;
        break;
      }
    }
    return best;
  }

  #line(it: Interaction): Line {
    const terms = lineTermsOf(it);
    const key = lineKeyOf(terms);
    const known = this.#lines.get(key);
    if (known) return known;
    // Whoever is free by now is enlisted before this line is among those they are enlisted in.
    this.#enlist();
    const line: Line = {
      key,
      terms,
      waiting: new SortedChunks(inOrder),
      candidates: new CandidateHeap(({ seat, version }) => seat.version === version),
      seenBy: -1,
    };
    this.#lines.set(key, line);
    this.#emptyLines += 1;
    if (terms.agentId !== null) addTo(this.#linesByAgent, terms.agentId, line);
    else for (const teamId of terms.teamIds) addTo(this.#linesByTeam, teamId, line);
    if (terms.agentId !== null) {
      const seat = this.#seats.get(terms.agentId);
      if (seat) this.#offerTo(line, seat);
    } else {
      const seats = new Set<Seat>();
      for (const teamId of terms.teamIds) {
        for (const seat of this.#availableByTeam.get(teamId) ?? []) seats.add(seat);
      }
      for (const seat of seats) this.#offerTo(line, seat);
    }
    return line;
  }

  /** A line has contacts again. */
  #busy(line: Line): void {
    this.#emptyLines -= 1;
    if (line.terms.agentId !== null) return;
    for (const teamId of line.terms.teamIds) addTo(this.#busyByTeam, teamId, line);
  }

  #emptied(line: Line): void {
    for (const teamId of line.terms.teamIds) removeFrom(this.#busyByTeam, teamId, line);
    this.#emptyLines += 1;
    if (this.#emptyLines <= EMPTY_LINES) return;
    for (const other of [...this.#lines.values()]) if (other.waiting.size === 0) this.#drop(other);
  }

  #drop(line: Line): void {
    this.#lines.delete(line.key);
    this.#emptyLines -= 1;
    if (line.terms.agentId !== null) removeFrom(this.#linesByAgent, line.terms.agentId, line);
    else for (const teamId of line.terms.teamIds) removeFrom(this.#linesByTeam, teamId, line);
  }

  #changeTeams(seat: Seat, teamIds: readonly string[]): void {
    for (const teamId of seat.teamIds) {
      removeFrom(this.#membersByTeam, teamId, seat);
      removeFrom(this.#availableByTeam, teamId, seat);
    }
    seat.teamIds = teamIds;
    for (const teamId of teamIds) addTo(this.#membersByTeam, teamId, seat);
  }

  /** Makes candidates of the agents who became free since the last time. */
  #enlist(): void {
    if (this.#changed.size === 0) return;
    for (const seat of this.#changed) {
      const free = isFree(seat.agent);
      for (const teamId of seat.teamIds) {
        if (free) addTo(this.#availableByTeam, teamId, seat);
        else removeFrom(this.#availableByTeam, teamId, seat);
      }
      if (!free || seat.enlisted === seat.version) continue;
      seat.enlisted = seat.version;
      this.#searches += 1;
      for (const line of this.#linesByAgent.get(seat.agent.id) ?? []) this.#offerTo(line, seat);
      for (const teamId of seat.teamIds) {
        for (const line of this.#linesByTeam.get(teamId) ?? []) {
          if (line.seenBy === this.#searches) continue;
          line.seenBy = this.#searches;
          this.#offerTo(line, seat);
        }
      }
    }
    this.#changed.clear();
  }

  #offerTo(line: Line, seat: Seat): void {
    if (!suits(line.terms, seat.agent)) return;
    const { terms } = line;
    const entry: Candidate<Seat> = {
      seat,
      version: seat.version,
      score: terms.selection === "best-available"
        ? proficiencyScore(seat.agent.skills, terms.requirements)
        : 0,
      freeSince: seat.agent.freeSince,
      id: seat.agent.id,
    };
    line.candidates.push(entry);
  }
}

/** Whether an agent can be offered anything at all. */
function isFree(agent: Agent): boolean {
  return agent.state === "available" && agent.edgeId !== null &&
    agent.offeredInteractionId === null;
}

/** Whether a free agent of a line's teams can take its contacts. */
function suits(terms: LineTerms, agent: Agent): boolean {
  if (!isFree(agent) || !hasRoom(agent.capacity, agent.load, terms.media)) return false;
  if (terms.popId !== null && agent.softphonePopId === null) return false;
  const anywhere = terms.popId === null || terms.popId === ANYWHERE;
  if (!anywhere && agent.softphonePopId !== terms.popId) return false;
  for (const requirement of terms.requirements) {
    if (!meetsRequirement(agent.skills, requirement)) return false;
  }
  return true;
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

function removeFrom<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key);
  if (set?.delete(value) && set.size === 0) map.delete(key);
}
