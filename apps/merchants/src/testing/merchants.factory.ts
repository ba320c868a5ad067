import { generateKeyPairSync } from 'node:crypto';
import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { Clerk, Merchant, Store } from '../domain/merchant';

export const aMerchant = (overrides: Partial<Merchant> = {}): Merchant => ({
  merchantId: 'noodle-bar',
  name: 'Noodle Bar',
  orgPath: 'hq/east',
  state: 'active',
  settlementAccount: '6222-0001',
  madeBy: 'staff-maker',
  reviewedBy: 'staff-head-office',
  ...overrides,
});

export const aStore = (overrides: Partial<Store> = {}): Store => ({
  storeId: 'noodle-bar-1',
  merchantId: 'noodle-bar',
  name: 'Noodle Bar, Nanjing Road',
  longitude: 121.475,
  latitude: 31.233,
  isOpen: true,
  openingHours: [],
  closedDates: [],
  circleId: '',
  outletPath: '',
  tillRadiusMeters: 0,
  ...overrides,
});

export const aClerk = (overrides: Partial<Clerk> = {}): Clerk => ({
  clerkId: 'li-wei',
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  name: 'Li Wei',
  isActive: true,
  ...overrides,
});

/** A redemption as the wallet tells it, without the customer's side. */
export type RedeemedAtMerchant = Omit<Redemption, 'instanceId' | 'stockId' | 'customerId'>;

/** Shared 60 : 40 between bank and merchant, to the minor unit. */
export function aRedemption(overrides: Partial<RedeemedAtMerchant> = {}): RedeemedAtMerchant {
  const redemption = {
    redemptionId: 'redemption-1',
    merchantId: 'noodle-bar',
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
    amountMinor: 1000,
    currency: 'CNY',
    redeemedAt: new Date('2026-11-21T04:00:00Z'),
    saleId: '',
    ...overrides,
  };
  const bankMinor = Math.floor(redemption.amountMinor * 0.6);
  return {
    ...redemption,
    shares: overrides.shares ?? [
      { funder: 'bank', partyId: 'hq', amountMinor: bankMinor },
      { funder: 'merchant', partyId: redemption.merchantId, amountMinor: redemption.amountMinor - bankMinor },
    ],
  };
}

export function ed25519Pem(): { publicKeyPem: string; privateKeyPem: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
