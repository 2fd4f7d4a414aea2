/** Ids of a world's tenants, their numbers, assets and agents; the same words in each tenant. */
export const tenantId = (tenant: number): string => `0190aaaa-0000-7000-8000-00000000000${tenant}`;
export const assetId = (tenant: number): string => `0190abcd-0000-7000-8000-00000000000${tenant}`;
export const number = (tenant: number): string => `+496990010${tenant}`;
export const agentId = (agent: number): string => `agent-${agent}`;
export const contactAddress = (contact: number): string => `4915100000${contact}`;
