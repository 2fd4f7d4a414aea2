import { sql } from "kysely";
import type { Migration, MigrationProvider } from "kysely/migration";

const MIGRATIONS: Record<string, Migration> = {
  "0001_control": {
    async up(db) {
      await sql`create table control.partners (
        id uuid primary key, name text not null, created_at timestamptz not null)`.execute(db);
      await sql`create table control.clients (
        id text primary key, partner_id uuid not null references control.partners,
        secret_hash text not null, created_at timestamptz not null)`.execute(db);
      await sql`create table control.tenants (
        id uuid primary key, created_at timestamptz not null)`.execute(db);
      await sql`create table control.asset_secrets (
        asset_id uuid primary key, sealed text not null)`.execute(db);
      await sql`create table control.idempotency (
        owner text not null, key text not null, fingerprint text not null,
        answer text, expires_at timestamptz not null, primary key (owner, key))`.execute(db);
      await sql`create index idempotency_expiry on control.idempotency (expires_at)`.execute(db);
      await sql`create table control.audit (
        id uuid primary key, at timestamptz not null, actor text not null, action text not null,
        subject text not null, partner_id uuid, request_id text not null,
        data jsonb not null)`.execute(db);
      await sql`create index audit_subject on control.audit (subject, at)`.execute(db);
    },
  },
  // Numbers what snapshots tell. By the clock at least, so that it also grows after a restore.
  "0002_revision": {
    async up(db) {
      await sql`create table control.revision (
        id boolean primary key default true check (id), value bigint not null)`.execute(db);
      await sql`insert into control.revision (value) values (1)`.execute(db);
      await sql`create function control.next_revision() returns bigint language sql as $$
        update control.revision set value = greatest(value + 1,
          floor(extract(epoch from clock_timestamp()) * 1000)::bigint) returning value
        $$`.execute(db);
      await sql`create function control.count_change() returns trigger language plpgsql as $$
        begin perform control.next_revision(); return null; end $$`.execute(db);
      await sql`create constraint trigger counted
        after insert or update or delete on control.asset_secrets
        deferrable initially deferred for each row execute function control.count_change()`
        .execute(db);
    },
  },
};

/** Migrations of the `control` schema, in code. Only ever add to the end. */
export const controlMigrations: MigrationProvider = {
  getMigrations: () => Promise.resolve(MIGRATIONS),
};
