import { join } from "node:path";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { uuidV7 } from "../../protocol/ids/uuid_v7.ts";
import { serviceTokenSigner } from "../../protocol/service_token/service_token_signer.ts";
import { Counters } from "../../protocol/telemetry/counters.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import { CallDesk } from "../calls/call_desk.ts";
import { acceptInvite } from "../carriers/accept_invite.ts";
import { admitRequest } from "../carriers/admit_request.ts";
import type { DialParts } from "../carriers/dial_parts.ts";
import { OutgoingLeg } from "../carriers/outgoing_leg.ts";
import { ConfigurationCache } from "../configuration/configuration_cache.ts";
import { ConfigurationKeeper, KEEPER_TIMES } from "../configuration/configuration_keeper.ts";
import { authenticateCell } from "../http/authenticate_cell.ts";
import { popApp } from "../http/pop_app.ts";
import { recordingRoutes } from "../http/recording_routes.ts";
import { CellLinks } from "../link/cell_links.ts";
import { LINK_TIMES } from "../link/link_times.ts";
import { SYSTEM_CLOCK } from "../media/clock/system_clock.ts";
import { legRecorder } from "../recordings/leg_recorder.ts";
import { RecordingKeeper } from "../recordings/recording_keeper.ts";
import { RecordingKeys } from "../recordings/recording_keys.ts";
import { RecordingStore } from "../recordings/recording_store.ts";
import { SipEndpoint } from "../sip/sip_endpoint.ts";
import { authenticateAgent } from "../softphone/authenticate_agent.ts";
import { softphoneServer } from "../softphone/softphone_server.ts";
import { SoftphoneRegistry } from "../softphone/softphone_registry.ts";
import { TrunkUsage } from "../trunks/trunk_usage.ts";
import { openPrompts } from "./open_prompts.ts";
import type { PopEnvironment } from "./pop_environment.ts";
import type { OpenPopMedia } from "./pop_media.ts";
import { readPinnedKeys } from "./read_pinned_keys.ts";
import { readServiceKey } from "./read_service_key.ts";
import { resolveName } from "./resolve_name.ts";

/** Events kept for a cluster that is away, at most. */
const OUTBOX_LIMIT = 100_000;
/** How long a stop waits for the last events to be committed, in milliseconds. */
const LAST_EVENTS = 2_000;

/** How long a stop waits for the last BYEs to be answered, in milliseconds. */
const LAST_BYES = 1_000;

/** A running PoP. */
export interface Pop {
  /** HTTP port. */
  port: number;
  /** SIP listeners with their true ports. */
  sip: string[];
  /** Takes no new calls, lets live ones end for the drain time, hangs up the rest, and closes. */
  stop(): Promise<void>;
}

/**
 * Starts a PoP: configuration, links to its cells, media, SIP and HTTP, in this order, so that no
 * call comes in before it can be served.
 * @throws AntiphonError `configuration_invalid`, `unavailable` or `address_in_use`
 */
export async function startPop(
  environment: PopEnvironment,
  openMedia: OpenPopMedia,
  log: Logger,
): Promise<Pop> {
  const counters = new Counters();
  const makeId = uuidV7();
  const popId = environment.POP_ID;
  const key = await readServiceKey(environment.SERVICE_KEY_FILE, `pop:${popId}`);
  const pinned = await readPinnedKeys(environment.CONTROL_PLANE_KEYS_FILE);
  const token = serviceTokenSigner(key);
  const usage = new TrunkUsage();
  const closing: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };

  try {
    const media = await openMedia(environment, counters, log);
    closing.push(() => media.close());
    const prompts = await openPrompts({
      folder: environment.STATE_DIR,
      urls: (clusterId) => links.urls(clusterId),
      token,
      log,
      counters,
    });
    const registry = new SoftphoneRegistry(() => links.syncSoftphones());
    const store = environment.RECORDING_KEYS === undefined ? null : new RecordingStore({
      folder: join(environment.STATE_DIR, "recordings"),
      keys: new RecordingKeys(environment.RECORDING_KEYS),
      mostBytes: environment.RECORDING_GIB * 2 ** 30,
      log,
    });
    const desk = new CallDesk({
      publish: (clusterId, placed) => links.publish(clusterId, placed),
      takeAgent: registry.take,
      callOut: (wanted, events) =>
        new OutgoingLeg({ ...wanted, hostname: null, maxForwards: 70 }, events, dialParts),
      mayCallOut: (clusterId, tenantId) =>
        !sip.draining && keeper.directory.tenant(tenantId)?.clusterId === clusterId,
      openStream: media.openStream,
      prepare: prompts,
      record: legRecorder({ store, clock: SYSTEM_CLOCK, log }),
      onEnded: ({ trunkId }) => trunkId === null || usage.end(trunkId),
      log,
      counters,
    });
    const links = new CellLinks({
      popId,
      bootId: makeId(),
      token,
      keys: () => keeper.directory.configuration.keys,
      liveCalls: (clusterId) =>
        desk.liveCalls(clusterId).map(({ tenantId, callId }) => ({ tenantId, callId })),
      softphones: (clusterId) => registry.softphones(clusterId),
      onCommand: (clusterId, command) => desk.command(clusterId, command),
      outboxLimit: OUTBOX_LIMIT,
      times: LINK_TIMES,
      log,
      counters,
    });
    closing.push(() => links.stop(), () => registry.close());
    const keeper = new ConfigurationKeeper({
      source: {
        controlPlaneUrl: environment.CONTROL_PLANE_URL,
        popId,
        keys: pinned,
        token: () => token("control-plane"),
      },
      cache: new ConfigurationCache(environment.STATE_DIR, log),
      times: KEEPER_TIMES,
      log,
      counters,
      onChange: (directory) => {
        links.update(directory);
        registry.review(directory);
      },
    });
    await keeper.start();
    closing.push(() => keeper.stop());

    const recordings = store && new RecordingKeeper({
      store,
      days: environment.RECORDING_DAYS,
      tell: ({ tenantId, callId }, event) => {
        const clusterId = keeper.directory.tenant(tenantId)?.clusterId;
        if (clusterId) links.publish(clusterId, { tenantId, callId, at: Date.now(), event });
      },
      now: Date.now,
      log,
    });
    await recordings?.start();
    closing.push(async () => await recordings?.stop());

    const sip = new SipEndpoint({
      listeners: environment.SIP_LISTEN.map((listener) => ({
        ...listener,
        advertised: environment.ADVERTISED_ADDRESS,
      })),
      log,
      counters,
      admit: admitRequest(() => keeper.directory, log, counters, Date.now),
    });
    const dialParts: DialParts = {
      directory: () => keeper.directory,
      usage,
      sip,
      openMedia: (hostname, events) => media.openCarrierLeg(undefined, hostname, events),
      resolve: resolveName,
      now: Date.now,
      log,
      counters,
    };
    sip.onInvite = (call) =>
      acceptInvite(call, {
        directory: () => keeper.directory,
        usage,
        desk,
        openMedia: (offer, hostname, events) => media.openCarrierLeg(offer, hostname, events),
        dial: (wanted, events) => new OutgoingLeg(wanted, events, dialParts),
        makeId,
        now: Date.now,
        log,
        counters,
      });
    await sip.start();
    closing.push(() => sip.close());

    const app = popApp({
      health: () => ({
        service: `pop:${popId}`,
        status: "ok",
        version: keeper.directory.configuration.version,
        draining: sip.draining,
        calls: desk.live,
        softphones: registry.size,
        clusters: links.states(),
      }),
      count: () => {
        media.count();
        counters.set("antiphon_recordings_open", store?.open ?? 0);
        counters.set("antiphon_recordings_bytes", store?.bytes ?? 0);
      },
      recordings: store && recordings
        ? recordingRoutes({
          authenticate: (text, tenantId) =>
            authenticateCell(text, tenantId, keeper.directory, Date.now),
          read: (tenantId, recordingId) => store.read(tenantId, recordingId),
          remove: (tenantId, recordingId) => recordings.remove(tenantId, recordingId),
        })
        : null,
      counters,
      softphone: softphoneServer({
        registry,
        counters,
        log,
        now: Date.now,
        authenticate: (text) => authenticateAgent(text, keeper.directory, Date.now),
        openMedia: media.openSoftphone,
      }),
      log,
    });
    const server = serve(environment, (request) => app.fetch(request));
    // Sockets that have not said hello yet must not hold up the end.
    closing.push(() => Promise.race([server.shutdown(), pause(1000)]));

    return {
      port: server.addr.port,
      sip: sip.listeners.map(({ transport, hostname, port }) => `${transport}:${hostname}:${port}`),
      async stop() {
        sip.draining = true;
        await until(() => desk.live === 0, environment.DRAIN_SECONDS * 1000);
        desk.shutDown();
        registry.close();
        await until(() => desk.live === 0 && links.pending === 0, LAST_EVENTS);
        // The last BYEs get their answers, or one repetition.
        await until(() => sip.load.clients === 0, LAST_BYES);
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

function serve(
  environment: PopEnvironment,
  handler: (request: Request) => Response | Promise<Response>,
): Deno.HttpServer<Deno.NetAddr> {
  const { HOSTNAME: hostname, PORT: port } = environment;
  try {
    return Deno.serve({ hostname, port, onListen: () => {} }, handler);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new AntiphonError(
      "address_in_use",
      `Port ${port} is taken: stop what uses it or set PORT`,
      { cause },
    );
  }
}

/** Waits until something holds, at most `ms` milliseconds. */
async function until(holds: () => boolean, ms: number): Promise<void> {
  const limit = Date.now() + ms;
  while (!holds() && Date.now() < limit) await pause(25);
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
