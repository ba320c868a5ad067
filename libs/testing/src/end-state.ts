import type { Mongo } from '@tidegate/mongo';

/** What messaging and repeats of requests keep for themselves. */
const BOOKKEEPING = ['inbox', 'outbox', 'requests'];
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** The documents of each collection as text, in the order of the text. */
export type EndState = Record<string, string[]>;

/** What is not compared: fields by collection, and whole collections. */
export interface LeftOut {
  unlike: Record<string, string[]>;
  ignored: string[];
}

/**
 * What a service has stored, such that two runs of the same story can be compared: drawn ids and times of this run look alike,
 * lists are as sets, counts of versions and empty collections are left out.
 */
export async function endStateOf(mongo: Mongo, since: Date, { unlike, ignored }: LeftOut): Promise<EndState> {
  const collections = (await mongo.connection.db?.collections()) ?? [];
  const state: EndState = {};
  for (const { collectionName } of collections) {
    if (BOOKKEEPING.includes(collectionName) || ignored.includes(collectionName)) continue;
    const documents = await mongo.connection.collection(collectionName).find().toArray();
    const left = new Set(['version', ...(unlike[collectionName] ?? [])]);
    const lines = documents.map((document) => JSON.stringify(comparable(document, since, left)));
    if (lines.length > 0) state[collectionName] = lines.sort();
  }
  return state;
}

function comparable(value: unknown, since: Date, left: ReadonlySet<string>): unknown {
  if (value instanceof Date) return value < since ? value.toISOString() : '<now>';
  if (typeof value === 'string') return value.replace(UUID, '<id>');
  if (Array.isArray(value)) return inOneOrder(value.map((item) => comparable(item, since, left)));
  if (typeof value !== 'object' || value === null) return value;
  if ('_bsontype' in value) return value._bsontype === 'ObjectId' ? '<id>' : String(value);
  const fields = Object.entries(value).filter(([name]) => !left.has(name));
  return Object.fromEntries(
    fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, comparable(item, since, left)]),
  );
}

const inOneOrder = (items: unknown[]): unknown[] =>
  items
    .map((item) => JSON.stringify(item))
    .sort()
    .map((text) => JSON.parse(text ?? 'null') as unknown);
