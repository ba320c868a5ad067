import type { HttpCaller } from './http-caller';

/** Stores that the app finds, nearest first, with their distance in metres. */
export async function storesNear(app: HttpCaller, query: string): Promise<[string, number][]> {
  const { stores } = await app.get<{ stores: { store: { storeId: string }; distanceMeters: number }[] }>(
    `/app/v1/nearby/stores?${query}`,
  );
  return stores.map(({ store, distanceMeters }) => [store.storeId, distanceMeters]);
}
