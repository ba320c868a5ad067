import type * as rpc from '@tidegate/contracts/merchants/v1/merchants';
import { shown } from '../../http/shown';

export class Store implements rpc.Store {
  @shown.text() storeId!: string;
  @shown.text() merchantId!: string;
  @shown.text() name!: string;
  @shown.decimal() longitude!: number;
  @shown.decimal() latitude!: number;
  @shown.flag() isOpen!: boolean;
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
