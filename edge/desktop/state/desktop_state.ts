import type {
  AgentView,
  AssignmentView,
  DesktopSnapshot,
  OfferView,
} from "../../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../../protocol/interaction/message.ts";

/** Where the line to the edge stands. */
export type Connection = "connecting" | "connected" | "reconnecting";

/** Where the softphone stands. */
export type SoftphoneState =
  | "off"
  | "connecting"
  | "ready"
  | "in-call"
  | "microphone-refused"
  | "microphone-missing"
  | "lost";

/** Who is signed in. */
export interface Person {
  agentId: string;
  name: string;
  tenantId: string;
  tenantName: string;
}

/** All that the desktop shows. */
export interface DesktopState {
  phase: "starting" | "signed-out" | "signed-in";
  person: Person | null;
  connection: Connection;
  clusterReachable: boolean;
  softphone: SoftphoneState;
  muted: boolean;
  agent: AgentView | null;
  offers: readonly OfferView[];
  assignments: readonly AssignmentView[];
  /** Oldest first. */
  messages: readonly Message[];
  idleCodes: DesktopSnapshot["idleCodes"];
  wrapUpCodes: DesktopSnapshot["wrapUpCodes"];
  /** The interaction in the middle of the screen. */
  selected: string | null;
  /** One line about what did not work. */
  notice: string | null;
  /** A sign-in is under way. */
  busy: boolean;
}

/** The state before anybody signed in. */
export function initialState(): DesktopState {
  return {
    phase: "starting",
    person: null,
    connection: "connecting",
    clusterReachable: true,
    softphone: "off",
    muted: false,
    agent: null,
    offers: [],
    assignments: [],
    messages: [],
    idleCodes: [],
    wrapUpCodes: [],
    selected: null,
    notice: null,
    busy: false,
  };
}
