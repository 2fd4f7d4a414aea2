import type { FlowDocument } from "../../../protocol/flow/flow_document.ts";
import { longestRun, type RunGraph } from "./longest_run.ts";
import { type ParsedActivity, type ParsedFlow, parsedFlow } from "./parsed_flow.ts";

/** How a flow runs between its waits. */
export interface FlowRuns {
  /** At most so many steps in a row; infinite with a cycle. */
  steps: number;
  /** Activities that go round without a wait. */
  cycles: string[][];
}

/** The flows of a configuration, and how they call each other. */
export class FlowCatalog {
  readonly #flows: ReadonlyMap<string, FlowDocument>;
  /** Flows that some activity passes through without a wait; decided ones only. */
  readonly #through = new Map<string, boolean>();
  readonly #runs = new Map<string, FlowRuns>();
  #callers: Map<string, string[]> | undefined;

  /** @param entryPoints By id, with the flows that they may choose. */
  constructor(
    flows: ReadonlyMap<string, FlowDocument>,
    readonly entryPoints: ReadonlyMap<string, readonly string[]>,
  ) {
    this.#flows = flows;
  }

  find(flowId: string): ParsedFlow | undefined {
    const document = this.#flows.get(flowId);
    return document && parsedFlow(document);
  }

  /** Flows that a flow calls, and those that they call; itself only if it calls itself. */
  calledBy(flowId: string): ParsedFlow[] {
    return this.#closure(flowId, (id) => callsOf(this.find(id)));
  }

  /** Flows that call a flow, and those that call them. O(activities of all flows) once. */
  callersOf(flowId: string): ParsedFlow[] {
    if (!this.#callers) {
      this.#callers = new Map();
      for (const id of this.#flows.keys()) {
        for (const called of new Set(callsOf(this.find(id)))) {
          this.#callers.set(called, [...this.#callers.get(called) ?? [], id]);
        }
      }
    }
    const callers = this.#callers;
    return this.#closure(flowId, (id) => callers.get(id) ?? []);
  }

  /** Whether time passes in an activity whatever happens: one that calls, in the flow it calls. */
  waitsIn({ definition, activity, calls }: ParsedActivity): boolean {
    if (definition.waitsIn) return definition.waitsIn(activity);
    if (definition.waits !== "maybe") return definition.waits === "always";
    return calls.length > 0 && calls.every((id) => this.#flows.has(id) && !this.#passes(id));
  }

  /** How a flow runs between its waits, those that it calls counted. */
  runsOf(flowId: string): FlowRuns {
    const known = this.#runs.get(flowId);
    if (known) return known;
    // One that calls itself without waiting is a problem of its own.
    this.#runs.set(flowId, { steps: 0, cycles: [] });
    const flow = this.find(flowId);
    const runs = flow ? this.#measure(flow) : { steps: 0, cycles: [] };
    this.#runs.set(flowId, runs);
    return runs;
  }

  /** Activities that are reached from one without a wait before them, itself included. */
  reachedAtOnce(flow: ParsedFlow, start: string): ParsedActivity[] {
    const ids = new Set([start]);
    const reached: ParsedActivity[] = [];
    for (const id of ids) {
      const it = flow.activities.get(id);
      if (!it) continue;
      reached.push(it);
      if (!this.waitsIn(it)) { for (const { to } of it.leads) ids.add(to); }
    }
    return reached;
  }

  /** Flows that begin by an activity: those that it calls, and those that it passes contacts to. */
  begunBy({ calls, passesTo }: ParsedActivity): string[] {
    return [
      ...calls,
      ...passesTo.flatMap(({ entryPointId }) => this.entryPoints.get(entryPointId) ?? []),
    ];
  }

  /** Whether a flow leads to another one, or to itself, before anything was waited for. */
  leadsAtOnce(from: string, flowId: string): boolean {
    const ids = new Set([from]);
    for (const id of ids) {
      if (id === flowId) return true;
      for (const begun of this.#begunAtOnce(id)) ids.add(begun);
    }
    return false;
  }

  #begunAtOnce(flowId: string): string[] {
    const flow = this.find(flowId);
    if (!flow) return [];
    return this.reachedAtOnce(flow, flow.document.start).flatMap((it) => this.begunBy(it));
  }

  /** Whether a flow that is called may return without having waited. */
  #passes(flowId: string): boolean {
    const known = this.#through.get(flowId);
    if (known !== undefined) return known;
    const ids = [...new Set([flowId, ...this.calledBy(flowId).map((it) => it.document.id)])]
      .filter((id) => !this.#through.has(id));
    for (const id of ids) this.#through.set(id, false);
    // The least that holds of all of them: each round finds at least one more.
    for (let found = true; found;) {
      found = false;
      for (const id of ids.toReversed()) {
        if (this.#through.get(id) || !this.#returnsAtOnce(this.find(id)!)) continue;
        this.#through.set(id, true);
        found = true;
      }
    }
    return this.#through.get(flowId)!;
  }

  #returnsAtOnce(flow: ParsedFlow): boolean {
    return this.reachedAtOnce(flow, flow.document.start).some(returns);
  }

  #measure(flow: ParsedFlow): FlowRuns {
    const all = [...flow.activities.values()];
    const places = new Map(all.map(({ id }, i) => [id, i]));
    // Two nodes each: what is entered, and what comes after.
    const weights: number[] = [];
    const edges: number[][] = [];
    const counted = new Map<number, { to: number; times: number }>();
    all.forEach((it, i) => {
      const waits = this.waitsIn(it);
      const called = Math.max(0, ...this.begunBy(it).map((id) => this.runsOf(id).steps));
      // The answer is a step too; a flow that cannot end was reported where it stands.
      weights.push(1 + finite(called), waits || it.calls.length > 0 ? 1 + finite(called) : 0);
      edges.push(waits ? [] : [2 * i + 1]);
      const isLoop = it.activity.type === "loop";
      const after: number[] = [];
      for (const { field, to } of it.leads) {
        const place = places.get(to);
        if (place === undefined) continue;
        if (isLoop && field === "next") {
          counted.set(2 * i + 1, { to: 2 * place, times: Number(it.activity.times) });
        } else after.push(2 * place);
      }
      edges.push(after);
    });
    const graph: RunGraph = { weights, edges, counted };
    const { steps, cycles } = longestRun(graph);
    const named = cycles.map((nodes) => [...new Set(nodes.map((node) => all[node >> 1].id))]);
    return { steps, cycles: named };
  }

  #closure(flowId: string, next: (id: string) => readonly string[]): ParsedFlow[] {
    const ids = new Set(next(flowId));
    const flows: ParsedFlow[] = [];
    for (const id of ids) {
      const flow = this.find(id);
      if (flow) flows.push(flow);
      for (const other of next(id)) ids.add(other);
    }
    return flows;
  }
}

function callsOf(flow: ParsedFlow | undefined): string[] {
  return flow ? [...flow.activities.values()].flatMap((it) => it.calls) : [];
}

/** Whether a flow that is called goes back from there. */
function returns({ definition, activity }: ParsedActivity): boolean {
  if (activity.type === "return") return true;
  return definition.waits === "never" && "next" in definition.schema.shape &&
    activity.next === undefined;
}

function finite(steps: number): number {
  return Number.isFinite(steps) ? steps : 0;
}
