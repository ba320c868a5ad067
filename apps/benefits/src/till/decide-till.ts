import { notFound, refused } from '@tidegate/errors';
import { hold, release, requireOpen, takeItems, type Hold } from '../domain/hold';
import type { Instance } from '../domain/instance';
import { epochOf, requireSeed } from '../domain/code-seed';
import { checkCode, readCode, usedCodeKey } from '../domain/redemption-code';
import {
  redeem,
  reverse,
  type Redemption,
  type Reversal,
  type ReversalPlace,
  type ValueSource,
} from '../domain/redemption';
import type { PointOfSale } from '../domain/sale';
import type { TillBatch, TillChange } from './till-batch';
import type { ScannedItem, TillCommand } from './till-command';

/** What a command answers; which parts are set depends on what it did. */
export interface TillAnswer {
  hold?: Hold;
  instances: Instance[];
  redemptions: Redemption[];
  reversal?: Reversal;
}

export interface Moment {
  now: Date;
  codeKey: Buffer;
  newId: () => string;
}

type Decided = TillAnswer & { change: TillChange };

/** Decides one command on the batch as it stands; throws a DomainError and changes nothing when a rule refuses. */
export function decideTill(batch: TillBatch, command: TillCommand, moment: Moment): Decided {
  if ('isRepeatOnly' in command && command.isRepeatOnly) {
    throw notFound('SALE_NOT_FOUND', 'This request has done nothing before.');
  }
  switch (command.do) {
    case 'hold':
      return holdItems(batch, command, moment);
    case 'redeem':
      return redeemItems(batch, command, moment);
    case 'commit':
      return commitHold(batch, batch.hold(command.holdId, command.merchantId), moment);
    case 'void':
      return releaseHold(batch, requireOpenHold(batch, command, moment), 'voided', moment);
    case 'time_out':
      return timeOut(batch, command.holdId, moment);
    case 'reverse':
      return reverseRedemption(batch, command, moment);
  }
}

function scan(batch: TillBatch, items: ScannedItem[], { now, codeKey }: Moment) {
  const seen = new Set<string>();
  const wanted = items.map(({ code, amountMinor }) => {
    const content = readCode(code);
    const instance = batch.scanned(content);
    checkCode(content, instance.customerId, codeKey, now);
    batch.requireUnused(content);
    const epoch = epochOf(content.nonce);
    if (epoch !== undefined) requireSeed(epoch, batch.seed(content.instanceId), now);
    if (seen.has(content.instanceId)) throw refused('ITEM_TWICE', 'A benefit is in this sale twice.');
    seen.add(content.instanceId);
    return { content, instance, stock: batch.stock(instance.stockId), amountMinor };
  });
  return { wanted, usedCodes: wanted.map(({ content }) => usedCodeKey(content)) };
}

function holdItems(
  batch: TillBatch,
  { items, sale, saleId }: { items: ScannedItem[]; sale: PointOfSale; saleId: string },
  moment: Moment,
): Decided {
  const { wanted, usedCodes } = scan(batch, items, moment);
  const held = hold(wanted, { holdId: saleId, sale, now: moment.now });
  const instances = wanted.map(({ instance: before }, index) => ({
    before,
    after: held.instances[index] ?? before,
    cause: 'hold' as const,
  }));
  const { ledgerTransactions } = held;
  return {
    hold: held.hold,
    instances: held.instances,
    redemptions: [],
    change: { instances, usedCodes, newHold: held.hold, ledgerTransactions },
  };
}

function redeemItems(
  batch: TillBatch,
  { items, sale, saleId }: { items: ScannedItem[]; sale: PointOfSale; saleId: string },
  moment: Moment,
): Decided {
  const { wanted, usedCodes } = scan(batch, items, moment);
  const { now } = moment;
  const taken = takeItems(wanted, { sale, now, move: 'redeem' });
  const done: Hold = { holdId: saleId, items: taken.items, state: 'committed', heldAt: now, expiresAt: now, ...sale };
  const before = wanted.map(({ instance }) => instance);
  return { hold: undefined, ...redeemAll(done, { before, source: 'wallet', usedCodes }, moment) };
}

function commitHold(batch: TillBatch, current: Hold, moment: Moment): Decided {
  requireOpen(current, moment.now);
  const before = batch.heldInstances(current);
  const decided = redeemAll(current, { before, source: 'hold' }, moment);
  const redemptionIds = decided.redemptions.map(({ redemptionId }) => redemptionId);
  const movedHold: Hold = { ...current, state: 'committed', redemptionIds };
  return { ...decided, change: { ...decided.change, movedHold } };
}

function redeemAll(
  sale: Hold,
  { before, source, usedCodes }: { before: Instance[]; source: ValueSource; usedCodes?: string[] },
  { now, newId }: Moment,
): Decided {
  const results = sale.items.map((item, index) => {
    const instance = before[index];
    if (!instance) throw new Error(`item ${index} of sale ${sale.holdId} has no instance`);
    return { before: instance, ...redeem({ instance, item }, { redemptionId: newId(), hold: sale, source, now }) };
  });
  const redemptions = results.map(({ redemption }) => redemption);
  const cause = source === 'hold' ? ('commit' as const) : ('redeem' as const);
  return {
    instances: results.map(({ instance }) => instance),
    redemptions,
    change: {
      instances: results.map(({ before: from, instance }) => ({ before: from, after: instance, cause })),
      usedCodes,
      redemptions,
      ledgerTransactions: results.map(({ ledgerTransaction }) => ledgerTransaction),
    },
  };
}

function requireOpenHold(
  batch: TillBatch,
  { holdId, merchantId }: { holdId: string; merchantId: string },
  { now }: Moment,
): Hold {
  const current = batch.hold(holdId, merchantId);
  requireOpen(current, now);
  return current;
}

function timeOut(batch: TillBatch, holdId: string, moment: Moment): Decided {
  const current = batch.hold(holdId);
  // A till may have been quicker.
  if (current.state !== 'held' || moment.now < current.expiresAt) {
    return { hold: current, instances: [], redemptions: [], change: { instances: [], ledgerTransactions: [] } };
  }
  return releaseHold(batch, current, 'timed_out', moment);
}

function releaseHold(batch: TillBatch, current: Hold, state: 'voided' | 'timed_out', { now }: Moment): Decided {
  const before = batch.heldInstances(current);
  const released = release(current, before, { state, now });
  const cause = state === 'voided' ? ('void' as const) : ('hold_timed_out' as const);
  return {
    hold: released.hold,
    instances: released.instances,
    redemptions: [],
    change: {
      instances: before.map((from, index) => ({ before: from, after: released.instances[index] ?? from, cause })),
      movedHold: released.hold,
      ledgerTransactions: released.ledgerTransactions,
    },
  };
}

function reverseRedemption(
  batch: TillBatch,
  command: ReversalPlace & { redemptionId: string; merchantId: string },
  { now }: Moment,
): Decided {
  const { redemption, isReversed } = batch.redemption(command.redemptionId, command.merchantId);
  const before = batch.instance(redemption.instanceId);
  if (!before) throw new Error(`instance ${redemption.instanceId} was not loaded`);
  const done = reverse({ redemption, instance: before, isReversed }, { ...command, now });
  return {
    instances: [done.instance],
    redemptions: [],
    reversal: done.reversal,
    change: {
      instances: [{ before, after: done.instance, cause: 'reversed' }],
      reversal: done.reversal,
      ledgerTransactions: done.ledgerTransactions,
    },
  };
}
