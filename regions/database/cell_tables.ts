import type { ColumnType, Generated } from "kysely";
import type { CfgTables } from "../../protocol/cfg/cfg_tables.ts";
import type { StrandResolution } from "../../protocol/configuration/configuration_plan.ts";
import type { Entity, EntityKind } from "../../protocol/configuration/entity_kinds.ts";
import type { FlowDocument } from "../../protocol/flow/flow_document.ts";
import type { InteractionRecord } from "../../protocol/interaction/interaction_record.ts";
import type { Message } from "../../protocol/interaction/message.ts";
import type { SealKey } from "../../protocol/pop_link/seal_key.ts";
import type { Recording } from "../../protocol/recording/recording.ts";
import type { Effect } from "../effects/effect.ts";
import type { PackedTraceItem } from "../flows/trace/pack_trace.ts";
import type { TenantEvent } from "../tenants/tenant_event.ts";

type Json<T> = ColumnType<T, T, T>;
/** Postgres bigint: read as text, written as a number. */
type BigInt8 = ColumnType<string, number, number>;
type BigInt8Null = ColumnType<string | null, number | null, number | null>;

/** Tables of a cluster's Postgres: its own `cell` schema and the replicated `cfg`. */
export interface CellTables extends CfgTables {
  "cell.events": {
    tenant_id: string;
    seq: BigInt8;
    epoch: number;
    at: BigInt8;
    body: Json<TenantEvent>;
    /** Version of the log's vocabulary that `body` was written with. */
    version: Generated<number>;
  };
  /** States of tenants' machines, so that a replay need not begin at the first event. */
  "cell.snapshots": {
    tenant_id: string;
    seq: BigInt8;
    at: BigInt8;
    version: number;
    facts: Json<unknown>;
    hash: string;
    verdict: Generated<"unverified" | "verified" | "mismatched">;
  };
  /** One row: the process that owns the cluster. Appends are refused to any other. */
  "cell.owner": { id: Generated<boolean>; epoch: number; token: string };
  /** Commands that were carried out, so that a repeat after a restart has no second effect. */
  "cell.commands": { tenant_id: string; id: string; seq: BigInt8; at: BigInt8 };
  /** Effects that were committed and not yet delivered, in order of `position`. */
  "cell.effects": {
    id: string;
    tenant_id: string;
    position: Generated<string>;
    body: Json<Effect>;
  };
  "cell.messages": {
    id: string;
    tenant_id: string;
    interaction_id: string;
    provider_message_id: string | null;
    direction: Message["direction"];
    author: Message["author"];
    text: string;
    at: BigInt8;
    status: Message["status"];
    failure: string | null;
    /** When the request that sends it went out, or was about to; null: certainly not yet. */
    sending_at: BigInt8Null;
  };
  /** What steps of flows did, by the decision they were part of; deleted after a few days. */
  "cell.flow_traces": {
    tenant_id: string;
    interaction_id: string;
    seq: BigInt8;
    at: BigInt8;
    items: Json<PackedTraceItem[]>;
  };
  /** Records of ended interactions. */
  "cell.interactions": {
    id: string;
    tenant_id: string;
    ended_at: BigInt8;
    record: Json<InteractionRecord>;
  };
  /** Index of recordings; the audio is at the PoPs. */
  "cell.recordings": {
    tenant_id: string;
    id: string;
    interaction_id: string;
    pop_id: string;
    kind: Recording["kind"];
    started_at: BigInt8;
    seconds: number | null;
    outcome: Recording["outcome"];
    pauses: Json<Recording["pauses"]>;
    deleted_at: BigInt8Null;
  };
  /** One row a tenant that has a configuration. */
  "cell.configurations": {
    tenant_id: string;
    flow_versions: Json<Record<string, string>>;
    /** Grows with every change. */
    revision: BigInt8;
    /** What the last change said of interactions, until the tenant's machine has done it. */
    resolution: Json<StrandResolution | null>;
    /** Deleted queues, and those that stand in for them in flows begun before. */
    redirects: Json<Record<string, string>>;
  };
  /** What a tenant's configuration consists of, without secrets. */
  "cell.entities": {
    tenant_id: string;
    kind: EntityKind;
    id: string;
    body: Json<Entity>;
    /** The revision that changed it last. */
    version: BigInt8;
    updated_at: BigInt8;
  };
  /** Entities as they were when they were made with an Idempotency-Key, for repeats. */
  "cell.entity_keys": {
    tenant_id: string;
    key: string;
    fingerprint: string;
    kind: EntityKind;
    id: string;
    body: Json<Entity>;
    version: BigInt8;
    at: BigInt8;
  };
  "cell.flow_versions": { tenant_id: string; version: string; document: Json<FlowDocument> };
  /** Flows that somebody is working on. */
  "cell.flow_drafts": {
    tenant_id: string;
    flow_id: string;
    /** Another one with every change. */
    tag: string;
    document: Json<FlowDocument>;
    author: string;
    updated_at: BigInt8;
  };
  /** Versions of flows as they were published, also of those that are gone. */
  "cell.flow_history": {
    tenant_id: string;
    flow_id: string;
    number: number;
    /** Of `cell.flow_versions`. */
    version: string;
    revision: BigInt8;
    author: string | null;
    comment: string;
    at: BigInt8;
  };
  "cell.credentials": {
    tenant_id: string;
    agent_id: string;
    username: string;
    password_hash: string;
  };
  "cell.refresh_tokens": {
    hash: string;
    tenant_id: string;
    agent_id: string;
    family: string;
    expires_at: BigInt8;
    used: boolean;
  };
  "cell.asset_secrets": { tenant_id: string; asset_id: string; access_token: string };
  /** Secrets of entities of other kinds, sealed. */
  "cell.entity_secrets": { tenant_id: string; kind: string; id: string; sealed: string };
  /** Key pairs that sensitive values are sealed with; the private parts sealed themselves. */
  "cell.tenant_keys": {
    tenant_id: string;
    number: number;
    public_key: Json<SealKey["jwk"]>;
    private_key: string;
    at: BigInt8;
  };
  /** What tenants uploaded, sealed. */
  "cell.audio": {
    tenant_id: string;
    hash: string;
    /** Before it was sealed. */
    bytes: number;
    sealed: Uint8Array<ArrayBuffer>;
    at: BigInt8;
    /** When it was first seen that no prompt names it; null while one does. */
    unused_since: BigInt8Null;
  };
  /** Webhooks taken from the edge. */
  "cell.inbox": { delivery_id: string; taken_at: BigInt8 };
  /** The last event of a PoP's boot that was committed. */
  "cell.pop_positions": { pop_id: string; boot_id: string; last_seq: BigInt8 };
}
