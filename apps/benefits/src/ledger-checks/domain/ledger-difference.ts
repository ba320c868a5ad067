import type { LedgerTransaction, Side } from '../../domain/ledger';
import { chartEntry } from '../../ledger/domain/chart';
import type { AccountTotal } from '../../ledger/domain/totals';

/** What does not agree; see ledger_checks.proto. */
export interface LedgerDifference {
  kind: 'transaction' | 'chart' | 'checkpoint' | 'wallet';
  subject: string;
  currency: string;
  side: Side | '';
  ledgerMinor: number;
  storedMinor: number;
}

/** Currencies in which a transaction does not balance, or has an amount that no posting may have. */
export function transactionFaults({ transactionId, postings }: LedgerTransaction): LedgerDifference[] {
  const totals = new Map<string, { debitMinor: number; creditMinor: number; isSound: boolean }>();
  for (const { side, amountMinor, currency } of postings) {
    const total = totals.get(currency) ?? { debitMinor: 0, creditMinor: 0, isSound: true };
    total[side === 'debit' ? 'debitMinor' : 'creditMinor'] += amountMinor;
    total.isSound &&= Number.isSafeInteger(amountMinor) && amountMinor > 0;
    totals.set(currency, total);
  }
  return [...totals]
    .filter(([, { debitMinor, creditMinor, isSound }]) => debitMinor !== creditMinor || !isSound)
    .map(([currency, { debitMinor: ledgerMinor, creditMinor: storedMinor }]) => ({
      kind: 'transaction',
      subject: transactionId,
      currency,
      side: '',
      ledgerMinor,
      storedMinor,
    }));
}

/** Classes that something is posted to and the chart does not have. */
export const chartFaults = (classes: AccountTotal[]): LedgerDifference[] =>
  classes
    .filter(({ account }) => chartEntry(account) === undefined)
    .map(({ account, currency, debitMinor, creditMinor }) => ({
      kind: 'chart',
      subject: account,
      currency,
      side: '',
      ledgerMinor: debitMinor - creditMinor,
      storedMinor: 0,
    }));

/** Where a total by the postings is not that of the checkpoint; a side that either does not know is nothing. */
export function checkpointFaults(
  rebuilt: AccountTotal | undefined,
  stored: AccountTotal | undefined,
): LedgerDifference[] {
  const known = rebuilt ?? stored;
  if (!known) return [];
  return (['debit', 'credit'] as const)
    .map((side) => ({ side, of: `${side}Minor` as const }))
    .filter(({ of }) => (rebuilt?.[of] ?? 0) !== (stored?.[of] ?? 0))
    .map(({ side, of }) => ({
      kind: 'checkpoint',
      subject: known.account,
      currency: known.currency,
      side,
      ledgerMinor: rebuilt?.[of] ?? 0,
      storedMinor: stored?.[of] ?? 0,
    }));
}
