import type { Stock } from '../domain/stock';

/** A red packet of 8.00 for everybody, one each, open for a day around 2026-03-02. */
export const aStock = (overrides: Partial<Stock> = {}): Stock => ({
  stockId: 'spring-red-packet',
  name: 'Spring red packet 春日红包',
  kind: 'red_packet',
  faceValueMinor: 800,
  currency: 'CNY',
  thresholdMinor: 0,
  totalLimit: 300,
  dailyLimit: 0,
  perCustomerLimit: 1,
  claimStartsAt: new Date('2026-03-01T00:00:00Z'),
  claimEndsAt: new Date('2026-03-08T00:00:00Z'),
  validForSeconds: 7 * 24 * 3600,
  isTransferable: true,
  merchantIds: [],
  costShares: [
    { funder: 'bank', partyId: 'hq', basisPoints: 7_000 },
    { funder: 'merchant', partyId: '', basisPoints: 3_000 },
  ],
  orgPath: 'hq',
  timeZone: 'Asia/Shanghai',
  state: 'open',
  createdAt: new Date('2026-02-28T00:00:00Z'),
  ...overrides,
});
