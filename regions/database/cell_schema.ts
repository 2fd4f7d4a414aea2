import { CFG_SCHEMA } from "../../protocol/cfg/cfg_schema.ts";

/** Migrations of a cluster's Postgres by name, in order. Never edited once released. */
export const CELL_MIGRATIONS: Readonly<Record<string, readonly string[]>> = {
  "0001-cell": [
    ...CFG_SCHEMA,
    `create schema cell`,
    `create table cell.events (
       tenant_id uuid not null, seq bigint not null, epoch integer not null, at bigint not null,
       body jsonb not null, primary key (tenant_id, seq))`,
    `create table cell.effects (
       id text primary key, tenant_id uuid not null,
       position bigint generated always as identity, body jsonb not null)`,
    `create index effects_tenant on cell.effects (tenant_id, position)`,
    `create table cell.messages (
       id uuid not null, tenant_id uuid not null, interaction_id uuid not null,
       provider_message_id text, direction text not null, author text not null,
       text text not null, at bigint not null, status text not null, failure text,
       primary key (tenant_id, id))`,
    `create index messages_interaction on cell.messages (tenant_id, interaction_id, at)`,
    `create unique index messages_provider
       on cell.messages (tenant_id, provider_message_id) where provider_message_id is not null`,
    `create table cell.interactions (
       id uuid primary key, tenant_id uuid not null, ended_at bigint not null,
       record jsonb not null)`,
    `create index interactions_ended on cell.interactions (tenant_id, ended_at desc)`,
    `create table cell.configurations (
       tenant_id uuid primary key, document jsonb not null, flow_versions jsonb not null)`,
    `create table cell.flow_versions (
       tenant_id uuid not null, version text not null, document jsonb not null,
       primary key (tenant_id, version))`,
    `create table cell.credentials (
       tenant_id uuid not null, agent_id text not null, username text not null,
       password_hash text not null, primary key (tenant_id, agent_id),
       unique (tenant_id, username))`,
    `create table cell.refresh_tokens (
       hash text primary key, tenant_id uuid not null, agent_id text not null,
       family uuid not null, expires_at bigint not null, used boolean not null)`,
    `create index refresh_tokens_family on cell.refresh_tokens (family)`,
    `create table cell.asset_secrets (
       tenant_id uuid not null, asset_id uuid not null, access_token text not null,
       primary key (tenant_id, asset_id))`,
    `create table cell.inbox (delivery_id uuid primary key, taken_at bigint not null)`,
    `create table cell.pop_positions (
       pop_id text not null, boot_id uuid not null, last_seq bigint not null,
       primary key (pop_id, boot_id))`,
  ],
  "0002-snapshots": [
    `alter table cell.events add column version integer not null default 1`,
    `create table cell.snapshots (
       tenant_id uuid not null, seq bigint not null, at bigint not null,
       version integer not null, facts json not null, hash text not null,
       verdict text not null default 'unverified'
         check (verdict in ('unverified', 'verified', 'mismatched')),
       primary key (tenant_id, seq))`,
    // The one process that may write the log: whoever opened this database last.
    `create table cell.owner (
       id boolean primary key default true check (id), epoch integer not null,
       token uuid not null)`,
    `create table cell.commands (
       tenant_id uuid not null, id text not null, seq bigint not null, at bigint not null,
       primary key (tenant_id, id))`,
    `create index commands_seq on cell.commands (tenant_id, seq)`,
  ],
  "0003-entities": [
    `create table cell.entities (
       tenant_id uuid not null, kind text not null, id text not null, body jsonb not null,
       version bigint not null, updated_at bigint not null, primary key (tenant_id, kind, id))`,
    `insert into cell.entities (tenant_id, kind, id, body, version, updated_at)
       select c.tenant_id, k.kind, e.body ->> k.id_field, e.body, 1,
         floor(extract(epoch from now()) * 1000)
       from cell.configurations c
       cross join (values
         ('skills', 'skills', 'id'), ('skill-profiles', 'skillProfiles', 'id'),
         ('multimedia-profiles', 'multimediaProfiles', 'id'),
         ('holiday-lists', 'holidayLists', 'id'), ('business-hours', 'businessHours', 'id'),
         ('sites', 'sites', 'id'), ('teams', 'teams', 'id'), ('agents', 'agents', 'id'),
         ('queues', 'queues', 'id'), ('global-variables', 'globalVariables', 'id'),
         ('flows', 'flows', 'id'), ('asset-senders', 'assetSenders', 'assetId'),
         ('entry-points', 'entryPoints', 'id'), ('idle-codes', 'idleCodes', 'id'),
         ('wrap-up-codes', 'wrapUpCodes', 'id')) as k (kind, key, id_field)
       cross join lateral jsonb_array_elements(coalesce(c.document -> k.key, '[]')) as e (body)
       on conflict do nothing`,
    `insert into cell.entities (tenant_id, kind, id, body, version, updated_at)
       select tenant_id, 'settings', 'settings', coalesce(document -> 'settings', '{}'), 1,
         floor(extract(epoch from now()) * 1000)
       from cell.configurations`,
    `alter table cell.configurations drop column document,
       add column revision bigint not null default 1, add column resolution jsonb,
       add column redirects jsonb not null default '{}'`,
  ],
  // What is replicated has a new column; its statements can run again without harm.
  "0004-trunk-destinations": CFG_SCHEMA,
  "0005-entity-keys": [
    `create table cell.entity_keys (
       tenant_id uuid not null, key text not null, fingerprint text not null,
       kind text not null, id text not null, body jsonb not null, version bigint not null,
       at bigint not null, primary key (tenant_id, key))`,
  ],
  "0006-entity-secrets": [
    `create table cell.entity_secrets (
       tenant_id uuid not null, kind text not null, id text not null, sealed text not null,
       primary key (tenant_id, kind, id))`,
  ],
  "0007-tenant-keys": [
    `create table cell.tenant_keys (
       tenant_id uuid not null, number integer not null check (number > 0),
       public_key jsonb not null, private_key text not null, at bigint not null,
       primary key (tenant_id, number))`,
  ],
  "0008-recordings": [
    `create table cell.recordings (
       tenant_id uuid not null, id uuid not null, interaction_id uuid not null,
       pop_id text not null, kind text not null, started_at bigint not null,
       seconds double precision, outcome text, pauses jsonb not null, deleted_at bigint,
       primary key (tenant_id, id))`,
    `create index recordings_interaction on cell.recordings (tenant_id, interaction_id)`,
    `create index recordings_started on cell.recordings (tenant_id, started_at desc)`,
  ],
  "0009-flow-history": [
    `create table cell.flow_drafts (
       tenant_id uuid not null, flow_id text not null, tag text not null, document jsonb not null,
       author text not null, updated_at bigint not null, primary key (tenant_id, flow_id))`,
    `create table cell.flow_history (
       tenant_id uuid not null, flow_id text not null, number integer not null,
       version text not null, revision bigint not null, author text, comment text not null,
       at bigint not null, primary key (tenant_id, flow_id, number))`,
    `create index flow_history_revision on cell.flow_history (tenant_id, revision)`,
    // What flows are now is their first version.
    `insert into cell.flow_history
       (tenant_id, flow_id, number, version, revision, author, comment, at)
       select e.tenant_id, e.id, 1, c.flow_versions ->> e.id, e.version, null, '', e.updated_at
       from cell.entities e join cell.configurations c on c.tenant_id = e.tenant_id
       where e.kind = 'flows' and c.flow_versions ->> e.id is not null`,
  ],
  // One row for what one decision did to one interaction.
  "0010-flow-traces": [
    `create table cell.flow_traces (
       tenant_id uuid not null, interaction_id uuid not null, seq bigint not null,
       at bigint not null, items json not null,
       primary key (tenant_id, interaction_id, seq))`,
    `create index flow_traces_at on cell.flow_traces (at)`,
  ],
  // What is replicated has a new column.
  "0011-durability": CFG_SCHEMA,
  // When the request that sends a message went out, or was about to.
  "0011-sendings": [
    `alter table cell.messages add column sending_at bigint`,
    `create index messages_sending on cell.messages (sending_at)
       where status = 'pending' and sending_at is not null`,
  ],
  // What tenants upload is wherever the cluster is. It does not compress.
  "0011-uploaded-audio": [
    `create table cell.audio (
       tenant_id uuid not null, hash text not null check (hash ~ '^[0-9a-f]{64}$'),
       bytes integer not null check (bytes between 0 and 8388608), sealed bytea not null,
       at bigint not null, unused_since bigint, primary key (tenant_id, hash))`,
    `alter table cell.audio alter column sealed set storage external`,
  ],
};
