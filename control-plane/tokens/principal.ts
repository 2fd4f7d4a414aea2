/** What an access token allows. */
export const SCOPES = {
  "partners:write": "Make partners (the operator only)",
  "topology:read": "Read the topology",
  "provisioning:read": "Read tenants, numbers, trunks, assets and configurations",
  "provisioning:write": "Make and change tenants, numbers, trunks, assets and configurations",
  "clusters:read": "Read how clusters stand and what happened to them (the operator only)",
  "clusters:write": "Move clusters to their other region (the operator only)",
} as const;
export type Scope = keyof typeof SCOPES;

/** The scopes a client may ask for, by what it is. */
export const SCOPES_OF: Record<Principal["kind"], readonly Scope[]> = {
  operator: Object.keys(SCOPES) as Scope[],
  partner: ["topology:read", "provisioning:read", "provisioning:write"],
};

/** Who calls the partner API. */
export type Principal =
  & { clientId: string; scopes: ReadonlySet<Scope> }
  & ({ kind: "operator"; partnerId: null } | { kind: "partner"; partnerId: string });
