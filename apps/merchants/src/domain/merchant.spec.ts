import { aClerk, aMerchant, aStore } from '../testing/merchants.factory';
import { outletOf, placeClerk, placeStore, requireOwnOutlets, requirePointOfSale, type PointOfSale } from './merchant';

const noon = { date: '2026-11-23', minute: 720 };
const open: PointOfSale = { merchant: aMerchant(), store: aStore(), clerk: aClerk() };

describe('point of sale', () => {
  it('lets an active clerk of an open store take benefits', () => {
    expect(() => requirePointOfSale(open, noon)).not.toThrow();
  });

  it.each<[string, Partial<PointOfSale>]>([
    ['MERCHANT_NOT_FOUND', { merchant: null }],
    ['MERCHANT_SUSPENDED', { merchant: aMerchant({ state: 'suspended' }) }],
    ['MERCHANT_NOT_ACTIVE', { merchant: aMerchant({ state: 'reviewed' }) }],
    ['STORE_NOT_FOUND', { store: null }],
    ['STORE_NOT_FOUND', { store: aStore({ merchantId: 'tea-house' }) }],
    ['STORE_CLOSED', { store: aStore({ isOpen: false }) }],
    ['STORE_CLOSED', { store: aStore({ openingHours: [{ weekday: 1, opensMinute: 721, closesMinute: 722 }] }) }],
    ['STORE_CLOSED', { store: aStore({ closedDates: ['2026-11-23'] }) }],
    ['CLERK_NOT_FOUND', { clerk: null }],
    ['CLERK_NOT_FOUND', { clerk: aClerk({ storeId: 'noodle-bar-2' }) }],
    ['CLERK_NOT_FOUND', { clerk: aClerk({ merchantId: 'tea-house' }) }],
    ['CLERK_INACTIVE', { clerk: aClerk({ isActive: false }) }],
  ])('answers %s to %p', (reason, change) => {
    expect(() => requirePointOfSale({ ...open, ...change }, noon)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('placing', () => {
  it('keeps a store with its merchant', () => {
    expect(placeStore(aStore({ name: 'New' }), aStore(), aMerchant()).name).toBe('New');
    expect(() => placeStore(aStore({ merchantId: 'tea-house' }), aStore(), aMerchant())).toThrow(
      expect.objectContaining({ reason: 'STORE_OF_OTHER_MERCHANT' }),
    );
  });

  it('gives a store an outlet of the organisation that acquired its merchant, or none of its own', () => {
    const at = (outletPath: string) => placeStore(aStore({ outletPath }), null, aMerchant({ orgPath: 'hq/east' }));
    for (const outletPath of ['', 'hq/east', 'hq/east/river/outlet-1'])
      expect(at(outletPath)).toMatchObject({ outletPath });
    for (const outletPath of ['hq', 'hq/west', 'hq/eastern']) {
      expect(() => at(outletPath)).toThrow(expect.objectContaining({ reason: 'OUTLET_NOT_OF_MERCHANT' }));
    }
    expect(outletOf({ merchant: aMerchant(), store: aStore({ outletPath: 'hq/east/river' }) })).toBe('hq/east/river');
    expect(outletOf({ merchant: aMerchant(), store: aStore() })).toBe('hq/east');
    expect(outletOf({ merchant: null, store: null })).toBe('');
  });

  it('leaves no store of a merchant who changes his organisation at an outlet of the old one', () => {
    const stores = [aStore(), aStore({ storeId: 'river', outletPath: 'hq/east/river' })];
    for (const orgPath of ['hq', 'hq/east', 'hq/east/river']) {
      expect(() => requireOwnOutlets(stores, { orgPath })).not.toThrow();
    }
    for (const orgPath of ['hq/west', 'hq/east/river/outlet-1', 'hq/east/riv']) {
      expect(() => requireOwnOutlets(stores, { orgPath })).toThrow(
        expect.objectContaining({ reason: 'OUTLET_NOT_OF_MERCHANT', metadata: { storeId: 'river' } }),
      );
    }
  });

  it('lets a clerk change stores within the merchant only', () => {
    const moved = aClerk({ storeId: 'noodle-bar-2' });
    expect(placeClerk(moved, aClerk(), aStore({ storeId: 'noodle-bar-2' }))).toEqual(moved);
    expect(() => placeClerk(moved, null, null)).toThrow(expect.objectContaining({ reason: 'STORE_NOT_FOUND' }));
    expect(() => placeClerk(moved, null, aStore({ merchantId: 'tea-house' }))).toThrow(
      expect.objectContaining({ reason: 'STORE_NOT_FOUND' }),
    );
    expect(() => placeClerk(aClerk(), aClerk({ merchantId: 'tea-house' }), aStore())).toThrow(
      expect.objectContaining({ reason: 'CLERK_OF_OTHER_MERCHANT' }),
    );
  });
});
