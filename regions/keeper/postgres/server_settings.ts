import { AntiphonError } from "../../../protocol/errors/antiphon_error.ts";
import type { KeptInstallation } from "./kept_installation.ts";

/**
 * Settings of every server. It can feed standbys and logical subscribers; whoever stays away holds
 * back 1 GB of WAL at most, and half-open connections end within seconds.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  max_connections: "60",
  shared_buffers: "64MB",
  max_slot_wal_keep_size: "1GB",
  max_wal_size: "512MB",
  min_wal_size: "32MB",
  wal_keep_size: "64MB",
  jit: "off",
  log_line_prefix: "%m [%p] %q%u@%d ",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** What the keeper counts on: not to be set otherwise. */
const DECIDED: Readonly<Record<string, string>> = {
  unix_socket_directories: "",
  wal_level: "logical",
  max_wal_senders: "10",
  max_replication_slots: "10",
  hot_standby: "on",
  hot_standby_feedback: "on",
  max_standby_streaming_delay: "1s",
  wal_sender_timeout: "2s",
  wal_receiver_timeout: "2s",
  wal_receiver_status_interval: "1s",
  wal_retrieve_retry_interval: "200ms",
  tcp_keepalives_idle: "2",
  tcp_keepalives_interval: "1",
  tcp_keepalives_count: "2",
  tcp_user_timeout: "3000",
  password_encryption: "scram-sha-256",
  restart_after_crash: "on",
  fsync: "on",
  full_page_writes: "on",
  logging_collector: "off",
  log_destination: "stderr",
};

/** Settings that belong to a server's part, and so may be neither given nor inherited. */
const OF_ITS_PART = [
  "listen_addresses",
  "port",
  "hba_file",
  "data_directory",
  "config_file",
  "ident_file",
  "external_pid_file",
  "primary_conninfo",
  "primary_slot_name",
  "synchronous_standby_names",
  "synchronized_standby_slots",
  "restore_command",
  "recovery_end_command",
  "promote_trigger_file",
  "default_transaction_read_only",
];

/**
 * What a server is started with, on its command line.
 * @throws AntiphonError `configuration_invalid` when `settings` name what the keeper decides
 */
export function serverSettings(server: KeptInstallation): Record<string, string> {
  const wrong = Object.keys(server.settings)
    .filter((name) => name in DECIDED || OF_ITS_PART.includes(name) || /^recovery_/.test(name));
  if (wrong.length > 0) {
    throw new AntiphonError(
      "configuration_invalid",
      `${server.name}: leave out ${wrong.join(", ")} from its settings: the keeper decides them`,
    );
  }
  return {
    ...SETTINGS,
    ...server.settings,
    ...DECIDED,
    // Before it recovers a server makes all its files last: at once instead of one by one.
    ...(Deno.build.os === "linux" ? { recovery_init_sync_method: "syncfs" } : {}),
    listen_addresses: server.host,
    port: String(server.port),
    hba_file: `${server.dataFolder}.hba`,
  };
}
