/** Where the services stand that the flows act through. */
export interface ServiceHosts {
  /** Such as `http://127.0.0.1:8080`. */
  bank: string;
  airline: string;
  bot: string;
}

/** What the ten flows need beside them, for a team that is there already. */
export function entities(hosts: ServiceHosts, teamId: string, botSecret: string) {
  const distribution = [{ afterSeconds: 0, teamIds: [teamId] }];
  const queue = (id: string, kind: "voice" | "digital" = "voice", more = {}) => ({
    id,
    name: id,
    kind,
    distribution,
    ...more,
  });
  return {
    skills: [
      { id: "english", name: "English", kind: "proficiency" },
      { id: "french", name: "French", kind: "proficiency" },
      { id: "vip", name: "Important callers", kind: "proficiency" },
      { id: "accounts", name: "Accounts", kind: "boolean" },
    ],
    businessHours: [{
      id: "practice",
      name: "Practice",
      timeZone: "Europe/Berlin",
      weekly: [{
        days: ["mon", "tue", "wed", "thu", "fri"],
        times: [{ from: "08:00", to: "12:00" }, { from: "14:00", to: "18:00" }],
      }],
      holidayListIds: ["holidays"],
    }],
    holidayLists: [{
      id: "holidays",
      name: "Holidays",
      days: [{ name: "New Year", date: "2026-01-01", yearly: true }],
    }],
    queues: [
      queue("cards"),
      queue("bookings"),
      queue("reception"),
      queue("parcels", "voice", { callback: { enabled: true } }),
      queue("counter"),
      queue("service"),
      queue("chat", "digital"),
      queue("mail", "digital", { firstResponseSeconds: 60 }),
    ],
    connectors: [
      {
        id: "bank",
        name: "Bank",
        baseUrl: hosts.bank,
        sensitiveVariables: true,
        authorised: true,
      },
      { id: "airline", name: "Airline", baseUrl: hosts.airline, authorised: true },
    ],
    virtualAgents: [{
      id: "helper",
      name: "Helper",
      adapter: "webhook",
      url: hosts.bot,
      secret: botSecret,
      authorised: true,
    }],
  };
}
