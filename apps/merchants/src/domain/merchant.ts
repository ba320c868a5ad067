import { notFound, refused } from '@tidegate/errors';

export const MERCHANT_STATES = ['active', 'suspended'] as const;
export type MerchantState = (typeof MERCHANT_STATES)[number];

export interface Merchant {
  merchantId: string;
  name: string;
  /** The organisation that acquired it; who may see it follows from this path. */
  orgPath: string;
  state: MerchantState;
  settlementAccount: string;
}

export interface Store {
  storeId: string;
  merchantId: string;
  name: string;
  /** WGS 84 degrees. */
  longitude: number;
  latitude: number;
  isOpen: boolean;
}

export interface Clerk {
  clerkId: string;
  merchantId: string;
  storeId: string;
  name: string;
  isActive: boolean;
}

/** @throws MERCHANT_SUSPENDED */
export function requireActive(merchant: Merchant): void {
  if (merchant.state !== 'active') throw refused('MERCHANT_SUSPENDED', 'The merchant is suspended.');
}

/**
 * A store or clerk keeps its merchant for life: moving it would move its past redemptions too.
 * @throws STORE_OF_OTHER_MERCHANT
 */
export function placeStore(store: Store, existing: Store | null): Store {
  if (existing && existing.merchantId !== store.merchantId) {
    throw refused('STORE_OF_OTHER_MERCHANT', 'This store id belongs to another merchant.');
  }
  return store;
}

/**
 * A clerk may move between the stores of one merchant.
 * @throws STORE_NOT_FOUND when the store is not the merchant's, CLERK_OF_OTHER_MERCHANT
 */
export function placeClerk(clerk: Clerk, existing: Clerk | null, store: Store | null): Clerk {
  if (store?.merchantId !== clerk.merchantId) throw storeNotFound();
  if (existing && existing.merchantId !== clerk.merchantId) {
    throw refused('CLERK_OF_OTHER_MERCHANT', 'This clerk id belongs to another merchant.');
  }
  return clerk;
}

/** Who redeems where, as loaded; null for what does not exist. */
export interface PointOfSale {
  merchant: Merchant | null;
  store: Store | null;
  clerk: Clerk | null;
}

/**
 * Says whether a clerk may take benefits at a store now.
 * @throws MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED, STORE_NOT_FOUND, STORE_CLOSED, CLERK_NOT_FOUND, CLERK_INACTIVE
 */
export function requirePointOfSale({ merchant, store, clerk }: PointOfSale): void {
  if (!merchant) throw merchantNotFound();
  requireActive(merchant);
  if (store?.merchantId !== merchant.merchantId) throw storeNotFound();
  if (!store.isOpen) throw refused('STORE_CLOSED', 'The store is closed.');
  if (clerk?.merchantId !== merchant.merchantId || clerk.storeId !== store.storeId) {
    throw notFound('CLERK_NOT_FOUND', 'No such clerk at this store.');
  }
  if (!clerk.isActive) throw refused('CLERK_INACTIVE', 'The clerk is not active.');
}

export const merchantNotFound = () => notFound('MERCHANT_NOT_FOUND', 'No such merchant.');
export const storeNotFound = () => notFound('STORE_NOT_FOUND', 'No such store of this merchant.');
