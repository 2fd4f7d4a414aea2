import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import { toProblem } from "../../protocol/errors/to_problem.ts";
import type { VerifiedAccess } from "../../protocol/access_token/verify_access_token.ts";
import { type SoftphoneAnswer, SoftphoneFrame } from "../../protocol/softphone/softphone_frame.ts";
import type { Logger } from "../../protocol/telemetry/logger.ts";
import type { AgentLeg } from "../calls/media_leg.ts";
import { TokenBucket } from "../trunks/token_bucket.ts";
import { SOFTPHONE_CLOSE } from "./softphone_close.ts";
import { SOFTPHONE_LIMITS } from "./softphone_limits.ts";
import type { Json, OpenSoftphoneMedia, SoftphoneMedia } from "./softphone_media.ts";

/** What a {@linkcode SoftphoneSession} needs of its surroundings. */
export interface SoftphoneSessionOptions {
  send: (answer: SoftphoneAnswer) => void;
  close: (code: number, reason: string) => void;
  authenticate: (accessToken: string) => Promise<VerifiedAccess>;
  openMedia: OpenSoftphoneMedia;
  /** Called once the agent is known. */
  onRegistered: (session: SoftphoneSession) => void;
  onClosed: (session: SoftphoneSession) => void;
  log: Logger;
  now: () => number;
}

type Timer = ReturnType<typeof setTimeout>;

/**
 * One softphone's socket: who it is, its media, and at most one call's leg. A further `hello` with
 * a fresh token of the same person renews the time; when the token ends during a call, the socket
 * stays until the call's leg has left.
 */
export class SoftphoneSession {
  readonly #options: SoftphoneSessionOptions;
  readonly #bucket: TokenBucket;
  #access: VerifiedAccess | null = null;
  #media: SoftphoneMedia | null = null;
  #leg: { callId: string; legId: string; lost: () => void } | null = null;
  #closed = false;
  #expired = false;
  #helloTimer: Timer;
  #tokenTimer: Timer | undefined;

  constructor(options: SoftphoneSessionOptions) {
    this.#options = options;
    const { framesPerSecond, burst, hello } = SOFTPHONE_LIMITS;
    this.#bucket = new TokenBucket(framesPerSecond, options.now(), burst);
    this.#helloTimer = setTimeout(() => this.end(SOFTPHONE_CLOSE.helloTimeout, "no hello"), hello);
  }

  /** Whose softphone this is; null before `hello`. */
  get access(): VerifiedAccess | null {
    return this.#access;
  }

  /** Whether a call's leg is on it. */
  get busy(): boolean {
    return this.#leg !== null;
  }

  /** Takes a frame of the socket. */
  async receive(data: unknown): Promise<void> {
    if (this.#closed) return;
    if (!this.#bucket.take(this.#options.now())) {
      return this.end(SOFTPHONE_CLOSE.tooMany, "too many frames");
    }
    if (typeof data !== "string" || data.length > SOFTPHONE_LIMITS.frame) {
      return this.end(SOFTPHONE_CLOSE.badFrame, "send text frames of at most 65536 characters");
    }
    let frame: SoftphoneFrame;
    let id: number | null = null;
    try {
      const json: unknown = JSON.parse(data);
      const claimed = (json as { id?: unknown } | null)?.id;
      id = Number.isSafeInteger(claimed) && (claimed as number) >= 0 ? claimed as number : null;
      frame = SoftphoneFrame.parse(json);
    } catch (error) {
      // Without an id there is nobody to answer.
      if (id === null) return this.end(SOFTPHONE_CLOSE.badFrame, "the frame cannot be read");
      return this.#refuse(id, error);
    }
    try {
      const answer = frame.method === "hello"
        ? await this.#hello(frame.accessToken)
        : this.#request(frame);
      if (!this.#closed) this.#options.send({ id: frame.id, ok: true, data: answer });
    } catch (error) {
      this.#refuse(frame.id, error);
      if (frame.method === "hello") this.end(SOFTPHONE_CLOSE.unauthenticated, "hello refused");
    }
  }

  /**
   * Takes the softphone for a call's leg and tells the browser.
   * @throws AntiphonError `conflict` when a leg is on it, `unavailable` when it is not there
   */
  takeLeg(callId: string, legId: string, lost: () => void): AgentLeg {
    if (this.#closed || !this.#media) {
      throw new AntiphonError("unavailable", "The agent's softphone is not connected");
    }
    if (this.#leg) throw new AntiphonError("conflict", "The agent's softphone is on another call");
    const leg = this.#media.openLeg();
    this.#leg = { callId, legId, lost };
    this.#options.send({ event: "leg-joined", callId, legId });
    return {
      codec: leg.codec,
      audio: leg.audio,
      ringback: () => leg.ringback(),
      close: async () => {
        if (this.#leg?.legId === legId) {
          this.#leg = null;
          if (!this.#closed) this.#options.send({ event: "leg-left", callId, legId });
        }
        const media = await leg.close();
        if (this.#expired) this.end(SOFTPHONE_CLOSE.unauthenticated, "the token has ended");
        return media;
      },
    };
  }

  /** Ends the session; a leg on it is lost. */
  end(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#helloTimer);
    clearTimeout(this.#tokenTimer);
    this.#options.close(code, reason);
    const leg = this.#leg;
    this.#leg = null;
    leg?.lost();
    this.#media?.close();
    this.#options.onClosed(this);
  }

  async #hello(accessToken: string): Promise<Json> {
    const { authenticate, openMedia, onRegistered, now, log } = this.#options;
    const access = await authenticate(accessToken);
    if (this.#closed) return {};
    const known = this.#access;
    if (known && (known.tenant !== access.tenant || known.sub !== access.sub)) {
      throw new AntiphonError("forbidden", "Renew with a token of the same person");
    }
    clearTimeout(this.#helloTimer);
    clearTimeout(this.#tokenTimer);
    this.#access = access;
    this.#expired = false;
    const left = Math.min(access.exp * 1000 - now(), 2 ** 31 - 1);
    this.#tokenTimer = setTimeout(() => this.#expire(), Math.max(0, left));
    if (!known) {
      this.#media = openMedia({
        transportLost: (id, wasConnected) => this.#transportLost(id, wasConnected),
        silent: () => this.#leg?.lost(),
      });
      log.info("softphone.registered", { tenantId: access.tenant, agentId: access.sub });
      onRegistered(this);
    }
    return { tenantId: access.tenant, agentId: access.sub, expiresAt: access.exp * 1000 };
  }

  #request(frame: Exclude<SoftphoneFrame, { method: "hello" }>): Json {
    const media = this.#media;
    if (!media) throw new AntiphonError("unauthenticated", "Send hello first");
    switch (frame.method) {
      case "router-capabilities":
        return media.routerCapabilities();
      case "create-transport":
        return media.createTransport(frame.direction);
      case "connect-transport":
        media.connectTransport(frame.transportId, frame.dtlsParameters);
        return {};
      case "produce":
        return media.produce(frame.transportId, frame.rtpParameters);
      case "consume":
        return media.consume(frame.transportId, frame.rtpCapabilities);
      case "pause-producer":
        media.setPaused(frame.producerId, true);
        return {};
      case "resume-producer":
        media.setPaused(frame.producerId, false);
        return {};
      case "send-digits":
        media.sendDigits(frame.digits);
        return {};
      case "ping":
        return {};
    }
  }

  #transportLost(transportId: string, wasConnected: boolean): void {
    if (this.#closed) return;
    this.#options.send({ event: "transport-closed", transportId });
    if (wasConnected) this.#leg?.lost();
  }

  #expire(): void {
    this.#expired = true;
    if (!this.#leg) this.end(SOFTPHONE_CLOSE.unauthenticated, "the token has ended");
  }

  #refuse(id: number, error: unknown): void {
    if (this.#closed) return;
    const problem = toProblem(error);
    this.#options.log.info("softphone.refused", { code: problem.code, ...this.#who() });
    if (problem.code === "internal") this.#options.log.error("softphone.failed", { error });
    this.#options.send({ id, ok: false, problem });
  }

  #who(): Json {
    return this.#access ? { tenantId: this.#access.tenant, agentId: this.#access.sub } : {};
  }
}
