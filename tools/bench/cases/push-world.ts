import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeBlock, type BlockSource } from '../../../apps/arbitration/src/domain/allocation/shortlist-block';
import { CapacityBook } from '../../../apps/arbitration/src/domain/capacity-book';
import { compileStrategy, type StrategySnapshot } from '../../../apps/arbitration/src/domain/compile-strategy';
import type { CustomerState } from '../../../apps/arbitration/src/domain/customer-state';
import type { PushTerms } from '../../../apps/arbitration/src/domain/push-terms';
import { ScarceBook } from '../../../apps/arbitration/src/domain/scarce-book';
import { stableHash } from '../../../apps/arbitration/src/domain/stable-hash';
import { candidatesOf, type Candidate } from '../../../apps/arbitration/src/domain/strategy';
import { CHANNELS } from './decide-brief';
import { customer, RULE_CONTEXT, snapshots } from './decide-world';

const QUEUES = 8;
const queueName = (index: number): string => `queue-${index}`;
const GROUPS = 20;

/** One strategy of 200 actions, each on one channel: every fourth is a call, worked by one of eight queues. */
export function pushSnapshot(): StrategySnapshot {
  const [first, ...others] = snapshots();
  if (first === undefined) throw new Error('no strategy');
  const actions = [first, ...others].flatMap((one) => one.actions);
  return {
    ...first,
    audience: null,
    actions: actions.map((action, number) => {
      const channel = CHANNELS[number % CHANNELS.length] ?? 'app';
      const isCall = channel === 'remote_bank';
      const treatment = { channel, title: 'Hello', body: '', scriptId: '', benefitStockId: '', contextWeight: 1 };
      const queue = isCall ? queueName(Math.floor(number / CHANNELS.length) % QUEUES) : '';
      // A call succeeds more often than a message, and what it sells is worth more.
      const valueMinor = (isCall ? 4 : 1) * (500 + ((number * 37) % 1_000));
      return { ...action, valueMinor, modelSlot: `slot-${number % GROUPS}`, treatments: [{ ...treatment, queue }] };
    }),
  };
}

export const candidates = (): Candidate[] => candidatesOf(compileStrategy(pushSnapshot(), RULE_CONTEXT));

/** Seats for two members in a hundred, caps on two channels and on each product group, and a budget that pays for less than all of it. */
export const terms = (members: number): PushTerms => ({
  limits: [
    { kind: 'budget', key: '', max: members * 30 },
    { kind: 'channel', key: 'sms', max: Math.round(members * 0.12) },
    { kind: 'channel', key: 'wecom', max: Math.round(members * 0.15) },
    ...Array.from({ length: GROUPS }, (_, group) => ({
      kind: 'group' as const,
      key: `group-${group}`,
      max: Math.round(members * (0.01 + (group % 5) * 0.01)),
    })),
  ],
  costs: [
    { channel: 'remote_bank', actionId: '', costMinor: 800 },
    { channel: 'sms', actionId: '', costMinor: 50 },
    { channel: 'wecom', actionId: '', costMinor: 20 },
    { channel: 'app', actionId: '', costMinor: 1 },
  ],
});

/** What each queue can work. */
export const queueUnits = (members: number): { queue: string; units: number }[] =>
  Array.from({ length: QUEUES }, (_, index) => ({
    queue: queueName(index),
    units: Math.round(members * (0.001 + index * 0.0004)),
  }));

export const book = (members: number): ScarceBook =>
  new ScarceBook(
    CapacityBook.of(queueUnits(members).map((each) => ({ ...each, slot: 'w', reserved: 0, used: 0 }))),
    new Map(),
  );

/** A member like those of `decide-world`, whose attributes do not grow with the list. */
export const member = (index: number): CustomerState => {
  const state = customer(index % 50_000);
  return { ...state, customerId: `customer-${index}` };
};

/** Propensity of a member, the same in every run: most are small, some are not. */
export const propensity = (customerId: string, slot: string): number =>
  0.001 + 0.5 * (stableHash(`${customerId}|${slot}`) / 2 ** 32) ** 4;

/** Blocks in a file, as a push has them in its database: memory holds one. */
export class BlockFile implements BlockSource {
  private readonly folder = mkdtempSync(join(tmpdir(), 'tidegate-push-'));
  private readonly file = openSync(join(this.folder, 'blocks'), 'w+');
  private readonly ends: number[] = [0];

  get blockCount(): number {
    return this.ends.length - 1;
  }

  add(bytes: Uint8Array): void {
    const from = this.ends.at(-1) ?? 0;
    writeSync(this.file, bytes, 0, bytes.length, from);
    this.ends.push(from + bytes.length);
  }

  read(index: number): ReturnType<BlockSource['read']> {
    const from = this.ends[index] ?? 0;
    const bytes = new Uint8Array((this.ends[index + 1] ?? from) - from);
    readSync(this.file, bytes, 0, bytes.length, from);
    return Promise.resolve(decodeBlock(bytes));
  }

  close(): void {
    closeSync(this.file);
    rmSync(this.folder, { recursive: true });
  }
}
