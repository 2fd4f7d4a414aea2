import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { PopFrame, Softphone } from "../../protocol/pop_link/pop_frame.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { Effect } from "../effects/effect.ts";
import type { TenantRunner } from "../tenants/tenant_runner.ts";
import { type LinkSocket, PopLink } from "./pop_link.ts";

/** What {@linkcode PopLinks} needs of its cell. */
export interface PopLinksPorts {
  /** The last event of a PoP's boot that was committed; 0 for none. */
  lastSeq: (popId: string, bootId: string) => Promise<number>;
  epoch: number;
  /** Epoch ms. */
  now: () => number;
  /** Verifies the token in a hello and returns the service's name. */
  verify: (token: string) => Promise<string>;
  runner: (tenantId: string) => Promise<TenantRunner | undefined>;
  runners: () => Iterable<TenantRunner>;
  timer: (ms: number, run: () => void) => () => void;
  log: Logger;
}

/** The PoPs that are connected to this cell, one link each; a newer link replaces an older one. */
export class PopLinks {
  readonly #links = new Map<string, PopLink>();
  /** Settles when all that a PoP's links have told is committed or refused, by PoP. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(readonly ports: PopLinksPorts) {}

  /** Ids of the PoPs connected now. */
  get connected(): string[] {
    return [...this.#links].filter(([, link]) => link.ready).map(([id]) => id);
  }

  /** Takes a new socket in. The caller hands it every text frame and its closing. */
  accept(socket: LinkSocket): { receive: (text: string) => void; closed: () => void } {
    let hello: Extract<PopFrame, { type: "hello" }> | undefined;
    /** Calls from before hello that were not reported then are lost. */
    let helloAt = 0;
    /** The PoP's softphones as it has told of them so far. */
    const softphones = new Map<string, Softphone>();
    /** Calls that it told of over this link: it will tell of their end, too. */
    const told = new Set<string>();
    /** Events are decided on in the order they came, whatever their tenants have to load first. */
    let order: Promise<unknown> = Promise.resolve();
    const place = { broken: false };
    const link: PopLink = new PopLink(
      socket,
      this.ports.epoch,
      {
        hello: async (frame) => {
          const service = await this.ports.verify(frame.token);
          if (service !== `pop:${frame.popId}`) {
            throw new AntiphonError("unauthenticated", "The token is another service's");
          }
          this.#links.get(frame.popId)?.close(4409, "replaced");
          this.#links.set(frame.popId, link);
          hello = frame;
          for (const softphone of frame.softphones) softphones.set(keyOf(softphone), softphone);
          helloAt = this.ports.now();
          this.ports.log.info("pop-link.connected", { popId: frame.popId });
          // What an older link told may be in a commit: the PoP would tell it again, and it would
          // happen twice.
          await this.#underWay.get(frame.popId);
          return await this.ports.lastSeq(frame.popId, frame.bootId);
        },
        event: async (frame) => {
          told.add(frame.callId);
          const begun = order.then(() => this.#event(link, hello!, frame, place));
          order = begun.catch(() => place.broken = true);
          const before = this.#underWay.get(link.popId);
          const settled = begun.then(({ committed }) => committed).then(() => {}, () => {});
          this.#underWay.set(link.popId, settled.then(() => before));
          await (await begun).committed;
        },
        softphone: async (frame) => {
          if (frame.connected) softphones.set(keyOf(frame), frame);
          else softphones.delete(keyOf(frame));
          const runner = await this.#runner(frame.tenantId);
          await runner?.submit({
            type: "softphone",
            popId: link.popId,
            agentId: frame.agentId,
            connected: frame.connected,
          });
        },
        settled: () => this.#settled(hello!, helloAt, [...softphones.values()], told),
      },
      this.ports.log,
      this.ports.timer,
    );
    const cancel = this.ports.timer(5_000, () => {
      if (!hello) link.close(4408, "hello expected");
    });
    return {
      receive: (text) => link.receive(text),
      closed: () => {
        cancel();
        link.close();
        if (this.#links.get(link.popId) === link) {
          this.#links.delete(link.popId);
          this.ports.log.warn("pop-link.lost", { popId: link.popId });
        }
      },
    };
  }

  /**
   * Brings one command to its PoP.
   * @throws AntiphonError `unavailable` when the PoP is not there or did not answer
   */
  async deliver(tenantId: string, effect: Extract<Effect, { to: "pop" }>): Promise<void> {
    const link = this.#links.get(effect.popId);
    if (!link?.ready) throw new AntiphonError("unavailable", `${effect.popId} is not connected`);
    const { commandId, callId } = effect;
    await link.command({ commandId, tenantId, callId }, effect.command);
  }

  /** Ends every link so that its PoP comes again and tells what stands there. */
  reset(): void {
    for (const link of this.#links.values()) link.close(4503, "come again");
  }

  /** Closes every link, for the end of the process. */
  close(): void {
    for (const link of this.#links.values()) link.close(1001, "going away");
  }

  /** A tenant that cannot be read is as one that is not here: the PoP's others go on. */
  async #runner(tenantId: string): Promise<TenantRunner | undefined> {
    try {
      return await this.ports.runner(tenantId);
    } catch (error) {
      if (error instanceof AntiphonError && error.code === "unavailable") return undefined;
      throw error;
    }
  }

  async #event(
    link: PopLink,
    hello: Extract<PopFrame, { type: "hello" }>,
    frame: Extract<PopFrame, { type: "event" }>,
    place: { broken: boolean },
  ): Promise<{ committed: Promise<unknown> }> {
    const { popId, bootId } = hello;
    const runner = await this.#runner(frame.tenantId);
    await runner?.load();
    // The PoP tells it again over its next link.
    if (!link.ready) throw new AntiphonError("unavailable", "The link was closed meanwhile");
    if (!runner) {
      this.ports.log.warn("call.unknown-tenant", { popId, tenantId: frame.tenantId });
      if (frame.event.type !== "call.offered") return { committed: Promise.resolve() };
      const to = { commandId: `${frame.callId}:refuse`, tenantId: frame.tenantId };
      link.command({ ...to, callId: frame.callId }, {
        type: "hang-up",
        cause: "rejected",
        sipStatus: 480,
      }).catch((error) => this.ports.log.info("call.refusal-lost", { popId, error }));
      return { committed: Promise.resolve() };
    }
    const committed = runner.submit(
      { type: "call-event", popId, callId: frame.callId, event: frame.event },
      { popId, bootId, seq: frame.seq, link: place },
    );
    committed.catch(() => place.broken = true);
    return { committed };
  }

  async #settled(
    hello: Extract<PopFrame, { type: "hello" }>,
    helloAt: number,
    softphones: readonly Softphone[],
    told: ReadonlySet<string>,
  ): Promise<void> {
    const { popId } = hello;
    // A call of ours may have been begun since hello by a command from before it.
    const live = new Set([...hello.liveCalls.map((call) => call.callId), ...told]);
    const reported = new Set(softphones.map((s) => s.tenantId));
    for (const tenantId of reported) await this.#runner(tenantId);
    for (const runner of this.ports.runners()) {
      // The calls that stand are those of the log: a decision that is refused ends none.
      await runner.load();
      const lostCalls = [...runner.state.interactions.values()]
        .flatMap(({ call }) => {
          if (call?.popId !== popId || call.ended || call.startedAt >= helloAt) return [];
          // One that the PoP has not told of may be on its way there still.
          if (call.number !== null && call.stage === null) return [];
          return live.has(call.callId) ? [] : [call.callId];
        });
      await runner.submit({
        type: "pop-reported",
        popId,
        lostCalls,
        softphones: softphones
          .filter((s) => s.tenantId === runner.ports.tenantId).map((s) => s.agentId),
      });
    }
  }
}

function keyOf({ tenantId, agentId }: Softphone): string {
  return `${tenantId}/${agentId}`;
}
