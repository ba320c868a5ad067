import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { CardTransaction } from './points-rule';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The card transaction a fact tells; nothing for other facts and for transactions without an amount. */
export function toCardTransaction(fact: FactRecorded): CardTransaction | undefined {
  if (fact.factType !== 'transaction' || !fact.data || !fact.occurredAt) return undefined;
  const { amountMinor, currency, operation, channel } = fact.data as Record<string, unknown>;
  if (typeof amountMinor !== 'number' || !Number.isSafeInteger(amountMinor) || amountMinor <= 0) return undefined;
  return {
    transactionId: fact.factId,
    customerId: fact.customerId,
    amountMinor,
    currency: textOf(currency),
    operation: textOf(operation),
    channel: textOf(channel),
    occurredAt: fact.occurredAt,
  };
}
