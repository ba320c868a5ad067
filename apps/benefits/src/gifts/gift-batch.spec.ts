import { giftToken } from '../domain/gift';
import { issueInstance, type Instance } from '../domain/instance';
import { Persons } from '../domain/person';
import { TakerBook } from '../granting/taker-book';
import { aStock } from '../testing/stock.factory';
import { GiftBatch } from './gift-batch';
import type { GiftCommand } from './gift-command';

// Goal: commands of one commit see each other: a gift is taken once or comes back, and a refused command leaves nothing.

const key = Buffer.from('gift-key');
const now = new Date('2026-03-02T02:00:00Z');
const later = new Date('2026-03-03T02:00:00Z');
const stock = aStock();
const request = { scope: 'test', requestId: 'r', input: {} };

const batchOf = (gifts = new Map(), instances = [issued()], at = now): GiftBatch =>
  new GiftBatch(
    {
      instances: new Map(instances.map((each) => [each.instanceId, each])),
      gifts,
      stocks: new Map([[stock.stockId, stock]]),
    },
    new TakerBook(new Map(), new Persons([])),
    { now: at, key },
  );
const issued = (): Instance => issueInstance(stock, { instanceId: 'i', customerId: 'giver', requestId: 'r', now });
const offer: GiftCommand = { do: 'offer', request, giftId: 'g', instanceId: 'i', customerId: 'giver' };
const accept = (customerId: string, token = giftToken('g', key)): GiftCommand => ({
  do: 'accept',
  request,
  giftId: 'g',
  token,
  customerId,
});
const cancel: GiftCommand = { do: 'cancel', request, giftId: 'g', customerId: 'giver' };
const tell = (batch: GiftBatch, command: GiftCommand): string => {
  try {
    return batch.decide(command).gift.state;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};
/** A gift that was offered in an earlier commit. */
function offered(): { gifts: Map<string, never>; instances: Instance[] } {
  const { gift, instance } = batchOf().decide(offer);
  return { gifts: new Map([['g', gift as never]]), instances: [instance] };
}

it('gives a gift to the first of those who take it in one commit', () => {
  const { gifts, instances } = offered();
  const batch = batchOf(gifts, instances);
  const told = [accept('a'), accept('b'), cancel, accept('a')].map((command) => tell(batch, command));
  expect(told).toEqual(['taken', 'GIFT_TAKEN', 'GIFT_TAKEN', 'GIFT_TAKEN']);
  expect(batch.changes.map(({ received }) => received?.customerId)).toEqual(['a']);
  expect(batch.instancesToSave()).toMatchObject([{ instanceId: 'i', state: 'transferred', remainingMinor: 0 }]);
  expect([...batch.takers.changed().keys()]).toEqual(['customer|spring-red-packet|a']);
});

it('leaves the gift to others when somebody is refused', () => {
  const { gifts, instances } = offered();
  const batch = batchOf(gifts, instances);
  const commands = [accept('a', 'wrong'), accept('giver'), { ...cancel, customerId: 'a' } as GiftCommand];
  expect(commands.map((command) => tell(batch, command))).toEqual(['GIFT_NOT_FOUND', 'GIFT_TO_SELF', 'GIFT_NOT_FOUND']);
  expect([batch.changes, batch.takers.changed().size]).toEqual([[], 0]);
  expect([tell(batch, accept('a')), tell(batch, { do: 'expire', giftId: 'g' })]).toEqual(['taken', 'taken']);
});

it('may offer again what came back in the same commit, and writes the benefit once, in its last state', () => {
  const { gifts, instances } = offered();
  const batch = batchOf(gifts, instances);
  const again = { ...offer, giftId: 'g-2' } as GiftCommand;
  expect([offer, cancel, again, again].map((command) => tell(batch, command))).toEqual([
    'INSTANCE_NOT_AVAILABLE',
    'cancelled',
    'open',
    'INSTANCE_NOT_AVAILABLE',
  ]);
  expect(batch.instancesToSave()).toMatchObject([{ instanceId: 'i', state: 'gifting' }]);
  expect(batch.changes.map(({ cause }) => cause)).toEqual(['gift_returned', 'gift_offered']);
});

it('brings a gift back when its day is over, not before, and only once', () => {
  const { gifts, instances } = offered();
  const expire: GiftCommand = { do: 'expire', giftId: 'g' };
  expect(tell(batchOf(gifts, instances), expire)).toBe('open');
  const batch = batchOf(gifts, instances, later);
  expect([accept('a'), expire, expire].map((command) => tell(batch, command))).toEqual([
    'GIFT_EXPIRED',
    'expired',
    'expired',
  ]);
  expect(batch.changes).toHaveLength(1);
});
