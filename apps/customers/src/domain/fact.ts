/** A fact about a customer, as accepted; never changed afterwards. */
export interface Fact {
  /** source + "/" + id of the incoming event. */
  factId: string;
  type: string;
  customerId: string;
  occurredAt: Date;
  acceptedAt: Date;
  data: Record<string, unknown>;
}
