/** Programs of a cluster on Patroni and their Debian packages. */
export const PATRONI_PROGRAMS: Readonly<Record<string, string>> = {
  etcd: "etcd-server",
  patroni: "patroni",
  "/usr/lib/postgresql/15/bin/postgres": "postgresql-15",
  setpriv: "util-linux",
};
