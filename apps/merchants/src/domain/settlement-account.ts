import { invalid } from '@tidegate/errors';

/** What a payment file can carry. Source: ISO 20022 pain.001.001.09, Max34Text and IBAN2007Identifier. */
const LENGTH_MAX = 34;
const PRINTABLE = /^[\x21-\x7e]+$/;
/** Two letters of a country, two check digits, 11 to 30 of the account. Source: ISO 13616. */
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** What is wrong with an account that nobody can be paid to. */
export type AccountFault = 'missing' | 'too_long' | 'unprintable' | 'check_digits';

/** An account as payment systems know it, however it was typed: without spaces, an IBAN in capitals. */
export function plainAccount(typed: string): string {
  const account = typed.replace(/\s/g, '');
  return IBAN.test(account.toUpperCase()) ? account.toUpperCase() : account;
}

/** Whether a plain account has the shape of an IBAN. */
export const isIban = (account: string): boolean => IBAN.test(account);

/** Why a plain account cannot be paid to; null when it can. */
export function accountFault(account: string): AccountFault | null {
  if (account === '') return 'missing';
  if (account.length > LENGTH_MAX) return 'too_long';
  if (!PRINTABLE.test(account)) return 'unprintable';
  return isIban(account) && !hasCheckDigits(account) ? 'check_digits' : null;
}

/** @throws VALIDATION_FAILED unless it is empty, which a draft may be, or can be paid to */
export function requireAccount(typed: string): void {
  const fault = accountFault(plainAccount(typed));
  if (fault === null || fault === 'missing') return;
  throw invalid([{ field: 'merchant.settlementAccount', description: DESCRIPTIONS[fault] }]);
}

const DESCRIPTIONS: Record<Exclude<AccountFault, 'missing'>, string> = {
  too_long: `must have ${LENGTH_MAX} characters at most, without spaces`,
  unprintable: 'must be of Latin letters, digits and punctuation',
  check_digits: 'must be an IBAN whose check digits are right',
};

/** Source: ISO 7064, MOD 97-10: letters count from 10, the first four characters stand at the end. */
function hasCheckDigits(iban: string): boolean {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((character) => parseInt(character, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
