/** Why a benefit cannot be taken at a till. */
export const TILL_REASONS = [
  'STORE_NOT_FOUND',
  'CLERK_NOT_FOUND',
  'STORE_CLOSED',
  'CODE_INVALID',
  'CODE_STALE',
  'CODE_USED',
  'INSTANCE_NOT_AVAILABLE',
  'INSTANCE_EXPIRED',
  'MERCHANT_NOT_IN_SCOPE',
  'BELOW_THRESHOLD',
] as const;
