/**
 * Settings of the servers on one machine. Logical decoding feeds the cells; a subscriber that stays
 * away may hold back 1 GB of WAL at most, and half-open connections end within seconds.
 */
export const POSTGRES_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "64MB",
  wal_level: "logical",
  max_wal_senders: "10",
  max_replication_slots: "10",
  max_slot_wal_keep_size: "1GB",
  max_wal_size: "512MB",
  min_wal_size: "32MB",
  wal_sender_timeout: "5s",
  wal_receiver_timeout: "5s",
  wal_retrieve_retry_interval: "500ms",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] %q%u@%d ",
  jit: "off",
};
