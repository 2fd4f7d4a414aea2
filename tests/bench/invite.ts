import { sipp } from "../peers/sipp.ts";
import type { OpenStage } from "../story/open_stage.ts";
import { percentile } from "./percentile.ts";

const CALLS = 200;

/** INVITE to 180 and INVITE to 200 at 10 calls a second, with a flow that answers, in ms. */
export async function invite(stage: OpenStage) {
  const result = await sipp({
    to: stage.loopbackSip,
    number: stage.number,
    localAddress: "127.0.0.1",
    calls: CALLS,
    callsPerSecond: 10,
    hangUpAfterMs: 2000,
    timeoutSeconds: 120,
  });
  const of = (values: readonly number[]) => ({
    count: values.length,
    p50Ms: percentile(values, 50),
    p99Ms: percentile(values, 99),
  });
  return {
    calls: CALLS,
    failed: result.code === 0 ? 0 : result.errors.slice(0, 500),
    to180: of(result.ringMs),
    to200: of(result.answerMs),
    peer: "SIPp 3.6.1, whose clock ticks every 4 ms",
  };
}
