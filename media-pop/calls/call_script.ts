import type { CallCommand } from "../../protocol/pop_link/call_command.ts";
import type { CallEvent } from "../../protocol/pop_link/call_event.ts";
import { advanceCall } from "./advance_call.ts";
import type { CallAction } from "./call_action.ts";
import type { CallInput } from "./call_input.ts";
import type { CallIdentity, CallState } from "./call_state.ts";
import { openCall } from "./open_call.ts";
import { originateCall } from "./originate_call.ts";

/** The call that tests play through. */
export const SCRIPTED_CALL: CallIdentity = {
  callId: "018f0000-0000-7000-8000-00000000000c",
  tenantId: "018f0000-0000-7000-8000-000000000001",
  clusterId: "E39",
  legId: "018f0000-0000-7000-8000-00000000000a",
  trunkId: "018f0000-0000-7000-8000-0000000000a1",
  from: "+49151234567",
  to: "+4969900100",
  transport: "sip-udp",
};

/** Plays inputs to one call with a clock of its own; for tests. */
export class CallScript {
  state: CallState;
  now = 0;
  /** Actions since the last {@linkcode taken}. */
  actions: CallAction[] = [];
  #commands = 0;

  /** @param ours seconds that a call of ours may ring; left out, the call came in */
  constructor(ours?: number) {
    const step = ours === undefined ? openCall(SCRIPTED_CALL, 0) : originateCall(
      { ...SCRIPTED_CALL, trunkId: null },
      { callerId: null, ringSeconds: ours },
      0,
    );
    this.state = step.state;
    this.actions.push(...step.actions);
  }

  input(input: CallInput): this {
    const step = advanceCall(this.state, input, this.now);
    this.state = step.state;
    this.actions.push(...step.actions);
    return this;
  }

  /** Gives a command; its id is "c1", "c2" … unless named. */
  command(command: CallCommand, commandId = `c${++this.#commands}`): this {
    return this.input({ type: "command", commandId, command });
  }

  /** Moves the clock and tells the call. */
  wait(ms: number): this {
    this.now += ms;
    return this.input({ type: "time" });
  }

  /** A call that was answered; forgets the actions so far. */
  static answered(): CallScript {
    const script = new CallScript().command({ type: "answer" }, "answer")
      .input({ type: "media-opened", codec: "PCMA" });
    script.actions = [];
    return script;
  }

  /** The actions since last asked, without results. */
  taken(): CallAction[] {
    const actions = this.actions.filter((action) => action.type !== "result");
    this.actions = [];
    return actions;
  }

  /** The events among the actions so far. */
  events(): CallEvent[] {
    return this.actions.flatMap((action) => action.type === "event" ? [action.event] : []);
  }
}
