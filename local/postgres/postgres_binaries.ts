/** The programs of an embedded PostgreSQL, and the folder of its libraries. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
  /** Goes into LD_LIBRARY_PATH. */
  libraries: string;
}
