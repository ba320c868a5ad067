import { DomainError, refused } from '@tidegate/errors';
import type { Merchant, MerchantState } from './merchant';
import { accountFault, plainAccount, requireAccount } from './settlement-account';

/** What may become of a merchant 商户准入. */
export type MerchantMove = 'review' | 'activate' | 'suspend';

/** Every allowed move: from which states, and to which. */
const MOVES: Record<MerchantMove, { from: readonly MerchantState[]; to: MerchantState; needsOther: boolean }> = {
  review: { from: ['draft'], to: 'reviewed', needsOther: true },
  activate: { from: ['reviewed', 'suspended'], to: 'active', needsOther: true },
  // Stopping harm waits for nobody.
  suspend: { from: ['active'], to: 'suspended', needsOther: false },
};

/** One line of a merchant's history. */
export interface MerchantChange {
  merchantId: string;
  move: MerchantMove | 'put';
  /** Empty for the first. */
  fromState: MerchantState | '';
  toState: MerchantState;
  actorId: string;
  comment: string;
  changedAt: Date;
}

/** What a maker may write. */
export type MerchantTerms = Pick<Merchant, 'merchantId' | 'name' | 'orgPath' | 'settlementAccount'>;

/**
 * A merchant as it stands after it was written. Who is paid and whose it is are reviewed: a change of either makes a draft
 * again; a mere name does not.
 * @throws VALIDATION_FAILED when nobody can be paid to a new account, MERCHANT_CHANGE_NEEDS_REVIEW when it is active: it would redeem under terms that nobody reviewed, so it is suspended first
 */
export function putMerchant(terms: MerchantTerms, existing: Merchant | null, actorId: string): Merchant {
  if (existing?.settlementAccount !== terms.settlementAccount) requireAccount(terms.settlementAccount);
  if (!existing) return { ...terms, state: 'draft', madeBy: actorId, reviewedBy: '' };
  const isReviewedAnew =
    existing.settlementAccount !== terms.settlementAccount ||
    existing.orgPath !== terms.orgPath ||
    isOpenDraft(existing);
  if (!isReviewedAnew) return { ...existing, ...terms };
  if (existing.state === 'active') {
    throw refused('MERCHANT_CHANGE_NEEDS_REVIEW', 'Suspend the merchant, change it, and have it reviewed again.');
  }
  return { ...terms, state: 'draft', madeBy: actorId, reviewedBy: '' };
}

/** Who is paid and whose it is, as a reviewer saw them; what is left out was not looked at. */
export type ReviewedTerms = Partial<Pick<Merchant, 'settlementAccount' | 'orgPath'>>;

/**
 * What was changed since it was looked at is looked at again.
 * @throws MERCHANT_CHANGED
 */
export function requireAsSeen(merchant: Merchant, { settlementAccount, orgPath }: ReviewedTerms): void {
  const isSame =
    (settlementAccount ?? merchant.settlementAccount) === merchant.settlementAccount &&
    (orgPath ?? merchant.orgPath) === merchant.orgPath;
  if (!isSame) throw refused('MERCHANT_CHANGED', 'The merchant has been changed since it was looked at: look again.');
}

/**
 * @throws MERCHANT_MOVE_NOT_ALLOWED, REVIEWER_IS_MAKER when who wrote it would pass it, MERCHANT_INCOMPLETE when it has no account
 * that can be paid to
 */
export function moveMerchant(merchant: Merchant, move: MerchantMove, actorId: string): Merchant {
  const { from, to, needsOther } = MOVES[move];
  if (!from.includes(merchant.state)) {
    throw refused('MERCHANT_MOVE_NOT_ALLOWED', `A merchant that is ${merchant.state} cannot be moved so.`, {
      state: merchant.state,
      move,
    });
  }
  if (needsOther && merchant.madeBy === actorId) {
    throw new DomainError({
      code: 'PERMISSION_DENIED',
      reason: 'REVIEWER_IS_MAKER',
      message: 'Another person than its maker must do this.',
    });
  }
  if (move === 'review' && accountFault(plainAccount(merchant.settlementAccount)) !== null) {
    const metadata = { missing: 'settlementAccount' };
    throw refused('MERCHANT_INCOMPLETE', 'The merchant has no settlement account that can be paid to.', metadata);
  }
  return { ...merchant, state: to, ...(move === 'review' && { reviewedBy: actorId }) };
}

const isOpenDraft = ({ state }: Merchant): boolean => state === 'draft' || state === 'reviewed';
