/** The programs of a PostgreSQL, and the folder of its libraries. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** Not in the embedded package; a base backup is taken over SQL then. */
  baseBackup: string | null;
  /** Goes into LD_LIBRARY_PATH; null when the system finds them by itself. */
  libraries: string | null;
  /** Its major version. */
  version: number;
}
