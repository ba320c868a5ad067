import type { Side } from '../../domain/ledger';

/** A class of accounts 会计科目; an account is `<class>:<owner>`. */
export interface AccountClass {
  name: string;
  /** The Chinese business term. */
  term: string;
  /** The side that makes a balance grow. */
  normalSide: Side;
  /** Whose id follows the colon. */
  owner: 'organisation' | 'customer' | 'merchant' | 'funder' | 'provider';
}

/**
 * The chart of accounts. Customers' accounts are many with few postings each; all others are few, may have millions, and their
 * balances are kept at checkpoints.
 */
export const CHART: readonly AccountClass[] = [
  { name: 'budget_bank', term: '银行权益预算', normalSide: 'debit', owner: 'funder' },
  { name: 'budget_merchant', term: '商户权益预算', normalSide: 'debit', owner: 'funder' },
  { name: 'budget_third_party', term: '第三方权益预算', normalSide: 'debit', owner: 'funder' },
  { name: 'expired_bank', term: '银行权益过期', normalSide: 'credit', owner: 'funder' },
  { name: 'expired_merchant', term: '商户权益过期', normalSide: 'credit', owner: 'funder' },
  { name: 'expired_third_party', term: '第三方权益过期', normalSide: 'credit', owner: 'funder' },
  { name: 'customer', term: '客户可用权益', normalSide: 'credit', owner: 'customer' },
  { name: 'held', term: '客户预占权益', normalSide: 'credit', owner: 'customer' },
  { name: 'on_way', term: '客户在途权益', normalSide: 'credit', owner: 'customer' },
  { name: 'payable', term: '应付商户结算款', normalSide: 'credit', owner: 'merchant' },
  { name: 'paid_out', term: '已付商户结算款', normalSide: 'credit', owner: 'merchant' },
  { name: 'codes_shown', term: '第三方券码已出示', normalSide: 'credit', owner: 'provider' },
  { name: 'cost_bank', term: '银行核销成本', normalSide: 'debit', owner: 'funder' },
  { name: 'cost_merchant', term: '商户核销成本', normalSide: 'debit', owner: 'funder' },
  { name: 'cost_third_party', term: '第三方核销成本', normalSide: 'debit', owner: 'funder' },
  { name: 'subsidy', term: '商户反馈补贴', normalSide: 'debit', owner: 'organisation' },
  { name: 'feedback_income', term: '商户反馈收入', normalSide: 'credit', owner: 'organisation' },
  { name: 'points_issued', term: '已发积分', normalSide: 'debit', owner: 'organisation' },
  { name: 'points', term: '客户积分', normalSide: 'credit', owner: 'customer' },
];

const byName = new Map(CHART.map((each) => [each.name, each]));

/** The class of an account: what stands before the colon. */
export const classOf = (account: string): string => account.split(':', 1)[0] ?? '';

/** What the chart says of an account or class; undefined for what it does not have. */
export const chartEntry = (account: string): AccountClass | undefined => byName.get(classOf(account));

/** Whether an account is the bank's own, whose balance is kept at checkpoints. */
export const isHouseAccount = (account: string): boolean => chartEntry(account)?.owner !== 'customer';
