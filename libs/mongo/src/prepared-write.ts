import { setImmediate } from 'node:timers/promises';
import type { Model } from 'mongoose';
import type { Transaction } from './transaction';

/** Sends what was prepared. @throws as insertMany or bulkWrite */
export type PreparedWrite = (tx: Transaction) => Promise<void>;

/** Documents as the bytes that are sent, so that making them takes no time of the transaction that they are sent in. */
export function prepareInsert<T>({ collection }: Model<T>, documents: readonly object[]): PreparedWrite {
  if (documents.length === 0) return () => Promise.resolve();
  const bulk = collection.initializeOrderedBulkOp();
  for (const document of documents) bulk.insert(document as never);
  return async ({ session }) => void (await bulk.execute({ session }));
}

/**
 * As prepareInsert, for documents of which those in `known` take the place of what is there, whole; another one is new, and a race for it ends
 * in a duplicate key, which runs the transaction again.
 */
export function prepareSave<T>(
  model: Model<T>,
  documents: readonly { _id: string }[],
  known: { has(id: string): boolean },
): PreparedWrite {
  const fresh = documents.filter(({ _id }) => !known.has(_id));
  const add = prepareInsert(model, fresh);
  if (fresh.length === documents.length) return add;
  const bulk = model.collection.initializeUnorderedBulkOp();
  for (const document of documents) {
    if (known.has(document._id)) bulk.find({ _id: document._id as never }).replaceOne(document as never);
  }
  return async (tx) => {
    await add(tx);
    await bulk.execute({ session: tx.session });
  };
}

/**
 * What this process works out while the database is busy with what was sent.
 * @throws what the sending came to, or else the work, once the sending is over. The work may still be done when the sending failed at once
 */
export async function whileSending<R>(sending: Promise<unknown>, work: () => R): Promise<R> {
  // Only after this turn of the event loop it has left.
  const done = setImmediate().then(work);
  done.catch(() => undefined);
  await sending;
  return done;
}
