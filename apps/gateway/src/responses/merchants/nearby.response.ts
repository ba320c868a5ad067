import type * as rpc from '@tidegate/contracts/merchants/v1/nearby';
import { shown } from '../../http/shown';
import { OpeningHours, Store } from './store.response';

export class NearbyStore implements rpc.NearbyStore {
  @shown.part(() => Store) store!: Store | undefined;
  @shown.text() merchantName!: string;
  @shown.whole() distanceMeters!: number;
  @shown.flag() isOpenNow!: boolean;
}

export class FindNearbyStoresResponse implements rpc.FindNearbyStoresResponse {
  @shown.parts(() => NearbyStore) stores!: NearbyStore[];
  @shown.text() nextPageToken!: string;
}

export class Activity implements rpc.Activity {
  @shown.text() activityId!: string;
  @shown.text() name!: string;
  @shown.text() description!: string;
  @shown.text() orgPath!: string;
  @shown.text('The store it takes place at; empty for another place.') storeId!: string;
  @shown.decimal() longitude!: number;
  @shown.decimal() latitude!: number;
  @shown.time() startsAt!: Date | undefined;
  @shown.time() endsAt!: Date | undefined;
  @shown.parts(() => OpeningHours, 'None: around the clock.') openingHours!: OpeningHours[];
  @shown.texts('ISO dates on which it does not take place.') closedDates!: string[];
  @shown.text('The stock 批次 that can be claimed there.') stockId!: string;
  @shown.text('The traffic plan that leads there.') planId!: string;
}

export class NearbyActivity implements rpc.NearbyActivity {
  @shown.part(() => Activity) activity!: Activity | undefined;
  @shown.whole() distanceMeters!: number;
  @shown.flag() isOpenNow!: boolean;
}

export class FindNearbyActivitiesResponse implements rpc.FindNearbyActivitiesResponse {
  @shown.parts(() => NearbyActivity) activities!: NearbyActivity[];
  @shown.text() nextPageToken!: string;
}

export class PutActivityResponse implements rpc.PutActivityResponse {
  @shown.part(() => Activity) activity!: Activity | undefined;
}

export class ListActivitiesResponse implements rpc.ListActivitiesResponse {
  @shown.parts(() => Activity) activities!: Activity[];
  @shown.text() nextPageToken!: string;
}
