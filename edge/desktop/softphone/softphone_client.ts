import type { Logger } from "../../../protocol/telemetry/logger.ts";
import type { OpenSocket } from "../session/socket_like.ts";
import { backoff } from "../time/backoff.ts";
import type { Clock } from "../time/clock.ts";
import type { MediaLink, OpenMediaLink } from "./media_link.ts";
import type { AcquireMicrophone } from "./microphone.ts";
import { Signalling, type SoftphoneEvent } from "./signalling.ts";
import { SOFTPHONE_CLOSE } from "./softphone_close.ts";
import { initialSoftphone, type SoftphoneState } from "./softphone_state.ts";

/** What a {@linkcode SoftphoneClient} needs of its surroundings. */
export interface SoftphoneClientOptions {
  clock: Clock;
  random: () => number;
  openSocket: OpenSocket;
  acquireMicrophone: AcquireMicrophone;
  openMediaLink: OpenMediaLink;
  accessToken: () => string;
  /** Gets a fresh token; null when the sign-in is over. */
  renewToken: () => Promise<string | null>;
  /** Plays what the far end says; null when there is nothing. */
  onRemote: (stream: MediaStream | null) => void;
  onState: (state: SoftphoneState) => void;
  onLegJoined?: (callId: string) => void;
  log: Logger;
}

/**
 * The softphone: asks for the microphone once, keeps a media link to the PoP, and lets the
 * microphone be heard only while a leg is joined and not muted.
 */
export class SoftphoneClient {
  #options: SoftphoneClientOptions;
  #state: SoftphoneState = initialSoftphone;
  #url: string | null = null;
  #track: MediaStreamTrack | null = null;
  #signalling: Signalling | null = null;
  #link: MediaLink | null = null;
  #legs = new Set<string>();
  #attempt = 0;
  #hadLink = false;
  #cancelRetry: (() => void) | null = null;
  /** Grows with every start, stop and connection, so that what comes late is dropped. */
  #turn = 0;

  constructor(options: SoftphoneClientOptions) {
    this.#options = options;
  }

  /** Starts the softphone against the PoP at `url`. */
  async start(url: string): Promise<void> {
    this.#url = url;
    const turn = ++this.#turn;
    if (this.#track?.readyState !== "live") {
      this.#set({ status: "asking" });
      const outcome = await this.#options.acquireMicrophone();
      if (turn !== this.#turn) {
        if (outcome.ok) outcome.track.stop();
        return;
      }
      if (!outcome.ok) return this.#set({ status: outcome.reason });
      this.#hold(outcome.track);
    }
    await this.#connect();
  }

  /** Lets go of everything. */
  stop(): void {
    this.#turn++;
    this.#url = null;
    this.#drop();
    this.#track?.stop();
    this.#track = null;
    this.#hadLink = false;
    this.#set(initialSoftphone);
  }

  /** Tries again now: after the microphone was allowed, or instead of waiting. */
  retry(): void {
    const { status } = this.#state;
    if (!this.#url || status === "ready" || status === "in-call" || status === "asking") return;
    this.#attempt = 0;
    this.#drop();
    void this.start(this.#url);
  }

  /** Mutes or unmutes during a call. A call that lost its audio comes back as it was. */
  setMuted(muted: boolean): void {
    if (this.#legs.size === 0) return;
    this.#set({ muted });
    this.#applySending();
  }

  /** The agent has no call any more: the next one starts unmuted. */
  callOver(): void {
    if (this.#legs.size === 0 && this.#state.muted) this.#set({ muted: false });
  }

  /** Sends DTMF digits to the far end. Rejects when the PoP did not take them. */
  async sendDigits(digits: string): Promise<void> {
    await this.#signalling?.request({ method: "send-digits", digits });
  }

  /** Whether the browser refuses to play sound until the agent clicks. */
  setSoundBlocked(soundBlocked: boolean): void {
    if (soundBlocked !== this.#state.soundBlocked) this.#set({ soundBlocked });
  }

  /** Gives the PoP a fresh access token. */
  renewed(): void {
    const accessToken = this.#options.accessToken();
    this.#signalling?.request({ method: "hello", accessToken }).catch((error) => {
      this.#options.log.warn("softphone.renew_refused", { error });
    });
  }

  async #connect(): Promise<void> {
    this.#drop();
    const url = this.#url;
    const track = this.#track;
    if (!url || !track) return;
    const turn = ++this.#turn;
    this.#set({ status: this.#hadLink ? "lost" : "connecting" });
    try {
      const signalling = this.#signalling = new Signalling({
        socket: this.#options.openSocket(url),
        clock: this.#options.clock,
        onEvent: (event) => turn === this.#turn && this.#event(event),
        onClosed: (code) => turn === this.#turn && void this.#closed(code),
      });
      await signalling.opened;
      await signalling.request({ method: "hello", accessToken: this.#options.accessToken() });
      const link = await this.#options.openMediaLink(signalling, track, () => {
        if (turn === this.#turn) this.#lose("transport lost");
      });
      if (turn !== this.#turn) return link.close();
      this.#link = link;
      this.#hadLink = true;
      this.#attempt = 0;
      this.#options.onRemote(link.remote);
      this.#set({ status: this.#legs.size > 0 ? "in-call" : "ready" });
      if (this.#legs.size > 0) this.#tellProducer();
      this.#applySending();
    } catch (error) {
      this.#options.log.warn("softphone.connect_failed", { error });
      if (turn === this.#turn) this.#lose("not connected");
    }
  }

  #event(event: SoftphoneEvent): void {
    switch (event.event) {
      case "leg-joined":
        this.#legs.add(event.legId);
        this.#options.onLegJoined?.(event.callId);
        break;
      case "leg-left":
        this.#legs.delete(event.legId);
        break;
      case "transport-closed":
        if (this.#link) this.#lose("transport closed by the point of presence");
        return;
    }
    if (!this.#link) return;
    const inCall = this.#legs.size > 0;
    if (inCall !== (this.#state.status === "in-call")) {
      this.#set(inCall ? { status: "in-call" } : { status: "ready", muted: false });
      this.#tellProducer();
    }
    this.#applySending();
  }

  #applySending(): void {
    this.#link?.setSending(this.#legs.size > 0 && !this.#state.muted);
  }

  #tellProducer(): void {
    const producerId = this.#link?.producerId;
    if (!producerId) return;
    const method = this.#legs.size > 0 ? "resume-producer" : "pause-producer";
    this.#signalling?.request({ method, producerId }).catch((error) => {
      this.#options.log.warn("softphone.producer_refused", { error });
      if (this.#link?.producerId === producerId) this.#lose(`${method} failed`);
    });
  }

  async #closed(code: number): Promise<void> {
    if (code === SOFTPHONE_CLOSE.replaced) {
      this.#turn++;
      this.#drop();
      return this.#set({ status: "replaced" });
    }
    if (code === SOFTPHONE_CLOSE.unauthenticated) {
      this.#drop();
      const turn = this.#turn;
      try {
        const token = await this.#options.renewToken();
        if (turn !== this.#turn) return;
        if (token === null) return this.#set({ status: "off" });
      } catch (error) {
        this.#options.log.warn("softphone.renew_failed", { error });
      }
      if (turn !== this.#turn) return;
    }
    this.#lose(`socket closed with ${code}`);
  }

  #lose(reason: string): void {
    this.#options.log.warn("softphone.lost", { reason });
    this.#turn++;
    this.#drop();
    this.#set({ status: this.#hadLink ? "lost" : "connecting" });
    const { clock, random } = this.#options;
    const ms = backoff(this.#attempt++, random(), { first: 500, most: 10_000 });
    this.#cancelRetry = clock.after(ms, () => void this.#connect());
  }

  #drop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#legs.clear();
    const hadLink = this.#link !== null;
    this.#link?.close();
    this.#link = null;
    this.#signalling?.close();
    this.#signalling = null;
    if (hadLink) this.#options.onRemote(null);
  }

  #hold(track: MediaStreamTrack): void {
    this.#track = track;
    track.onended = () => {
      if (track !== this.#track) return;
      this.#turn++;
      this.#track = null;
      this.#drop();
      this.#set({ status: "no-microphone", muted: false });
    };
  }

  #set(change: Partial<SoftphoneState>): void {
    this.#state = { ...this.#state, ...change };
    this.#options.onState(this.#state);
  }
}
