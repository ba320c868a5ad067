const HOUR_MS = 3_600_000;

/** What an administrator sends to set up a stock that anybody may claim from now. */
export const stockBody = (stockId: string, overrides: object = {}): object => ({
  stockId,
  name: `Stock ${stockId}`,
  kind: 'red_packet',
  faceValueMinor: 800,
  currency: 'CNY',
  totalLimit: 100,
  perCustomerLimit: 1,
  claimStartsAt: new Date(Date.now() - HOUR_MS).toISOString(),
  claimEndsAt: new Date(Date.now() + HOUR_MS).toISOString(),
  validForSeconds: 24 * 3_600,
  costShares: [{ funder: 'bank', partyId: ownerOf(overrides), basisPoints: 10_000 }],
  orgPath: 'hq',
  timeZone: 'Asia/Shanghai',
  ...overrides,
});

const ownerOf = ({ orgPath = 'hq' }: { orgPath?: string }): string => orgPath;
