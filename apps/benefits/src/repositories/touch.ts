import type { Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';

/**
 * Marks documents that a decision stood on without changing what they say: whoever writes one meanwhile is a write conflict. One that is
 * not there is made, as given: so two that begin at once meet too.
 */
export async function touch<D extends { _id: string }>(
  { collection }: Model<D>,
  documents: readonly ({ _id: string } & Partial<D>)[],
  { session }: Transaction,
): Promise<void> {
  if (documents.length === 0) return;
  await collection.bulkWrite(
    documents.map(({ _id, ...fields }) => {
      const update = { $inc: { touchCount: 1 }, $setOnInsert: fields };
      return { updateOne: { filter: { _id: _id as never }, update: update as never, upsert: true } };
    }),
    { session, ordered: false },
  );
}
