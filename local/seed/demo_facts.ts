/** The demo tenant, whose contact centre this is. */
export const DEMO = {
  partner: "Antiphon demo partner",
  slug: "aurora",
  name: "Aurora Travel",
  clusterId: "E39",
  number: "+4969900100",
  phoneNumberId: "106540352242922",
  agents: [
    { id: "anna", name: "Anna Keller", roles: ["agent"] },
    { id: "ben", name: "Ben Okafor", roles: ["agent"] },
    { id: "dora", name: "Dora Lindqvist", roles: ["agent", "supervisor", "admin"] },
  ],
} as const;
