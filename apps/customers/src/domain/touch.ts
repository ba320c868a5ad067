/** What the bank did with a customer, or the customer with it, on some channel: one line of the timeline. */
export interface Touch {
  /** Id of the event that told of it. */
  entryId: string;
  customerId: string;
  /** decision, lead, message, benefit-claimed, benefit-redeemed, benefit-reversed. */
  type: string;
  channel: string;
  /** For a person; no personal data. */
  summary: string;
  data: Record<string, string | number>;
  occurredAt: Date;
}
