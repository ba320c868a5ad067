import { Mongo } from '@tidegate/mongo';
import type { TestPlatform } from './test-platform';

const DAY_MS = 86_400_000;
/** In a packed placement. */
const PLACED_AT = 1;

/** Lets days go by since a list of at most a chunk was dispatched, so that its adjustment is due: no test waits for them. */
export async function letDaysPass(platform: TestPlatform, listId: string, days: number): Promise<void> {
  const { mongodbUri } = await platform.endpoints();
  const mongo = await Mongo.connect(mongodbUri, 'tidegate_campaigns');
  try {
    const collection = (name: string) => mongo.connection.collection<{ _id: string }>(name);
    const key = { _id: `${listId}|000000` };
    const found = await collection('name_list_placements').findOne(key);
    const packed = JSON.parse((found as unknown as { placements: string }).placements) as { rows: (number[] | 0)[] };
    for (const row of packed.rows) if (row !== 0) row[PLACED_AT]! -= days * DAY_MS;
    await collection('name_list_placements').updateOne(key, { $set: { placements: JSON.stringify(packed) } });
    const [dispatchedAt, nextAdjustmentAt] = [new Date(Date.now() - days * DAY_MS), new Date()];
    await collection('name_lists').updateOne({ _id: listId }, { $set: { dispatchedAt, nextAdjustmentAt } });
  } finally {
    await mongo.close();
  }
}
