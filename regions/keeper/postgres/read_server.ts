import type postgres from "postgres";
import { z } from "zod";
import type { ServerObservation } from "../decisions/server_observation.ts";

const Position = z.string().transform(BigInt);
const Row = z.object({
  recovery: z.boolean(),
  timeline: z.number().int().nullable(),
  position: Position.nullable(),
  replayed: Position.nullable(),
  receiver: z.boolean(),
  synchronous: z.string(),
  standby: z.string().nullable(),
  state: z.string(),
  sync: z.boolean(),
  standby_replayed: Position,
  lag_ms: z.number(),
  silent_ms: z.number(),
});

/** What {@linkcode readServer} finds. */
export type ServerReading = Pick<
  ServerObservation,
  "recovery" | "timeline" | "position" | "replayed" | "receiver" | "standby" | "synchronous"
>;

/**
 * Asks a server how it stands. The timeline of a primary is that of the WAL it writes, which
 * `pg_control_checkpoint()` tells only after the next checkpoint; that of a standby is the latest
 * it has received. Of a standby that is connected twice, the one that was heard of last counts.
 *
 * @param standby name of the other site's server
 */
export async function readServer(sql: postgres.Sql, standby: string): Promise<ServerReading> {
  const rows = await sql`
    select
      r.recovery,
      case when r.recovery then greatest(
          (select received_tli from pg_stat_wal_receiver where status = 'streaming'),
          (select nullif(min_recovery_end_timeline, 0) from pg_control_recovery()),
          (select timeline_id from pg_control_checkpoint()))
        else ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int
      end as timeline,
      (case when r.recovery
        then greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
        else pg_current_wal_lsn() end - '0/0'::pg_lsn)::text as position,
      (case when r.recovery then pg_last_wal_replay_lsn() end - '0/0'::pg_lsn)::text as replayed,
      exists (select from pg_stat_wal_receiver where status = 'streaming') as receiver,
      current_setting('synchronous_standby_names') as synchronous,
      s.application_name as standby,
      coalesce(s.state, '') as state,
      coalesce(s.sync_state in ('sync', 'quorum'), false) as sync,
      (coalesce(s.replay_lsn, '0/0'::pg_lsn) - '0/0'::pg_lsn)::text as standby_replayed,
      greatest(coalesce(extract(epoch from s.replay_lag) * 1000, 0), 0)::float8 as lag_ms,
      greatest(coalesce(extract(epoch from clock_timestamp() - s.reply_time) * 1000, 0), 0)::float8
        as silent_ms
    from (select pg_is_in_recovery() as recovery) r
    left join (
      select * from pg_stat_replication
      where application_name = ${standby}
      order by state = 'streaming' desc, backend_start desc limit 1
    ) s on true`;
  const row = Row.parse(rows[0]);
  return {
    recovery: row.recovery,
    timeline: row.timeline,
    position: row.position,
    replayed: row.replayed,
    receiver: row.recovery ? row.receiver ? "streaming" : "away" : null,
    synchronous: /"([^"]+)"/.exec(row.synchronous)?.[1] ?? null,
    standby: row.recovery || row.standby === null ? null : {
      name: row.standby,
      state: row.state,
      sync: row.sync,
      replayed: row.standby_replayed,
      lagMs: row.lag_ms,
      silentMs: row.silent_ms,
    },
  };
}
