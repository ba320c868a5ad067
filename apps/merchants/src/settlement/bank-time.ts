/** Where and when the bank works; given to those who reckon with business days. */
export const BANK_TIME = Symbol('BANK_TIME');
