import type postgres from "postgres";
import { AntiphonError } from "../../protocol/errors/antiphon_error.ts";
import type { LogOwner } from "../database/claim_log.ts";
import { appendRows } from "./append_rows.ts";
import type { CommitUnit } from "./commit_unit.ts";

/**
 * Writes units in one statement, which is one transaction and one round trip: events, effects,
 * message bodies and statuses, recordings, traces, ended records, PoP positions, command ids; delivered effects are
 * forgotten. Each table's rows travel as one JSON array, so that the statement is prepared once.
 * It is planned once, too, for tables of any size: `sql` is to be the writer of `openCellDatabase`.
 *
 * Nothing is written unless `owner` still owns the log; the row lock makes the next owner wait for
 * appends under way.
 * @throws AntiphonError `stale_epoch` when another process owns the log or has written to it
 */
export async function writeUnits(
  sql: postgres.Sql,
  owner: LogOwner,
  units: readonly CommitUnit[],
  delivered: readonly string[],
): Promise<void> {
  const rows = appendRows(units);
  try {
    const [{ owned }] = await append(sql, owner, rows, delivered);
    if (owned) return;
  } catch (error) {
    if (!isTakenSeq(error)) throw error;
    throw new AntiphonError("stale_epoch", "Another process has written to this log", {
      cause: error,
    });
  }
  throw new AntiphonError("stale_epoch", "Another process has claimed this log");
}

function append(
  sql: postgres.Sql,
  owner: LogOwner,
  rows: ReturnType<typeof appendRows>,
  delivered: readonly string[],
) {
  // Text, and a cast on the server: as jsonb the driver would encode it a second time.
  const json = (values: Iterable<unknown>) => JSON.stringify([...values]);
  // `statusMoves()` of messages/; a status that is null says nothing.
  const order = sql`array['pending', 'outcome-unknown', 'sent', 'delivered', 'read', 'failed']`;
  const moves = sql`coalesce(
    array_position(${order}, case when m.failure = 'outcome-unknown' then m.failure else m.status end)
    < array_position(${order}, case when r.failure = 'outcome-unknown' then r.failure else r.status end),
    false)`;
  return sql<{ owned: boolean }[]>`
    with owner as materialized (
      select epoch from cell.owner
      where epoch = ${owner.epoch} and token = ${owner.token} for share
    ), events as (
      insert into cell.events (tenant_id, seq, epoch, at, version, body)
      select r.tenant_id, r.seq, owner.epoch, r.at, r.version, r.body
      from owner, jsonb_to_recordset(${json(rows.events)}::text::jsonb)
        as r(tenant_id uuid, seq bigint, at bigint, version integer, body jsonb)
    ), effects as (
      insert into cell.effects (id, tenant_id, body)
      select r.id, r.tenant_id, r.body
      from owner, rows from (
          jsonb_to_recordset(${json(rows.effects)}::text::jsonb)
            as (id text, tenant_id uuid, body jsonb)
        ) with ordinality as r(id, tenant_id, body, n)
      order by r.n
    ), messages as (
      insert into cell.messages (id, tenant_id, interaction_id, provider_message_id, direction,
        author, text, at, status, failure, sending_at)
      select r.id, r.tenant_id, r.interaction_id, r.provider_message_id, r.direction,
        r.author, r.text, r.at, r.status, r.failure, r.sending_at
      from owner, jsonb_to_recordset(${json(rows.messages.values())}::text::jsonb)
        as r(id uuid, tenant_id uuid, interaction_id uuid, provider_message_id text,
          direction text, author text, text text, at bigint, status text, failure text,
          sending_at bigint)
    ), statuses as (
      update cell.messages m set
        status = case when ${moves} then r.status else m.status end,
        failure = case when ${moves} then r.failure else m.failure end,
        provider_message_id = coalesce(m.provider_message_id, r.provider_message_id),
        sending_at = case when r.attempt then r.sending_at else m.sending_at end
      from owner, jsonb_to_recordset(${json(rows.statuses.values())}::text::jsonb)
        as r(tenant_id uuid, id uuid, status text, failure text, provider_message_id text,
          attempt boolean, sending_at bigint)
      where m.tenant_id = r.tenant_id and m.id = r.id and (r.attempt or ${moves})
    ), traces as (
      insert into cell.flow_traces (tenant_id, interaction_id, seq, at, items)
      select r.tenant_id, r.interaction_id, r.seq, r.at, r.items
      from owner, json_to_recordset(${json(rows.traces)}::text::json)
        as r(tenant_id uuid, interaction_id uuid, seq bigint, at bigint, items json)
    ), ended as (
      insert into cell.interactions (id, tenant_id, ended_at, record)
      select r.id, r.tenant_id, r.ended_at, r.record
      from owner, jsonb_to_recordset(${json(rows.ended.values())}::text::jsonb)
        as r(id uuid, tenant_id uuid, ended_at bigint, record jsonb)
      on conflict (id) do update set record = excluded.record
    ), recordings as (
      insert into cell.recordings (tenant_id, id, interaction_id, pop_id, kind, started_at,
        seconds, outcome, pauses, deleted_at)
      select r.tenant_id, r.id, r.interaction_id, r.pop_id, r.kind, r.started_at,
        r.seconds, r.outcome, r.pauses, r.deleted_at
      from owner, jsonb_to_recordset(${json(rows.recordings.values())}::text::jsonb)
        as r(tenant_id uuid, id uuid, interaction_id uuid, pop_id text, kind text,
          started_at bigint, seconds double precision, outcome text, pauses jsonb,
          deleted_at bigint)
      on conflict (tenant_id, id) do update set started_at = excluded.started_at,
        seconds = excluded.seconds, outcome = excluded.outcome, pauses = excluded.pauses,
        deleted_at = coalesce(excluded.deleted_at, cell.recordings.deleted_at)
      where excluded.outcome is not null
    ), erased as (
      update cell.recordings x set deleted_at = coalesce(x.deleted_at, r.deleted_at)
      from owner, jsonb_to_recordset(${json(rows.erased.values())}::text::jsonb)
        as r(tenant_id uuid, id uuid, deleted_at bigint)
      where x.tenant_id = r.tenant_id and x.id = r.id
    ), positions as (
      insert into cell.pop_positions (pop_id, boot_id, last_seq)
      select r.pop_id, r.boot_id, r.last_seq
      from owner, jsonb_to_recordset(${json(rows.positions.values())}::text::jsonb)
        as r(pop_id text, boot_id uuid, last_seq bigint)
      on conflict (pop_id, boot_id) do update set last_seq = excluded.last_seq
    ), commands as (
      insert into cell.commands (tenant_id, id, seq, at)
      select r.tenant_id, r.id, r.seq, r.at
      from owner, jsonb_to_recordset(${json(rows.commands)}::text::jsonb)
        as r(tenant_id uuid, id text, seq bigint, at bigint)
      on conflict (tenant_id, id) do nothing
    ), forgotten as (
      delete from cell.effects e using owner
      where e.id = any (array(
        select jsonb_array_elements_text(${JSON.stringify(delivered)}::text::jsonb)))
    )
    select exists (select from owner) as owned`;
}

/** The log's primary key refuses a sequence number that another owner took. */
function isTakenSeq(error: unknown): boolean {
  const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
  return code === "23505" && constraint_name === "events_pkey";
}
