import type { Durability } from "../../protocol/topology/durability.ts";
import type { CommitUnit } from "./commit_unit.ts";
import type { GroupCommitter } from "./group_committer.ts";

interface Held {
  unit: CommitUnit;
  failed: () => void;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** A tenant whose units are under way, or held. */
interface Course {
  durability: Durability;
  /** Units given to the committer of `durability` and not settled. */
  underWay: number;
  /** Units that come after those, in order. */
  held: Held[];
}

/** Where a unit can be. */
type Place = Durability | "held";

/** What a {@linkcode DurableCommitter} works with. */
export interface DurableCommitterPorts {
  /** A committer for each class, each with a connection of its own. */
  committers: Readonly<Record<Durability, GroupCommitter>>;
  /** What a tenant's work is to outlive, now. */
  durabilityOf: (tenantId: string) => Durability;
}

/**
 * Commits each tenant's units by its class of durability, in order: a class that changes takes
 * effect between two commits, when none of the tenant is under way. Can be paused: what was given
 * before is finished, what comes later is held. O(1) a unit.
 */
export class DurableCommitter {
  readonly #courses = new Map<string, Course>();
  /** Units with positions that are under way or held, by the link they came over. */
  readonly #links = new Map<object, Record<Place, number>>();
  #paused = false;
  #underWay = 0;

  constructor(readonly ports: DurableCommitterPorts) {}

  /** As `GroupCommitter.commit`. */
  commit(unit: CommitUnit, failed: () => void): Promise<void> {
    const { tenantId } = unit;
    let course = this.#courses.get(tenantId);
    if (!course) {
      course = { durability: this.ports.durabilityOf(tenantId), underWay: 0, held: [] };
      this.#courses.set(tenantId, course);
    }
    if (!this.#paused && course.held.length === 0 && this.#fits(tenantId, course)) {
      return this.#give(course, unit, failed);
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    course.held.push({ unit, failed, resolve, reject });
    this.#count(unit, "held", 1);
    return promise;
  }

  /** Marks effects as delivered. That they are sent again after a loss of the region does no harm. */
  delivered(ids: readonly string[]): void {
    const zone: string[] = [];
    const region: string[] = [];
    for (const id of ids) {
      const durability = this.ports.durabilityOf(id.slice(0, id.indexOf(":")));
      (durability === "zone" ? zone : region).push(id);
    }
    if (zone.length > 0) this.ports.committers.zone.delivered(zone);
    if (region.length > 0) this.ports.committers.region.delivered(region);
  }

  /** Resolves when nothing is under way any more; what is held stays so. */
  async idle(): Promise<void> {
    const { region, zone } = this.ports.committers;
    do {
      await Promise.all([region.idle(), zone.idle()]);
    } while (this.#underWay > 0);
  }

  /** Finishes what is under way; resolves then. What comes from now on is held. */
  async pause(): Promise<void> {
    this.#paused = true;
    await this.idle();
  }

  /** Goes on, first with what was held. */
  resume(): void {
    this.#paused = false;
    for (const [tenantId, course] of this.#courses) this.#goOn(tenantId, course);
  }

  /** Refuses what is held, for the end of the process: nothing of it was written. */
  refuseHeld(): void {
    for (const course of this.#courses.values()) this.#refuse(course);
  }

  /** Whether the tenant's next unit may follow those under way at once. */
  #fits(tenantId: string, course: Course): boolean {
    const wanted = this.ports.durabilityOf(tenantId);
    if (course.underWay === 0) course.durability = wanted;
    return course.durability === wanted;
  }

  async #give(course: Course, unit: CommitUnit, failed: () => void): Promise<void> {
    const { durability } = course;
    const link = unit.popPosition?.link;
    this.#count(unit, durability, 1);
    course.underWay += 1;
    this.#underWay += 1;
    try {
      // A position covers all events before it: those that another connection writes, or that are
      // held, may come to nothing. A PoP that tells again what is known does no harm.
      const given = this.#isBeside(unit, durability) ? withoutPosition(unit) : unit;
      await this.ports.committers[durability].commit(given, () => {
        if (link) link.broken = true;
        failed();
        this.#refuse(course);
      });
    } catch (error) {
      this.#refuse(course, error);
      throw error;
    } finally {
      course.underWay -= 1;
      this.#underWay -= 1;
      this.#count(unit, durability, -1);
      this.#goOn(unit.tenantId, course);
    }
  }

  #goOn(tenantId: string, course: Course): void {
    while (course.held.length > 0 && !this.#paused && this.#fits(tenantId, course)) {
      const { unit, failed, resolve, reject } = course.held.shift()!;
      this.#count(unit, "held", -1);
      this.#give(course, unit, failed).then(resolve, reject);
    }
    if (course.underWay === 0 && course.held.length === 0) this.#courses.delete(tenantId);
  }

  /** What is held was decided on a state that never became. */
  #refuse(course: Course, error: unknown = new Error("What came before was not committed")): void {
    const held = course.held.splice(0);
    for (const { unit, failed } of held) {
      this.#count(unit, "held", -1);
      if (unit.popPosition) unit.popPosition.link.broken = true;
      failed();
    }
    for (const { reject } of held) reject(error);
  }

  /** Counts a unit of a link where it is now. */
  #count({ popPosition }: CommitUnit, place: Place, by: 1 | -1): void {
    if (!popPosition) return;
    const { link } = popPosition;
    const known = this.#links.get(link) ?? { region: 0, zone: 0, held: 0 };
    known[place] += by;
    if (known.region + known.zone + known.held === 0) this.#links.delete(link);
    else this.#links.set(link, known);
  }

  /** Whether others of its link are held, or under way over the other connection. */
  #isBeside({ popPosition }: CommitUnit, durability: Durability): boolean {
    const known = popPosition && this.#links.get(popPosition.link);
    if (!known) return false;
    return known.held + known[durability === "zone" ? "region" : "zone"] > 0;
  }
}

function withoutPosition({ popPosition: _, ...unit }: CommitUnit): CommitUnit {
  return unit;
}
