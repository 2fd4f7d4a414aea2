import { packTrace } from "../flows/trace/pack_trace.ts";
import { statusMoves } from "../messages/status_moves.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import type { CommitUnit } from "./commit_unit.ts";
import { LOG_VERSION } from "./upcast/log_version.ts";

/** Rows of one transaction, by table; each is written from one JSON array. */
export interface AppendRows {
  events: object[];
  effects: object[];
  messages: Map<string, MessageRow>;
  statuses: Map<string, StatusRow>;
  ended: Map<string, object>;
  recordings: Map<string, RecordingRow>;
  /** Recordings of earlier transactions whose audio is gone. */
  erased: Map<string, object>;
  positions: Map<string, object>;
  commands: object[];
  traces: object[];
}

interface MessageRow {
  tenant_id: string;
  id: string;
  interaction_id: string;
  provider_message_id: string | null;
  direction: string;
  author: string;
  text: string;
  at: number;
  status: Message["status"];
  failure: string | null;
  sending_at: number | null;
}

interface RecordingRow {
  tenant_id: string;
  id: string;
  interaction_id: string;
  pop_id: string;
  kind: string;
  started_at: number;
  seconds: number | null;
  outcome: string | null;
  pauses: object[];
  deleted_at: number | null;
}

/** What a transaction says of a message of an earlier one. */
interface StatusRow {
  tenant_id: string;
  id: string;
  /** Null: nothing new. */
  status: Message["status"] | null;
  failure: string | null;
  provider_message_id: string | null;
  /** Whether `sending_at` is new. */
  attempt: boolean;
  sending_at: number | null;
}

/** Sorts what units leave behind by table. O(events + effects + messages). */
export function appendRows(units: readonly CommitUnit[]): AppendRows {
  const rows: AppendRows = {
    events: [],
    effects: [],
    messages: new Map(),
    statuses: new Map(),
    ended: new Map(),
    recordings: new Map(),
    erased: new Map(),
    positions: new Map(),
    commands: [],
    traces: [],
  };
  for (const unit of units) addUnit(rows, unit);
  return rows;
}

function addUnit(rows: AppendRows, unit: CommitUnit): void {
  const { tenantId: tenant_id, at, popPosition } = unit;
  unit.events.forEach((body, i) =>
    rows.events.push({ tenant_id, seq: unit.firstSeq + i, at, version: LOG_VERSION, body })
  );
  for (const { id, effect } of unit.effects) rows.effects.push({ id, tenant_id, body: effect });
  addMessages(rows, unit);
  addRecordings(rows, unit);
  addTraces(rows, unit);
  for (const record of unit.ended) {
    rows.ended.set(record.id, { id: record.id, tenant_id, ended_at: record.endedAt, record });
  }
  if (popPosition) {
    const { popId: pop_id, bootId: boot_id, seq: last_seq } = popPosition;
    rows.positions.set(`${pop_id} ${boot_id}`, { pop_id, boot_id, last_seq });
  }
  if (unit.commandId !== undefined) {
    const seq = unit.firstSeq + unit.events.length - 1;
    rows.commands.push({ tenant_id, id: unit.commandId, seq, at });
  }
}

/** One row for what the decision did to an interaction: nearly all are about one. */
function addTraces(
  rows: AppendRows,
  { tenantId: tenant_id, firstSeq: seq, at, events, traces }: CommitUnit,
) {
  // Without an event it has no number of its own.
  if (traces.length === 0 || events.length === 0) return;
  for (const [interaction_id, items] of Map.groupBy(traces, (item) => item.interactionId)) {
    rows.traces.push({ tenant_id, interaction_id, seq, at, items: packTrace(items) });
  }
}

function addMessages(rows: AppendRows, unit: CommitUnit): void {
  for (const message of unit.messages) {
    rows.messages.set(`${unit.tenantId} ${message.id}`, {
      tenant_id: unit.tenantId,
      id: message.id,
      interaction_id: message.interactionId,
      provider_message_id: null,
      direction: message.direction,
      author: message.author,
      text: message.text,
      at: message.at,
      status: message.status,
      failure: message.failure,
      sending_at: null,
    });
  }
  for (const event of unit.events) {
    if (event.type === "message.received") {
      const row = rows.messages.get(`${unit.tenantId} ${event.messageId}`);
      if (row) row.provider_message_id = event.providerMessageId;
    }
    if (event.type === "message.status-changed") {
      addStatus(rows, {
        tenant_id: unit.tenantId,
        id: event.messageId,
        status: event.status,
        failure: event.failure,
        provider_message_id: event.providerMessageId,
        attempt: false,
        sending_at: null,
      });
    }
    if (event.type === "message.sending" || event.type === "message.not-sent") {
      addStatus(rows, {
        ...{ tenant_id: unit.tenantId, id: event.messageId },
        ...{ status: null, failure: null, provider_message_id: null, attempt: true },
        sending_at: event.type === "message.sending" ? unit.at : null,
      });
    }
  }
}

function addRecordings(rows: AppendRows, unit: CommitUnit): void {
  const { tenantId: tenant_id, at } = unit;
  for (const event of unit.events) {
    if (event.type === "recording.started" || event.type === "recording.ended") {
      const ended = event.type === "recording.ended" ? event : null;
      rows.recordings.set(`${tenant_id} ${event.recordingId}`, {
        tenant_id,
        id: event.recordingId,
        interaction_id: event.interactionId,
        pop_id: event.popId,
        kind: event.kind,
        started_at: ended?.startedAt ?? at,
        seconds: ended?.seconds ?? null,
        outcome: ended?.outcome ?? null,
        pauses: ended?.pauses ?? [],
        deleted_at: ended?.outcome === "empty" ? at : null,
      });
    }
    const erased = event.type === "recording.deleted" ||
      (event.type === "recording.accessed" && event.action === "deleted");
    if (!erased) continue;
    const key = `${tenant_id} ${event.recordingId}`;
    const known = rows.recordings.get(key);
    if (known) known.deleted_at = at;
    else rows.erased.set(key, { tenant_id, id: event.recordingId, deleted_at: at });
  }
}

/** A message of this transaction takes its statuses along; of those of one message one is left. */
function addStatus(rows: AppendRows, told: StatusRow): void {
  const key = `${told.tenant_id} ${told.id}`;
  const known = rows.messages.get(key) ?? rows.statuses.get(key);
  if (!known) return void rows.statuses.set(key, told);
  if (told.attempt) {
    known.sending_at = told.sending_at;
    if ("attempt" in known) known.attempt = true;
  }
  if (told.status === null) return;
  const { status, failure } = told;
  if (known.status !== null) {
    const { status: before, failure: why } = known;
    if (!statusMoves({ status: before, failure: why }, { status, failure })) return;
  }
  known.status = status;
  known.failure = failure;
  known.provider_message_id ??= told.provider_message_id;
}
