/** A row of `cell.entity_secrets` without the tenant. */
export interface EntitySecret {
  kind: string;
  id: string;
  sealed: string;
}
