import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredCustomer } from '@tidegate/rules';
import { ColumnarStore, type ColumnarBatch } from './columnar-store';
import { openDuckDb } from './duckdb';

const T1 = new Date('2026-01-05T08:00:00Z');
const T2 = new Date('2026-01-05T09:00:00Z');
const customer = (customerId: string, over: Partial<StoredCustomer> = {}): StoredCustomer => ({
  customerId,
  attributes: {},
  ...over,
});
const sold = (eventId: string, customerId: string) => ({
  customerId,
  event: { eventId, type: 'transaction', occurredAtMs: T1.getTime(), data: { amountMinor: 100, note: 'x' } },
});
const batch = (over: Partial<ColumnarBatch>): ColumnarBatch => ({
  customers: [],
  events: [],
  mayRepeat: false,
  watermark: T1,
  ...over,
});

describe('ColumnarStore', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tidegate-columnar-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = async (identity = 'db-1'): Promise<ColumnarStore> =>
    ColumnarStore.open(await openDuckDb(join(folder, 'copy.duckdb')), identity);

  it('replaces customers with their tags, also twice over, and grows by attributes', async () => {
    const store = await ColumnarStore.open(await openDuckDb(undefined), 'db-1');
    await store.apply(
      batch({ customers: [customer('a', { attributes: { age: 30 }, tags: { vip: {}, old: {} } }), customer('b')] }),
    );
    await store.apply(batch({ customers: [customer('a', { attributes: { job: 'admin' }, tags: { vip: {} } })] }));
    await store.apply(batch({ customers: [customer('a', { attributes: { job: 'retired' } })], watermark: T2 }));
    expect(await store.query('SELECT customer_id, attr_age_num, attr_job_str FROM customers ORDER BY 1')).toEqual([
      { customer_id: 'a', attr_age_num: null, attr_job_str: 'retired' },
      { customer_id: 'b', attr_age_num: null, attr_job_str: null },
    ]);
    expect(await store.query('SELECT count(*)::INT AS n FROM tags')).toEqual([{ n: 0 }]);
    expect(store.watermark).toEqual(T2);
    await store.close();
  });

  it('adds an event that may be there already once', async () => {
    const store = await ColumnarStore.open(await openDuckDb(undefined), 'db-1');
    await store.apply(batch({ events: [sold('e-1', 'a'), sold('e-2', 'a')] }));
    await store.apply(batch({ events: [sold('e-2', 'a'), sold('e-3', 'a')], mayRepeat: true }));
    expect(await store.query('SELECT event_id FROM events ORDER BY 1')).toEqual([
      { event_id: 'e-1' },
      { event_id: 'e-2' },
      { event_id: 'e-3' },
    ]);
    await store.close();
  });

  it('keeps rows, columns and watermark in its file, but not those of another database', async () => {
    const first = await open();
    expect(first.watermark).toBeUndefined();
    await first.apply(batch({ customers: [customer('a', { attributes: { age: 30 } })], watermark: T2 }));
    await first.close();

    const again = await open();
    expect(again.watermark).toEqual(T2);
    await again.apply(batch({ customers: [customer('b', { attributes: { age: 40, city: 'x' } })], watermark: T2 }));
    expect(await again.query('SELECT sum(attr_age_num) AS s FROM customers')).toEqual([{ s: 70 }]);
    await again.close();

    const other = await open('db-2');
    expect(other.watermark).toBeUndefined();
    expect(await other.query('SELECT count(*)::INT AS n FROM customers')).toEqual([{ n: 0 }]);
    await other.close();
  });

  it('leaves nothing of a batch that fails', async () => {
    const store = await ColumnarStore.open(await openDuckDb(undefined), 'db-1');
    const bad = { customerId: 'a', event: { ...sold('e-1', 'a').event, occurredAtMs: 0.5 } };
    await expect(store.apply(batch({ customers: [customer('a')], events: [bad], watermark: T2 }))).rejects.toThrow(
      expect.objectContaining({ reason: 'EVENT_TIME_INVALID' }),
    );
    expect(await store.query('SELECT count(*)::INT AS n FROM customers')).toEqual([{ n: 0 }]);
    expect(store.watermark).toBeUndefined();
    await store.apply(batch({ customers: [customer('a')] }));
    expect(await store.query('SELECT count(*)::INT AS n FROM customers')).toEqual([{ n: 1 }]);
    await store.close();
  });
});
