/** Why nothing can be done at a till, whatever it is. */
export const POINT_OF_SALE_REASONS = [
  'STORE_NOT_FOUND',
  'CLERK_NOT_FOUND',
  'STORE_CLOSED',
  'MERCHANT_NOT_ACTIVE',
] as const;

/** Why a benefit cannot be taken at a till. */
export const TILL_REASONS = [
  ...POINT_OF_SALE_REASONS,
  'CODE_INVALID',
  'CODE_STALE',
  'CODE_USED',
  'INSTANCE_NOT_AVAILABLE',
  'INSTANCE_EXPIRED',
  'NOT_FOR_TILLS',
  'ITEM_TWICE',
  'MERCHANT_NOT_IN_SCOPE',
  'STORE_NOT_IN_SCOPE',
  'REDEEM_NOT_YET',
  'REDEEM_WINDOW_CLOSED',
  'BELOW_THRESHOLD',
  'AMOUNT_NOT_AVAILABLE',
  'SALE_OVERDRAWN',
  'BUDGET_EXHAUSTED',
] as const;
