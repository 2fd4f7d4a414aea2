/** A contact's message as the edge hands it on. */
export interface InboxMessage {
  kind: "message";
  assetId: string;
  contact: string;
  providerMessageId: string;
  text: string;
  sentAt: number;
}

/** What became of a message of ours, by the id that the provider gives back. */
export interface InboxStatus {
  kind: "status";
  messageId: string;
  status: "sent" | "read";
}

/** One webhook as the edge delivers it. */
export type InboxDelivery = (InboxMessage | InboxStatus) & {
  deliveryId: string;
  tenantId: string;
};
