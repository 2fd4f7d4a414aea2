/** The address that everything listens on. */
export const HOST = "127.0.0.1";
