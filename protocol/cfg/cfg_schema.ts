/**
 * SQL that makes the `cfg` schema. Publisher and subscribers both run it, since DDL is not
 * replicated: subscribers first, the publisher last. Each statement can run again without harm.
 */
export const CFG_SCHEMA: readonly string[] = [
  `create schema if not exists cfg`,
  `create table if not exists cfg.clusters (
     id text primary key, home_region text not null, standby_region text, urls jsonb not null)`,
  `create table if not exists cfg.pops (
     id text primary key, name text not null, region text not null, url text not null,
     sip jsonb not null)`,
  `create table if not exists cfg.edges (id text primary key, url text not null)`,
  `create table if not exists cfg.tenants (
     id uuid primary key, partner_id uuid not null, slug text not null unique, name text not null,
     cluster_id text not null, status text not null check (status in ('active', 'suspended')))`,
  `alter table cfg.tenants add column if not exists durability text not null default 'region'
     check (durability in ('region', 'zone'))`,
  `create table if not exists cfg.numbers (number text primary key, tenant_id uuid not null)`,
  `create table if not exists cfg.trunks (
     id uuid primary key, name text not null, partner_id uuid not null, pop_id text not null,
     tenant_id uuid, sources jsonb not null, max_calls integer not null,
     max_calls_per_second integer not null)`,
  `alter table cfg.trunks add column if not exists destinations jsonb not null default '[]'`,
  `create table if not exists cfg.assets (
     id uuid primary key, tenant_id uuid not null, channel text not null, name text not null,
     phone_number_id text not null)`,
  `create table if not exists cfg.service_keys (
     kid text primary key, service text not null, jwk jsonb not null)`,
];

/** The publication a control plane makes and every cell subscribes to. */
export const CFG_PUBLICATION = "antiphon_cfg";
