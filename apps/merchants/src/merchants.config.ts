import { readBankCalendar, type BankCalendar } from '@tidegate/bank-calendar';
import { accountFault, plainAccount } from './domain/settlement-account';

/** What can be set for this service from outside. */
export interface MerchantsConfig {
  /** IANA zone of the bank's calendar; a business day is a day there. */
  timeZone: string;
  /** On which days it works: settlement's business days follow. */
  calendar: BankCalendar;
  /** Who pays merchants: the bank's own account, as the pay-out file names it. */
  debtor: { name: string; account: string; bic: string };
  /** How often unsettled days and unfinished postings are looked for; 0 leaves settlement to RunSettlement. */
  settlementEveryMs: number;
}

export const MERCHANTS_CONFIG = Symbol('MERCHANTS_CONFIG');

const MINUTE_MS = 60_000;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;

/** @throws Error naming the variable that is malformed */
export function readConfig(env: NodeJS.ProcessEnv = process.env): MerchantsConfig {
  const timeZone = env.BANK_TIME_ZONE || 'Asia/Shanghai';
  const minutes = Number(env.SETTLEMENT_EVERY_MINUTES ?? 10);
  if (!isTimeZone(timeZone)) throw new Error(`BANK_TIME_ZONE is not an IANA time zone: ${timeZone}`);
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > 1440) {
    throw new Error('SETTLEMENT_EVERY_MINUTES must be a whole number from 0 to 1440');
  }
  const debtor = {
    name: env.BANK_NAME || 'Tidegate Bank',
    account: plainAccount(env.BANK_SETTLEMENT_ACCOUNT || 'SETTLEMENT'),
    bic: env.BANK_BIC || '',
  };
  if (debtor.bic !== '' && !BIC.test(debtor.bic)) throw new Error('BANK_BIC is not a BIC of 8 or 11 characters');
  if (accountFault(debtor.account) !== null) {
    throw new Error('BANK_SETTLEMENT_ACCOUNT is no account of up to 34 characters, or an IBAN with wrong check digits');
  }
  return { timeZone, calendar: readBankCalendar(env), debtor, settlementEveryMs: minutes * MINUTE_MS };
}

const isTimeZone = (name: string): boolean => succeeds(() => new Intl.DateTimeFormat('en', { timeZone: name }));

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
