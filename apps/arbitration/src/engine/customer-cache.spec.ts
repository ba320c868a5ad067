import type { CustomerState } from '../domain/customer-state';
import type { CustomerStateRepository } from '../repositories/customer-state.repository';
import type { RevisionRepository } from '../repositories/revision.repository';
import { CustomerCache } from './customer-cache';

/** Reads that end when the test says so, each with what was true when it began. */
class Reads<T> {
  private readonly waiting: (() => void)[] = [];
  begun = 0;

  constructor(private readonly value: () => T) {}

  read(): Promise<T> {
    const value = this.value();
    this.begun += 1;
    return new Promise((resolve) => this.waiting.push(() => resolve(value)));
  }

  async endAll(): Promise<void> {
    for (const end of this.waiting.splice(0)) end();
    await jest.advanceTimersByTimeAsync(0);
  }
}

const truth = { words: 0, hasComplaintHold: false };
let counts: Reads<number>;
let states: Reads<CustomerState>;
let read: string[];
let cache: CustomerCache;

beforeEach(() => {
  jest.useFakeTimers();
  Object.assign(truth, { words: 0, hasComplaintHold: false });
  counts = new Reads(() => truth.words);
  states = new Reads(() => ({ hasComplaintHold: truth.hasComplaintHold }) as unknown as CustomerState);
  read = [];
  const findMany = async (customerIds: readonly string[]): Promise<Map<string, CustomerState>> => {
    read.push(...customerIds);
    const state = await states.read();
    return new Map(customerIds.map((customerId) => [customerId, state]));
  };
  const customers = { findMany, onWrite: () => undefined } as unknown as CustomerStateRepository;
  cache = new CustomerCache(customers, { wordCount: () => counts.read() } as unknown as RevisionRepository);
});
afterEach(() => jest.useRealTimers());

/** Ends every read until the preview has its customer, or all previews have theirs. */
async function answered<T>(asked: Promise<T>): Promise<T> {
  let isAnswered = false;
  void asked.then(() => (isAnswered = true));
  while (!isAnswered) {
    await counts.endAll();
    await states.endAll();
  }
  return asked;
}

/** Another replica holds the customer, and answers when no preview may stand on what was before. */
async function holdElsewhere(): Promise<void> {
  Object.assign(truth, { words: truth.words + 1, hasComplaintHold: true });
  await jest.advanceTimersByTimeAsync(275);
}

it('answers from memory, and heeds what another replica wrote through', async () => {
  expect(await answered(cache.find('ann'))).toMatchObject({ hasComplaintHold: false });
  expect(await cache.find('ann')).toMatchObject({ hasComplaintHold: false });
  expect([counts.begun, states.begun]).toEqual([1, 1]);
  await holdElsewhere();
  expect(await answered(cache.find('ann'))).toMatchObject({ hasComplaintHold: true });
});

it('never stands on a count whose read began before the word, however slow it was', async () => {
  await answered(cache.find('ann'));
  await jest.advanceTimersByTimeAsync(200);
  // Begins a read of the count in the background, which takes long.
  await cache.find('ann');
  expect(counts.begun).toBe(2);
  await holdElsewhere();
  expect(await answered(cache.find('ann'))).toMatchObject({ hasComplaintHold: true });
});

it('reads customers that came together again at ages of their own', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `customer-${index}`);
  await answered(Promise.all(names.map((name) => cache.find(name))));
  const [begunBefore, readBefore] = [states.begun, read.length];
  const readAgain: number[] = [];
  for (let ageMs = 50; ageMs < 2_000; ageMs += 50) {
    await jest.advanceTimersByTimeAsync(50);
    const known = read.length;
    await answered(Promise.all(names.map((name) => cache.find(name))));
    readAgain.push(read.length - known);
  }
  expect(readAgain.slice(0, 14)).toEqual(Array.from({ length: 14 }, () => 0));
  expect(read.length - readBefore).toBeGreaterThanOrEqual(names.length);
  expect(new Set(read.slice(readBefore)).size).toBe(names.length);
  expect(Math.max(...readAgain)).toBeLessThan(names.length / 4);
  // Those that grew old at about the same time are read together.
  expect(states.begun - begunBefore).toBeLessThan(45);
});
