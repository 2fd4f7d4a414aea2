import { createLogger } from "../../protocol/telemetry/logger.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { VirtualClock } from "../media/clock/virtual_clock.ts";
import { MU_LAW } from "../media/g711/mu_law.ts";
import { A_LAW } from "../media/g711/a_law.ts";
import { Recorder } from "./recorder.ts";
import { RecordingKeys } from "./recording_keys.ts";
import { RecordingStore } from "./recording_store.ts";

const folder = await Deno.makeTempDir();
const store = new RecordingStore({
  ...{ folder, keys: new RecordingKeys(`k:${"A".repeat(43)}`), mostBytes: 1e15 },
  log: createLogger({ service: "bench", write: () => {} }),
});
const newId = uuidV7();
const packet = crypto.getRandomValues(new Uint8Array(172));

/** Records ten seconds of a call or a message: 20 ms packets each way, sealed, on the disk. */
async function tenSeconds(kind: "call" | "message"): Promise<void> {
  const clock = new VirtualClock();
  const [recordingId, tenantId, callId] = [newId(), newId(), newId()];
  const writer = store.begin(
    { recordingId, tenantId, callId, commandId: "c", kind, startedAt: 1 },
    () => {},
  );
  const discard = () => Promise.resolve();
  const recorder = new Recorder({
    ...{ kind, silenceMs: null, writer, clock, discard },
    fellSilent: () => {},
  });
  for (let i = 0; i < 500; i++) {
    const now = i * 20;
    recorder.tick(now);
    recorder.heard(packet, 12, 172, A_LAW, 1, i * 160, now);
    recorder.said(packet, 12, 172, MU_LAW, 2, i * 160, now);
  }
  clock.advance(10_000);
  await recorder.close("complete");
  store.ended(recordingId);
  await store.remove(tenantId, recordingId);
}

Deno.bench("ten seconds of a call, two channels", () => tenSeconds("call"));
Deno.bench("ten seconds of a message", () => tenSeconds("message"));

globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
