import { Inject, Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize, pageTokenInvalid, tokenNumber } from '@tidegate/mongo';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import { localMoment } from '../../../domain/local-time';
import { outletOf, type Merchant, type Store } from '../../../domain/merchant';
import { isWithinHours } from '../../../domain/opening-hours';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { isOnAt, type Activity } from '../../domain/activity';
import { collectPage, type CollectedPage, type Near, type NearbyPosition } from '../../domain/nearby';
import type { NearbyInput, NearbyStoresInput } from '../../nearby.request';
import { NearbyRepository } from '../../repositories/nearby.repository';

const RADIUS_METERS_DEFAULT = 3_000;
const PAGE = { max: 100, fallback: 20 };

export interface NearbyStore {
  store: Store;
  merchantName: string;
  distanceMeters: number;
  isOpenNow: boolean;
}

export interface NearbyActivity {
  activity: Activity;
  distanceMeters: number;
  isOpenNow: boolean;
}

/** What is near a place, nearest first. */
@Injectable()
export class FindNearbyUseCase {
  constructor(
    private readonly nearby: NearbyRepository,
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** @throws PAGE_TOKEN_INVALID */
  async stores(input: NearbyStoresInput): Promise<{ stores: NearbyStore[]; nextPageToken: string }> {
    const { start, limit, search } = searchOf(input);
    const { items, next } = await collectPage<Store, NearbyStore>(
      start,
      limit,
      (after, count) => this.nearby.listStores({ ...search, after, limit: count }, input),
      {
        positionOf: ({ storeId, distanceMeters }) => ({ id: storeId, distanceMeters }),
        keep: (found) => this.keepStores(found, input),
      },
    );
    return { stores: items, nextPageToken: tokenOf(next) };
  }

  /** @throws PAGE_TOKEN_INVALID */
  async activities(input: NearbyInput): Promise<{ activities: NearbyActivity[]; nextPageToken: string }> {
    const { start, limit, search } = searchOf(input);
    const now = this.clock.now();
    const moment = localMoment(now, this.config.timeZone);
    const page: CollectedPage<NearbyActivity> = await collectPage<Activity, NearbyActivity>(
      start,
      limit,
      (after, count) => this.nearby.listActivities({ ...search, after, limit: count }, now),
      {
        positionOf: ({ activityId, distanceMeters }) => ({ id: activityId, distanceMeters }),
        keep: async (found) => {
          const shown = await this.shownStores(found.flatMap(({ storeId }) => storeId || []));
          return found.map(({ distanceMeters, ...activity }) => {
            const isOpenNow = isOnAt(activity, now, moment);
            if (activity.storeId !== '' && !shown.has(activity.storeId)) return null;
            if (input.isOpenNow && !isOpenNow) return null;
            return { activity, distanceMeters: Math.round(distanceMeters), isOpenNow };
          });
        },
      },
    );
    return { activities: page.items, nextPageToken: tokenOf(page.next) };
  }

  /** Stores of merchants that are active, a suspended one is not shown, and of the outlets that are asked for. */
  private async keepStores(
    found: Near<Store>[],
    { isOpenNow: mustBeOpen, outletPaths }: NearbyStoresInput,
  ): Promise<(NearbyStore | null)[]> {
    const moment = localMoment(this.clock.now(), this.config.timeZone);
    const merchants = await this.activeMerchants(found);
    return found.map(({ distanceMeters, ...store }) => {
      const merchant = merchants.get(store.merchantId);
      const isOpenNow = isWithinHours(store, moment);
      if (!merchant || (mustBeOpen && !isOpenNow)) return null;
      if (!isOfOutlet(outletOf({ merchant, store }), outletPaths)) return null;
      return { store, merchantName: merchant.name, distanceMeters: Math.round(distanceMeters), isOpenNow };
    });
  }

  /** Of these stores, those that a customer is shown: not shut until further notice, of an active merchant. */
  private async shownStores(storeIds: string[]): Promise<Set<string>> {
    const stores = (await this.merchants.findStores([...new Set(storeIds)])).filter(({ isOpen }) => isOpen);
    const merchants = await this.activeMerchants(stores);
    return new Set(stores.flatMap(({ storeId, merchantId }) => (merchants.has(merchantId) ? storeId : [])));
  }

  private async activeMerchants(stores: readonly Store[]): Promise<Map<string, Merchant>> {
    const merchants = await this.merchants.findMerchants([...new Set(stores.map(({ merchantId }) => merchantId))]);
    return new Map([...merchants].filter(([, { state }]) => state === 'active'));
  }
}

function searchOf({ longitude, latitude, radiusMeters, ...page }: NearbyInput) {
  const token = decodePageToken(page.pageToken);
  const start = token ? positionOf(token) : null;
  const search = { from: { longitude, latitude }, radiusMeters: radiusMeters || RADIUS_METERS_DEFAULT };
  return { start, limit: pageSize(page.pageSize, PAGE), search };
}

const isOfOutlet = (outletPath: string, paths: readonly string[]): boolean =>
  paths.length === 0 || paths.some((path) => isAtOrBelow(outletPath, path));

function positionOf([distance, id]: string[]): NearbyPosition {
  if (!id) throw pageTokenInvalid();
  return { distanceMeters: tokenNumber(distance), id };
}

const tokenOf = (next: NearbyPosition | null): string =>
  next ? encodePageToken([String(next.distanceMeters), next.id]) : '';
