import type { Side } from '../../domain/ledger';

/** A class of accounts 会计科目; an account is `<class>:<owner>`. */
export interface AccountClass {
  name: string;
  /** The Chinese business term. */
  term: string;
  /** The side that makes a balance grow. */
  normalSide: Side;
  /** Whose id follows the colon. */
  owner: 'organisation' | 'customer' | 'merchant' | 'funder';
}

/**
 * The chart of accounts. Customers' accounts are many with few postings each; all others are few, may have millions, and their
 * balances are kept at checkpoints.
 */
export const CHART: readonly AccountClass[] = [
  { name: 'funder', term: '权益承诺', normalSide: 'debit', owner: 'organisation' },
  { name: 'customer', term: '客户可用权益', normalSide: 'credit', owner: 'customer' },
  { name: 'held', term: '客户预占权益', normalSide: 'credit', owner: 'customer' },
  { name: 'on_way', term: '客户在途权益', normalSide: 'credit', owner: 'customer' },
  { name: 'payable', term: '应付商户结算款', normalSide: 'credit', owner: 'merchant' },
  { name: 'paid_out', term: '已付商户结算款', normalSide: 'credit', owner: 'merchant' },
  { name: 'cost_bank', term: '银行核销成本', normalSide: 'debit', owner: 'funder' },
  { name: 'cost_merchant', term: '商户核销成本', normalSide: 'debit', owner: 'funder' },
  { name: 'cost_third_party', term: '第三方核销成本', normalSide: 'debit', owner: 'funder' },
  { name: 'points_issued', term: '已发积分', normalSide: 'debit', owner: 'organisation' },
  { name: 'points', term: '客户积分', normalSide: 'credit', owner: 'customer' },
];

/** The class of an account: what stands before the colon. */
export const classOf = (account: string): string => account.split(':', 1)[0] ?? '';

const ownedByCustomers = new Set(CHART.filter(({ owner }) => owner === 'customer').map(({ name }) => name));

/** Whether an account is the bank's own, whose balance is kept at checkpoints. */
export const isHouseAccount = (account: string): boolean => !ownedByCustomers.has(classOf(account));
