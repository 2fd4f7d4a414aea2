import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { interactions, type Stage } from "./stage.ts";
import type { TenantApi } from "./tenant_api.ts";

/** One item of a trace, as the API gives it. */
export interface TraceStep {
  step: number;
  activityId: string;
  activityType: string;
  state: "done" | "waiting" | "failed";
  output: Record<string, string>;
}

/** What a caller does when the flow waits in an activity. */
export interface Move {
  at: string;
  /** Talks for so many seconds first. */
  talks?: number;
  digits?: string;
  hangUp?: boolean;
}

/** The steps of an interaction's flow so far. */
export async function traceOf(api: TenantApi, id: string): Promise<TraceStep[]> {
  const { status, body } = await api.ask("GET", `/interactions/${id}/trace?limit=200`);
  if (status !== 200) throw new Error(`trace: ${status} ${JSON.stringify(body)}`);
  return body.items;
}

/** Makes the main number's callers get a flow. */
export async function serve(api: TenantApi, flowId: string): Promise<void> {
  await api.change("/configuration/entry-points/main-number", (point) => {
    point.flowId = flowId;
  });
}

/** Calls the main number; gives the interaction's id. */
export async function callIn(stage: Stage, phone: Baresip): Promise<string> {
  const known = new Set((await interactions(stage)).map((it) => it.id));
  phone.events.length = 0;
  await phone.dial(stage.number, stage.carrierSip);
  const record = await until(
    "the call at its cell",
    async () => (await interactions(stage)).find((it) => !known.has(it.id)),
  );
  return record.id;
}

/** Waits until the flow waits in an activity, beyond a step. */
export async function waitsIn(
  api: TenantApi,
  id: string,
  activityId: string,
  after = 0,
): Promise<TraceStep> {
  return await until(`the flow in ${activityId}`, async () => {
    const last = (await traceOf(api, id)).at(-1);
    const waits = last?.activityId === activityId && last.state === "waiting" && last.step > after;
    return waits ? last : undefined;
  });
}

/** Does one thing after the other, each when the flow waits for it. */
export async function move(
  api: TenantApi,
  phone: Baresip,
  id: string,
  moves: readonly Move[],
): Promise<void> {
  let step = 0;
  for (const { at, talks = 0, digits, hangUp } of moves) {
    step = (await waitsIn(api, id, at, step)).step;
    const from = Date.now();
    await until("what is said", () => Date.now() - from >= talks * 1000);
    for (const digit of digits ?? "") await phone.digit(digit);
    if (hangUp) await phone.hangUp();
  }
}

/** The activities that a flow has come through, in order. */
export async function wayOf(api: TenantApi, id: string): Promise<string[]> {
  const seen = new Map((await traceOf(api, id)).map((it) => [it.step, it.activityId]));
  return [...seen].sort(([a], [b]) => a - b).map(([, activityId]) => activityId);
}
