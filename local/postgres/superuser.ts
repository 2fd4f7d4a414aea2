/** The superuser's name in every server: the keepers' own default. */
export const SUPERUSER = "antiphon_admin";
