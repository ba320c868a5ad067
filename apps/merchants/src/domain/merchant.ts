import { notFound, refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import { isWithinHours, requireHours, type LocalMoment, type OpeningHours } from './opening-hours';

export const MERCHANT_STATES = ['draft', 'reviewed', 'active', 'suspended'] as const;
export type MerchantState = (typeof MERCHANT_STATES)[number];

export interface Merchant {
  merchantId: string;
  name: string;
  /** The organisation that acquired it; who may see it follows from this path. */
  orgPath: string;
  state: MerchantState;
  settlementAccount: string;
  /** Who wrote what is to be reviewed. */
  madeBy: string;
  /** Who reviewed it; empty before. */
  reviewedBy: string;
}

export interface Store {
  storeId: string;
  merchantId: string;
  name: string;
  /** WGS 84 degrees. */
  longitude: number;
  latitude: number;
  /** False: shut until further notice, whatever the hours say. */
  isOpen: boolean;
  /** None: open around the clock. */
  openingHours: OpeningHours[];
  /** ISO dates on which it does not open. */
  closedDates: string[];
  /** The circle of merchants it is counted in; empty for none. */
  circleId: string;
  /** The outlet that looks after it; empty: its merchant's organisation. */
  outletPath: string;
  /** How far its tills may be, which then have to say where they are; 0: they need not say it. */
  tillRadiusMeters: number;
}

export interface Clerk {
  clerkId: string;
  merchantId: string;
  storeId: string;
  name: string;
  isActive: boolean;
}

/** @throws MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE when it was not reviewed and activated yet */
export function requireActive(merchant: Merchant): void {
  if (merchant.state === 'suspended') throw refused('MERCHANT_SUSPENDED', 'The merchant is suspended.');
  if (merchant.state !== 'active') throw refused('MERCHANT_NOT_ACTIVE', 'The merchant is not active yet.');
}

/**
 * A store or clerk keeps its merchant for life: moving it would move its past redemptions too.
 * @throws STORE_OF_OTHER_MERCHANT, OUTLET_NOT_OF_MERCHANT, VALIDATION_FAILED when its hours overlap or end before they begin
 */
export function placeStore(store: Store, existing: Store | null, merchant: Pick<Merchant, 'orgPath'>): Store {
  requireHours(store.openingHours);
  requireOwnOutlets([store], merchant);
  if (existing && existing.merchantId !== store.merchantId) {
    throw refused('STORE_OF_OTHER_MERCHANT', 'This store id belongs to another merchant.');
  }
  return store;
}

/**
 * Each store is looked after by an outlet of its merchant's organisation, also when he changes that.
 * @throws OUTLET_NOT_OF_MERCHANT (metadata.storeId)
 */
export function requireOwnOutlets(
  stores: readonly Pick<Store, 'storeId' | 'outletPath'>[],
  { orgPath }: Pick<Merchant, 'orgPath'>,
): void {
  const foreign = stores.find(({ outletPath }) => outletPath !== '' && !isAtOrBelow(outletPath, orgPath));
  if (!foreign) return;
  const message = 'The outlet is not one of the organisation that acquired the merchant.';
  throw refused('OUTLET_NOT_OF_MERCHANT', message, { storeId: foreign.storeId });
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
 * The store, when a clerk may take benefits there at a moment.
 * @throws MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE, STORE_NOT_FOUND, STORE_CLOSED, CLERK_NOT_FOUND, CLERK_INACTIVE
 */
export function requirePointOfSale({ merchant, store, clerk }: PointOfSale, moment: LocalMoment): Store {
  if (!merchant) throw merchantNotFound();
  requireActive(merchant);
  if (store?.merchantId !== merchant.merchantId) throw storeNotFound();
  if (!store.isOpen || !isWithinHours(store, moment)) throw refused('STORE_CLOSED', 'The store is closed.');
  if (clerk?.merchantId !== merchant.merchantId || clerk.storeId !== store.storeId) {
    throw notFound('CLERK_NOT_FOUND', 'No such clerk at this store.');
  }
  if (!clerk.isActive) throw refused('CLERK_INACTIVE', 'The clerk is not active.');
  return store;
}

/** The outlet that a sale at a store belongs to; empty for what does not exist. */
export const outletOf = ({ merchant, store }: Pick<PointOfSale, 'merchant' | 'store'>): string =>
  store?.outletPath || (merchant?.orgPath ?? '');

export const merchantNotFound = () => notFound('MERCHANT_NOT_FOUND', 'No such merchant.');
export const storeNotFound = () => notFound('STORE_NOT_FOUND', 'No such store of this merchant.');
