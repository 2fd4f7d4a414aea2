/** Sites that keep clusters' data. */
export const DATA_SITES = ["eu-central", "us-east"] as const;
export type DataSite = (typeof DATA_SITES)[number];
