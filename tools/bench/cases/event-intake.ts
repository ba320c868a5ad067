import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { importCustomers } from '../import-customers';
import { load, median } from '../load';
import { NaiveDatabase } from '../naive';
import { byRatio, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';

const CUSTOMERS = 2_000;
const BATCH = 500;
const BATCHES = 40;
const IN_FLIGHT = 4;
const ROUNDS = 3;

/**
 * Facts over HTTP in batches of 500, beside a bare insertMany of the same documents. Only the services of the path run: what
 * the others make of the facts afterwards is not the intake, and would only share the cores with it here.
 */
export const eventIntake = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['customers', 'gateway'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  await importCustomers(stack, 'bench', CUSTOMERS);
  const naive = await NaiveDatabase.connect((await stack.endpoints()).mongodbUri);
  const pool = new Pool(stack.gatewayUrl, { connections: IN_FLIGHT });
  const token = await stack.issueToken({ sub: 'core-bank', kind: 'service', roles: ['intake'] });
  const post = async (events: object[]): Promise<void> => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/open/v1/events',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify(events),
    });
    const answer = (await body.json()) as { acceptedCount?: number };
    if (statusCode !== 202 || answer.acceptedCount !== events.length) {
      throw new Error(`intake answered ${statusCode}: ${JSON.stringify(answer).slice(0, 300)}`);
    }
  };
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const batches = Array.from({ length: BATCHES }, (_, index) => batchOf(`round-${round}-${index}`));
    bare.push(
      BATCH * (await load(BATCHES, IN_FLIGHT, (index) => naive.insertMany(batches[index]!.map(withKey)))).perSecond,
    );
    const result = await load(BATCHES, IN_FLIGHT, (index) => post(batches[index]!));
    const failure = Object.keys(result.failedByReason)[0];
    if (failure) throw new Error(`event-intake: ${failure}`);
    ours.push(BATCH * result.perSecond);
    tell(`event-intake round ${round + 1}: ${(BATCH * result.perSecond).toFixed(0)} events/s`);
    await settled(stack);
  }
  await pool.close();
  await naive.close();
  return [
    byRatio(
      'event-intake: HTTP batches of 500 against bare insertMany',
      'events per second',
      median(ours),
      median(bare),
      '>=',
      0.5,
    ),
  ];
}

/** Intake is a burst: what one round set off in the profiles is not part of the next. */
async function settled(stack: BenchStack): Promise<void> {
  const bus = await stack.bus();
  for (let tries = 0; tries < 600; tries += 1) {
    const consumers = await Promise.all(
      ['customers-filing', 'customers-profile'].map((name) => bus.manager.consumers.info(bus.eventStream, name)),
    );
    if (consumers.every((each) => each.num_pending === 0 && each.num_ack_pending === 0)) return delay(3_000);
    await delay(200);
  }
  throw new Error('event-intake: the profiles did not take in the facts');
}

type CloudEvent = { id: string } & Record<string, unknown>;

const batchOf = (prefix: string): CloudEvent[] =>
  Array.from({ length: BATCH }, (_, index) => ({
    specversion: '1.0',
    id: `${prefix}-${index}`,
    source: 'core-bank',
    type: 'transaction',
    subject: `bench-${(index * 37) % CUSTOMERS}`,
    time: new Date().toISOString(),
    data: { amountMinor: 1_000 + index, currency: 'CNY', operation: 'card', channel: 'pos' },
  }));

const withKey = (event: CloudEvent): { _id: string } & Record<string, unknown> => ({ ...event, _id: event.id });
