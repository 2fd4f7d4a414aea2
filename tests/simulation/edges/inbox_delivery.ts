/** A contact's message as the edge delivers it. */
export interface InboxDelivery {
  deliveryId: string;
  tenantId: string;
  assetId: string;
  contact: string;
  providerMessageId: string;
  text: string;
  sentAt: number;
}
