import { readTone, type ToneReading } from "../audio/tone.ts";
import type { Baresip } from "../peers/baresip.ts";
import { until } from "../peers/until.ts";
import { callIntoQueue, recordOf } from "./inbound_call.ts";
import type { Stage } from "./stage.ts";
import type { TenantApi } from "./tenant_api.ts";

/** What a call that went to a capacity based team showed. */
export interface OverflowedCallReport {
  atCaller: ToneReading;
  atService: ToneReading;
  teamId: string | null;
  leg: { kind: string; direction: string; transport: string };
}

/** Nobody is there: after a second the call goes out to an answering service's number. */
export async function overflowedCall(
  stage: Stage,
  api: TenantApi,
  phone: Baresip,
  service: Baresip,
  number: string,
): Promise<OverflowedCallReport> {
  await api.ask("POST", "/configuration/teams", {
    id: "answering-service",
    name: "Answering service",
    siteId: "frankfurt",
    capacity: { number, calls: 2 },
  });
  await api.change("/configuration/queues/support", (queue) => {
    queue.distribution.push({ afterSeconds: 1, teamIds: ["answering-service"] });
  });
  const { id } = await callIntoQueue(stage, phone, "2");
  const [atCaller, atService] = await Promise.all([
    tone(phone, 700, "the service at the caller"),
    tone(service, 440, "the caller at the service"),
  ]);
  await phone.hangUp();
  await service.event("CALL_CLOSED");
  const record = await recordOf(stage, id);
  const [, { kind, direction, transport }] = record.legs;
  return { atCaller, atService, teamId: record.teamId, leg: { kind, direction, transport } };
}

function tone(phone: Baresip, hz: number, what: string): Promise<ToneReading> {
  return until(what, async () => {
    const { rate, samples } = await phone.heard(1);
    const heard = readTone(samples, rate);
    return Math.abs(heard.hz - hz) <= 10 && heard.snrDb > 10 && heard;
  });
}
