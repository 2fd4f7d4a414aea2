import { AgentBrowser } from "../../peers/agent_browser.ts";
import { Baresip, type PhoneNetwork } from "../../peers/baresip.ts";
import { run } from "../../peers/run.ts";
import { until } from "../../peers/until.ts";
import type { Reader } from "../clients/reader.ts";
import type { EntryOf } from "../history/entry.ts";
import type { History } from "../history/history.ts";
import { LAB_DIGITS } from "./lab_configuration.ts";

type Role = Exclude<EntryOf<"call">["role"], "new">;

/** A call that stands before the fault, and is to stand after it. */
export interface StandingCall {
  id: string;
  role: Role;
  phone: Baresip;
  /** Ports at which the caller hears. */
  rtp: readonly [number, number];
  /** The number it comes from. */
  number: string;
  /** Events of the phone that were looked at. */
  seen: number;
  interactionId: string;
  /** When it was dialled, in ms since the Unix epoch. */
  since: number;
}

/** How many calls stand, by what becomes of them. */
export interface CallPlan {
  /** Talk to an agent's softphone in Chromium (0 or 1). */
  agents: number;
  /** Talk to a phone outside. */
  connected: number;
  queued: number;
  ticking: number;
  menu: number;
}

/** What standing calls need. */
export interface CallStage {
  network: PhoneNetwork;
  /** "host:port" of the PoP's SIP. */
  sip: string;
  number: string;
  reader: Reader;
  /** Null: no softphone. */
  desktop: AgentBrowser | null;
}

/** Where phones listen: from here on, a few each. */
const SIP_BASE = 20_000;
const CONTROL_BASE = 21_000;
const RTP_BASE = 42_000;
const RTP_PORTS = 20;
/** Callers speak for so long, in seconds, and are replaced by others long before, between runs. */
export const TONE_SECONDS = 900;
const OLD_SECONDS = 400;
const DIGIT_EVERY_MS = 2_000;

const DIGITS: Record<keyof CallPlan, string | null> = {
  agents: LAB_DIGITS.talk,
  connected: LAB_DIGITS.connect,
  queued: LAB_DIGITS.wait,
  ticking: LAB_DIGITS.tick,
  menu: null,
};

/** The calls that stand while faults come and go. */
export class StandingCalls implements AsyncDisposable {
  readonly calls: StandingCall[] = [];
  #phones = 0;

  constructor(readonly stage: CallStage) {}

  /** Places what is missing of a plan; each call is where it should be when this settles. */
  async fill(plan: CallPlan): Promise<void> {
    const old = this.calls.filter(({ since }) => Date.now() - since > OLD_SECONDS * 1000);
    for (const call of old) {
      await call.phone.hangUp();
      await call.phone.event("CALL_CLOSED");
      if (call.id.startsWith("agents-")) {
        await this.stage.desktop!.wrapUp("resolved");
        await this.stage.desktop!.inState("available");
      }
      await this.#remove(call);
    }
    for (const [kind, count] of Object.entries(plan) as [keyof CallPlan, number][]) {
      const role: Role = kind === "agents" || kind === "connected" ? "talking" : kind;
      const prefix = `${kind}-`;
      for (let have = this.#standing(prefix); have < count; have++) {
        await this.#place(`${prefix}${++this.#phones}`, role, DIGITS[kind]);
      }
    }
  }

  /** Notes that all of them stand, as a new history begins. */
  noteStanding(history: History): void {
    for (const { id, role } of this.calls) {
      history.note({ kind: "call", call: id, role, phase: "answered" });
    }
  }

  /** Notes calls that ended since the last look: by the platform, for nobody else ended them. */
  async noteEnded(history: History): Promise<void> {
    for (const call of [...this.calls]) {
      const closed = call.phone.events.slice(call.seen).find(({ type }) => type === "CALL_CLOSED");
      if (!closed) continue;
      const at = history.now() - (Date.now() - closed.at);
      const ended = { kind: "call", call: call.id, role: call.role } as const;
      history.note({ ...ended, phase: "closed", by: "platform" }, at);
      await this.#remove(call);
    }
  }

  /** Lets a caller who stands in the menu choose the queue; gives whether the flow went on. */
  async goOn(): Promise<number> {
    const inMenu = this.calls.filter(({ role }) => role === "menu");
    let stuck = 0;
    for (const call of inMenu) {
      try {
        await this.#arrive(
          call,
          LAB_DIGITS.wait,
          (state, queue) => state === "queued" && queue === "support",
        );
      } catch {
        stuck += 1;
      }
      await call.phone.hangUp();
      await this.#remove(call);
    }
    return stuck;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.calls.splice(0).map(({ phone }) => phone[Symbol.asyncDispose]()));
  }

  #standing(prefix: string): number {
    return this.calls.filter(({ id }) => id.startsWith(prefix)).length;
  }

  async #place(id: string, role: Role, digit: string | null): Promise<void> {
    const index = this.#phones;
    const { network, sip, number: dialled, desktop } = this.stage;
    const number = `+49301230${String(index).padStart(4, "0")}`;
    const first = RTP_BASE + (index * RTP_PORTS) % 8000;
    const rtp = [first, first + RTP_PORTS - 2] as const;
    const phone = await Baresip.start(network, {
      ...{ user: number, toneSeconds: TONE_SECONDS, records: false },
      // A phone takes two ports for SIP.
      ports: { sip: SIP_BASE + index * 2 % 1000, control: CONTROL_BASE + index % 1000, rtp },
    });
    const call: StandingCall = {
      id,
      role,
      phone,
      rtp,
      number,
      seen: 0,
      interactionId: "",
      since: Date.now(),
    };
    this.calls.push(call);
    await run("renice", ["-n", "-15", "-p", String(phone.process.pid)], { mayFail: true });
    await phone.dial(dialled, sip);
    await phone.event("CALL_ESTABLISHED");
    await this.#arrive(call, digit, (state, queue) => {
      if (digit === null) return state === "flow";
      if (digit === LAB_DIGITS.wait) return state === "queued" && queue === "support";
      if (digit === LAB_DIGITS.talk) return state === "offered" || state === "connected";
      return digit === LAB_DIGITS.tick || state === "connected";
    });
    if (digit !== LAB_DIGITS.talk) return;
    await desktop!.offer();
    await desktop!.at("accept").click();
    await this.#arrive(call, null, (state) => state === "connected");
  }

  /** Presses a digit until the call is where it leads. */
  async #arrive(
    call: StandingCall,
    digit: string | null,
    there: (state: string, queueId: string | null) => boolean,
  ): Promise<void> {
    let pressed = 0;
    await until(`${call.id} where ${digit ?? "no digit"} leads`, async () => {
      const all = await this.stage.reader.interactions();
      const mine = all.find((it) => it.contact === call.number && it.state !== "ended");
      if (!mine) return false;
      call.interactionId = mine.id;
      if (pressed > 0 || digit === null) {
        const chose = digit === null || mine.state !== "flow" || mine.variables.choice === digit;
        const outside = mine.legs.some(({ kind, answeredAt }) => kind === "outside" && answeredAt);
        if (chose && there(outside ? "connected" : mine.state, mine.queueId)) return true;
      }
      if (digit !== null && mine.state === "flow" && mine.variables.choice !== digit) {
        if (Date.now() - pressed > DIGIT_EVERY_MS) {
          pressed = Date.now();
          await call.phone.digit(digit);
        }
      }
      return false;
    }, 30_000);
  }

  async #remove(call: StandingCall): Promise<void> {
    this.calls.splice(this.calls.indexOf(call), 1);
    await call.phone[Symbol.asyncDispose]();
  }
}
