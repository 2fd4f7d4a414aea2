/** The id of its one edge. */
export const EDGE_ID = "local";
