import type {
  AgentView,
  AssignmentView,
  DesktopSnapshot,
  OfferView,
} from "../../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";
import type { SessionStatus } from "../session/session_status.ts";
import type { SoftphoneState } from "../softphone/softphone_state.ts";

/** Who is signed in. */
export type Person = Pick<SignOnAnswer, "agent" | "tenantId" | "tenantName">;

/** A reply that the platform has not confirmed. */
export interface UnsentMessage {
  id: string;
  interactionId: string;
  text: string;
  at: number;
  status: "sending" | "failed";
  /** Why it failed, in plain words. */
  reason: string | null;
}

/** Something the agent should know and may put away. */
export interface Notice {
  id: number;
  /** Key of the command that failed; the notice goes when one of the same key is done. */
  key: string;
  text: string;
}

/** Everything the desktop shows. Times are the platform's, see `skew`. */
export interface DesktopState {
  phase: "starting" | "signed-out" | "signing-in" | "signed-in";
  /** Why the last sign-on failed, or why the session ended. */
  signOnMessage: string | null;
  person: Person | null;
  session: SessionStatus;
  clusterReachable: boolean;
  /** Whether a snapshot has come. */
  known: boolean;
  agent: AgentView | null;
  offers: OfferView[];
  assignments: AssignmentView[];
  messages: Record<string, Message[]>;
  unsent: UnsentMessage[];
  unread: Record<string, number>;
  drafts: Record<string, string>;
  idleCodes: DesktopSnapshot["idleCodes"];
  wrapUpCodes: DesktopSnapshot["wrapUpCodes"];
  softphone: SoftphoneState;
  selected: string | null;
  /** The interaction being accepted, shown as soon as it is the agent's. */
  awaited: string | null;
  /** Keys of commands under way, see `busyKey`. */
  busy: Record<string, true>;
  notices: Notice[];
  /** What screen readers are told next. */
  announcement: { id: number; text: string; urgent: boolean };
  /** This machine's clock minus the platform's, in ms, as far as it is known. */
  skew: number;
  welcomedAt: number;
}
