/** What a customer holds as the wallet itself tells it, under the account of the ledger that must say the same. */
export interface OpenValue {
  account: string;
  currency: string;
  amountMinor: number;
}
