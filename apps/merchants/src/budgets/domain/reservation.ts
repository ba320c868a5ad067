import { DomainError } from '@tidegate/errors';
import { budgetIdOf, concerns, giveBack, takePart, type Budget, type BudgetPart } from './budget';

/** What became of the part that a hold takes of the budgets it falls under. */
export type ReservationState = 'refused' | 'reserved' | 'charged' | 'released';

/** The part of the budgets that one hold at a till takes. */
export interface Reservation {
  holdId: string;
  merchantId: string;
  storeId: string;
  /** Benefits of the sale. */
  count: number;
  amountMinor: number;
  currency: string;
  /** The budgets that it takes its part of: those there were then. */
  budgetIds: string[];
  day: string;
  state: ReservationState;
  /** Why it was refused: a repeat is refused alike. */
  refusal: { reason: string; message: string; metadata: Record<string, string> } | null;
  reservedAt: Date;
  /** When the wallet lets the hold go. */
  heldUntil: Date;
  /** Of a charged one; none before. */
  redemptions: ChargedRedemption[];
  /** Of one that is not charged: redemptions of its sale whose reversal was heard of before. */
  reversedIds: string[];
}

/** One redemption of a committed hold, as far as budgets care. */
export interface ChargedRedemption {
  redemptionId: string;
  amountMinor: number;
  isReversed: boolean;
}

/** What a hold asks for. */
export type ReservationRequest = Pick<
  Reservation,
  'holdId' | 'merchantId' | 'storeId' | 'count' | 'amountMinor' | 'currency' | 'day' | 'reservedAt' | 'heldUntil'
>;

export type Budgets = ReadonlyMap<string, Budget>;

/** A reservation and the budgets it changed. */
export interface Settlement {
  reservation: Reservation;
  budgets: Budget[];
}

/** The budgets that a sale at a store falls under: the merchant's and the store's. */
export const budgetIdsOf = ({ merchantId, storeId }: { merchantId: string; storeId: string }): string[] => [
  budgetIdOf({ merchantId, storeId: '' }),
  budgetIdOf({ merchantId, storeId }),
];

/** Takes a hold's part of every budget it falls under, or of none; a refusal is remembered with its hold. */
export function reserve(request: ReservationRequest, existing: Reservation | null, budgets: Budgets): Settlement {
  if (existing) return { reservation: existing, budgets: [] };
  const concerned = found(budgetIdsOf(request), budgets).filter((budget) => concerns(budget, request));
  const open = { ...request, budgetIds: concerned.map(budgetIdOf), refusal: null, redemptions: [], reversedIds: [] };
  try {
    const taken = concerned.map((budget) => takePart(budget, partOf(request), request.currency));
    return { reservation: { ...open, state: 'reserved' }, budgets: taken };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { reason, message, metadata = {} } = error;
    return { reservation: { ...open, state: 'refused', refusal: { reason, message, metadata } }, budgets: [] };
  }
}

/** The hold was committed, at an amount that may differ from the reserved one; what is known to be reversed takes no part. */
export function charge(
  reservation: Reservation,
  redeemed: readonly { redemptionId: string; amountMinor: number }[],
  budgets: Budgets,
): Settlement {
  if (reservation.state === 'charged') return { reservation, budgets: [] };
  const { reversedIds } = reservation;
  const redemptions = redeemed.map((each) => ({ ...each, isReversed: reversedIds.includes(each.redemptionId) }));
  const charged: Reservation = {
    ...reservation,
    state: 'charged',
    count: redemptions.length,
    amountMinor: amountOf(redemptions),
    redemptions,
  };
  const kept = redemptions.filter(({ isReversed }) => !isReversed);
  // A hold that was taken for lost and was committed after all takes its part again.
  const before = reservation.state === 'reserved' ? reservation : { count: 0, amountMinor: 0 };
  const difference = {
    count: before.count - kept.length,
    amountMinor: before.amountMinor - amountOf(kept),
    day: reservation.day,
  };
  return { reservation: charged, budgets: owned(reservation, budgets).map((budget) => giveBack(budget, difference)) };
}

/** The hold was voided or timed out: its part comes back. */
export function release(reservation: Reservation, budgets: Budgets): Settlement {
  if (reservation.state !== 'reserved') return { reservation, budgets: [] };
  const back = owned(reservation, budgets).map((budget) => giveBack(budget, partOf(reservation)));
  return { reservation: { ...reservation, state: 'released' }, budgets: back };
}

/**
 * A redemption of the sale was reversed: its part comes back, once. When it is not charged yet, that is remembered for the charge.
 */
export function reverse(reservation: Reservation, redemptionId: string, budgets: Budgets): Settlement {
  if (reservation.state !== 'charged') {
    const reversedIds = [...new Set([...reservation.reversedIds, redemptionId])];
    return { reservation: { ...reservation, reversedIds }, budgets: [] };
  }
  const reversed = reservation.redemptions.find((each) => each.redemptionId === redemptionId && !each.isReversed);
  if (!reversed) return { reservation, budgets: [] };
  const back = { count: 1, amountMinor: reversed.amountMinor, day: reservation.day };
  const redemptions = reservation.redemptions.map((each) => (each === reversed ? { ...each, isReversed: true } : each));
  return {
    reservation: { ...reservation, redemptions },
    budgets: owned(reservation, budgets).map((budget) => giveBack(budget, back)),
  };
}

/** The refusal that the reservation remembers, as it was thrown. */
export function refusalOf({ refusal }: Reservation): DomainError | null {
  return refusal && new DomainError({ code: 'FAILED_PRECONDITION', ...refusal });
}

const amountOf = (redeemed: readonly { amountMinor: number }[]): number =>
  redeemed.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

const partOf = ({ count, amountMinor, day }: BudgetPart): BudgetPart => ({ count, amountMinor, day });

const found = (budgetIds: readonly string[], budgets: Budgets): Budget[] =>
  budgetIds.flatMap((id) => budgets.get(id) ?? []);

/** Those that it takes its part of; one whose currency changed since, when nothing of it was used, has none of it. */
const owned = ({ budgetIds, currency }: Reservation, budgets: Budgets): Budget[] =>
  found(budgetIds, budgets).filter((budget) => currency === '' || budget.currency === currency);
