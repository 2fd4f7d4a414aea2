import type {
  AgentView,
  AssignmentView,
  DesktopSnapshot,
  OfferView,
} from "../../../protocol/agent_session/agent_view.ts";
import type { Message } from "../../../protocol/interaction/message.ts";
import type { SignOnAnswer } from "../../../protocol/sign_on/sign_on.ts";

/** The time the samples are about, ms since the epoch. */
export const SAMPLE_NOW = 1_700_000_000_000;

/** A UUID with the number in it. */
export function sampleId(n: number): string {
  return `0190a0a0-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

/** What the edge answers to a sign-on. */
export function signOnAnswer(change: Partial<SignOnAnswer> = {}): SignOnAnswer {
  return {
    accessToken: "token-1",
    expiresIn: 900,
    agent: { id: "maria", name: "Maria Keller", roles: ["agent"] },
    tenantId: sampleId(1),
    tenantName: "Northwind Travel",
    softphoneUrl: "ws://127.0.0.1:1/softphone",
    ...change,
  };
}

/** An agent who is available. */
export function agentView(change: Partial<AgentView> = {}): AgentView {
  return {
    id: "maria",
    name: "Maria Keller",
    state: "available",
    idleCode: null,
    since: SAMPLE_NOW,
    softphoneConnected: true,
    ...change,
  };
}

/** A call on offer for 20 seconds after 45 in the queue. */
export function offerView(change: Partial<OfferView> = {}): OfferView {
  return {
    offerId: sampleId(100),
    interactionId: sampleId(10),
    channel: "voice",
    contact: "+4969900200",
    contactName: null,
    queue: { id: "sales", name: "Sales" },
    queuedAt: SAMPLE_NOW - 45_000,
    offeredAt: SAMPLE_NOW,
    expiresAt: SAMPLE_NOW + 20_000,
    declinable: true,
    virtual: null,
    callback: null,
    ...change,
  };
}

/** A connected call. */
export function assignmentView(change: Partial<AssignmentView> = {}): AssignmentView {
  return {
    interactionId: sampleId(10),
    channel: "voice",
    contact: "+4969900200",
    contactName: null,
    queue: { id: "sales", name: "Sales" },
    state: "connected",
    virtual: null,
    callback: null,
    queuedAt: SAMPLE_NOW - 45_000,
    connectedAt: SAMPLE_NOW,
    responseDue: null,
    contactIdleAt: null,
    serviceLevel: { firstResponseDue: null, resolutionDue: null },
    wrapUpUntil: null,
    endCause: null,
    variables: {},
    editable: [],
    screenPop: null,
    ...change,
  };
}

/** A message from the contact. */
export function messageOf(change: Partial<Message> = {}): Message {
  return {
    id: sampleId(1000),
    interactionId: sampleId(20),
    direction: "inbound",
    author: "contact",
    text: "Hello, can you help me?",
    at: SAMPLE_NOW,
    status: "received",
    failure: null,
    ...change,
  };
}

/** All that a desktop knows at first. */
export function desktopSnapshot(change: Partial<DesktopSnapshot> = {}): DesktopSnapshot {
  return {
    agent: agentView(),
    offers: [],
    assignments: [],
    messages: [],
    idleCodes: [{ id: "break", name: "Break" }, { id: "lunch", name: "Lunch" }],
    wrapUpCodes: [{ id: "resolved", name: "Resolved" }, { id: "callback", name: "Call back" }],
    ...change,
  };
}
