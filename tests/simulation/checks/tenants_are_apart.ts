import type { Observer } from "./observer.ts";
import { Violation } from "./violation.ts";

/** Nothing of one tenant shows up in another's log, calls, desktops or messages. */
export function tenantsAreApart(): Observer {
  const owners = new Map<string, string>();
  const own = (id: string | undefined | null, tenantId: string, where: string) => {
    if (!id) return;
    const owner = owners.get(id) ?? tenantId;
    owners.set(id, owner);
    if (owner !== tenantId) {
      throw new Violation(
        "tenants-are-apart",
        `${id} of ${owner} shows up in ${tenantId}'s ${where}`,
      );
    }
  };
  const marked = (text: string, tenantId: string, where: string) => {
    const mark = /^0190aaaa-\S+/.exec(text)?.[0];
    if (mark && mark !== tenantId) {
      throw new Violation("tenants-are-apart", `"${text}" shows up in ${tenantId}'s ${where}`);
    }
  };
  return {
    beforeEvent({ tenantId }, event) {
      if ("interactionId" in event) own(event.interactionId, tenantId, "log");
      if ("messageId" in event) own(event.messageId, tenantId, "log");
      if ("offerId" in event) own(event.offerId, tenantId, "log");
      if ("providerMessageId" in event && event.providerMessageId?.startsWith("in:")) {
        marked(event.providerMessageId.slice(3).replace(/:/g, " "), tenantId, "log");
      }
    },
    fact(fact) {
      if (fact.type === "call-told") own(fact.callId, fact.tenantId, "calls");
      if (fact.type === "pop-command") own(fact.callId, fact.tenantId, "calls");
      if (fact.type === "provider-send") {
        own(fact.messageId, fact.tenantId, "messages");
        marked(fact.text, fact.tenantId, "messages");
      }
      if (fact.type !== "desktop-delivery") return;
      const { event, tenantId } = fact;
      if ("interactionId" in event) own(event.interactionId, tenantId, "desktops");
      if (event.type === "offer.made") own(event.offer.interactionId, tenantId, "desktops");
      if (event.type === "assignment.changed") {
        own(event.assignment.interactionId, tenantId, "desktops");
      }
      if (event.type === "message.changed") marked(event.message.text, tenantId, "desktops");
    },
  };
}
