import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';

export class OpeningHours implements rpc.OpeningHours {
  @shown.whole('1 Monday to 7 Sunday.') weekday!: number;
  @shown.whole('Minutes after midnight, in the bank’s time zone.') opensMinute!: number;
  @shown.whole('Above 1440: on the next day.') closesMinute!: number;
}

export class Store implements rpc.Store {
  @shown.text() storeId!: string;
  @shown.text() merchantId!: string;
  @shown.text() name!: string;
  @shown.decimal() longitude!: number;
  @shown.decimal() latitude!: number;
  @shown.flag('False: shut until further notice.') isOpen!: boolean;
  @shown.parts(() => OpeningHours, 'None: open around the clock.') openingHours!: OpeningHours[];
  @shown.texts('ISO dates on which it does not open.') closedDates!: string[];
  @shown.text('The circle of merchants 商圈 it is counted in.') circleId!: string;
  @shown.whole('How far its tills may be, in metres, which then have to say where they are; 0: they need not say it.')
  tillRadiusMeters!: number;
  @shown.text('The outlet 网点 that looks after it; empty: its merchant’s organisation.') outletPath!: string;
}

export class PutStoreResponse implements rpc.PutStoreResponse {
  @shown.part(() => Store) store!: Store | undefined;
}

export class ListStoresResponse implements rpc.ListStoresResponse {
  @shown.parts(() => Store) stores!: Store[];
  @shown.text() nextPageToken!: string;
}

export class Clerk implements rpc.Clerk {
  @shown.text() clerkId!: string;
  @shown.text() merchantId!: string;
  @shown.text() storeId!: string;
  @shown.text() name!: string;
  @shown.flag() isActive!: boolean;
}

export class PutClerkResponse implements rpc.PutClerkResponse {
  @shown.part(() => Clerk) clerk!: Clerk | undefined;
}

export class ListClerksResponse implements rpc.ListClerksResponse {
  @shown.parts(() => Clerk) clerks!: Clerk[];
  @shown.text() nextPageToken!: string;
}
