import type { Site } from "../regions/site.ts";

/** Something that was asked of the platform; the same `id` once as `invoke` and once as its end. */
export interface OpEntry {
  kind: "op";
  client: string;
  op: "webhook" | "command" | "read" | "sign-on";
  id: string;
  /** `unknown`: no answer came, so that it may or may not have happened. */
  phase: "invoke" | "ok" | "fail" | "unknown";
  /** Why it failed: a status or a code. */
  reason?: string;
  /** A webhook's conversation and number in it, or the text of a reply. */
  conversation?: string;
  number?: number;
  text?: string;
}

/** What a cell said of itself to somebody at a site. `at` is when the answer came. */
export interface HealthEntry {
  kind: "health";
  from: Site;
  cell: Site;
  askedAt: number;
  active: boolean;
  epoch: number | null;
}

/** What an agent's desktop was told. */
export interface AgentEntry {
  kind: "agent";
  client: string;
  what: "connected" | "closed" | "offer-made" | "offer-ended" | "assigned" | "removed";
  offerId?: string;
  interactionId?: string;
  reason?: string;
}

/** A request that came to somebody outside. */
export interface OutsideEntry {
  kind: "outside";
  service: "provider" | "ticks";
  epoch: number | null;
  /** A reply's text and whom it went to, or a tick's idempotency key, call and number. */
  to?: string;
  text?: string;
  key?: string;
  number?: number;
}

/** What a phone saw. */
export interface CallEntry {
  kind: "call";
  call: string;
  /** What the call stands for in the load; a `new` one is dialled after the fault. */
  role: "talking" | "queued" | "ticking" | "menu" | "new";
  phase: "dialled" | "answered" | "closed" | "refused";
  /** Who closed it: the phone or agent as the load meant it, or the platform. */
  by?: "load" | "platform";
}

/** What was heard at one end of a call, judged once all is over. */
export interface AudioEntry {
  kind: "audio";
  stream: string;
  role: "talking" | "queued";
  end: "caller" | "agent";
  /** Longest time between two packets around the fault, and in as long a time before it, in ms. */
  longestMs: number;
  beforeMs: number;
  /** Packets by sequence number that never came. */
  lost: number;
  packets: number;
}

/** A contact's place, as the platform's API told it. */
export interface PlaceEntry {
  kind: "place";
  interactionId: string;
  when: "before" | "after";
  state: string;
  queueId: string | null;
  queuedAt: number | null;
  position: number | null;
}

/** A message that the platform has in the end, in the order it shows them. */
export interface MessageEntry {
  kind: "message";
  conversation: string;
  direction: "inbound" | "outbound";
  text: string;
  number: number | null;
  order: number;
  /** Whether its agent is told that it failed, or that nobody knows. */
  failed?: boolean;
}

/** What the lab itself did. */
export interface MarkEntry {
  kind: "mark";
  mark: "fault" | "healed" | "settled" | "note";
  note?: string;
}

/** One line of a history. `at`: the machine's monotonic clock, in milliseconds. */
export type Entry =
  & { at: number }
  & (
    | OpEntry
    | HealthEntry
    | AgentEntry
    | OutsideEntry
    | CallEntry
    | AudioEntry
    | PlaceEntry
    | MessageEntry
    | MarkEntry
  );

export type EntryOf<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;
