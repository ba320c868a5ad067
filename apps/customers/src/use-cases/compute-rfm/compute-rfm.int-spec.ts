import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncomingEvent } from '@tidegate/contracts/customers/v1/customers';
import { eventually } from '@tidegate/testing';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: the scores on the profiles are those of pandas and numpy on the same real transactions.

// A type of its own: profiles need not follow, so scores are the only thing that moves them.
const TYPE = 'berka-transaction';
const AS_OF = new Date('1998-12-31T00:00:00Z');
const root = join(__dirname, '../../../../..');
const transactions = readFileSync(join(root, 'data/berka/trans_test.csv'), 'utf8').trim().split('\n').slice(1);
const golden = readFileSync(join(__dirname, '../../testing/rfm-berka.golden.csv'), 'utf8').trim().split('\n').slice(1);

const toEvent = (line: string): IncomingEvent => {
  const [id = '', account = '', date = '', type, operation, amount = ''] = line.split(';');
  const time = new Date(Date.UTC(1900 + Number(date.slice(0, 2)), Number(date.slice(2, 4)) - 1, Number(date.slice(4))));
  const data = { amount: Number(amount), direction: type, operation };
  return { id, source: 'berka', type: TYPE, subject: `berka-${account}`, time, data };
};

let harness: CustomersHarness;
let client: CustomersHarness['client'];
beforeAll(async () => {
  harness = await startCustomers();
  client = harness.client;
  const ids = golden.map((line) => line.split(',')[0]);
  const file = ['id', ...ids, 'berka-idle'].join('\n');
  await importFile(client, importRequest([column('id', 'external_id')]), file);
  for (let i = 0; i < transactions.length; i += 1_000) {
    const answer = await client.ingestEvents({ events: transactions.slice(i, i + 1_000).map(toEvent) });
    expect(answer.refused).toEqual([]);
  }
  await harness.filed(transactions.length);
  // While the copy is built, whoever asks is told to come again.
  await eventually(() => client.previewSegment({ rule: { all: [] }, sampleSize: 0, orgPath: '' }));
});
afterAll(() => harness.stop());

async function scores(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let pageToken = '';
  do {
    const page = await client.listCustomers({ pageSize: 500, pageToken });
    for (const { externalId, customerId, rfm } of page.customers) {
      if (rfm) found.set(externalId, [externalId, customerId, rfm.recency, rfm.frequency, rfm.monetary].join(','));
    }
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return found;
}

it('gives the golden scores, in one run at a time, repeatable', async () => {
  const request = { requestId: 'rfm-1', windowDays: 3_650, asOf: AS_OF, eventType: TYPE };
  const other = client.computeRfm({ ...request, requestId: 'rfm-other' });
  const outcomes = await Promise.allSettled([client.computeRfm(request), other]);
  const failed = outcomes.find(({ status }) => status === 'rejected');
  expect(failed).toMatchObject({ reason: { reason: 'RFM_RUNNING' } });
  const answer = await client.computeRfm(request);
  expect(answer.customerCount).toBe(golden.length);
  expect(await client.computeRfm(request)).toEqual(answer);
  await expect(client.computeRfm({ ...request, windowDays: 5 })).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });

  const found = await scores();
  expect([...found.values()].sort()).toEqual([...golden].sort());
  expect(found.has('berka-idle')).toBe(false);

  const summary = await client.getRfmSummary({});
  const counted = summary.cells.reduce((sum, cell) => sum + cell.customerCount, 0);
  expect(counted).toBe(golden.length);
  const best = golden.filter((line) => line.endsWith(',5,5,5')).length;
  expect(summary.cells.find(({ recency, frequency, monetary }) => recency + frequency + monetary === 15)).toMatchObject(
    {
      customerCount: best,
    },
  );
  const rule = {
    all: ['rfm.recency', 'rfm.frequency', 'rfm.monetary'].map((field) => ({ field, op: 'eq', value: 5 })),
  };
  expect((await client.previewSegment({ rule, sampleSize: 0, orgPath: '' })).count).toBe(best);
});

it('writes only profiles whose score moved, and clears those that were not active in the window', async () => {
  const versions = async () =>
    new Map((await client.listCustomers({ pageSize: 500, pageToken: '' })).customers.map((c) => [c.externalId, c]));
  const before = await versions();
  await client.computeRfm({ requestId: 'rfm-2', windowDays: 3_650, asOf: AS_OF, eventType: TYPE });
  const same = await versions();
  expect(
    [...same].filter(([id, { rfm }]) => rfm?.computedAt?.getTime() !== before.get(id)?.rfm?.computedAt?.getTime()),
  ).toEqual([]);

  const { customerCount } = await client.computeRfm({
    requestId: 'rfm-3',
    windowDays: 365,
    asOf: AS_OF,
    eventType: TYPE,
  });
  const active = new Set(
    transactions
      .map(toEvent)
      .filter(({ time }) => time! > new Date(AS_OF.getTime() - 365 * 86_400_000) && time! <= AS_OF)
      .map(({ subject }) => subject),
  );
  expect(customerCount).toBe(active.size);
  expect(new Set((await scores()).keys())).toEqual(active);
  await expect(
    client.computeRfm({ requestId: 'rfm-4', windowDays: 0, asOf: AS_OF, eventType: TYPE }),
  ).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
});
