import { DomainError, refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { oweReward } from './domain/owed-reward';
import { OwedRewardWorker, type GrantReward } from './owed-reward.worker';
import { OwedRewardRepository } from './repositories/owed-reward.repository';

// Goal: what is owed is granted once, whoever crashes and however many replicas try.

const clock = new FakeClock();
let replicas: TestService[];
/** Stock ids that refuse or fail, and how. */
const faults = new Map<string, DomainError>();
/** Instances by request id: a grant that answers a repeat as the wallet does. */
const granted = new Map<string, string>();
let grants = 0;
/** What is granted here is in no wallet. */
const findNone = async () => new Map<string, string>();

beforeAll(async () => {
  const first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  const second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  replicas = [second, first];
  for (const replica of replicas) {
    const grant: GrantReward = async ({ reward }, requestId) => {
      grants += 1;
      const fault = reward.kind === 'benefit' && faults.get(reward.stockId);
      if (fault) throw fault;
      const instanceId = granted.get(requestId) ?? `instance-${granted.size}`;
      granted.set(requestId, instanceId);
      return instanceId;
    };
    replica.app.get(OwedRewardWorker).on('benefit', grant, findNone);
  }
});
afterAll(async () => {
  for (const replica of replicas ?? []) await replica.stop();
});

const owe = async (rewardIds: string[], stockId = 'stock'): Promise<void> => {
  const { app } = replicas[0]!;
  const rewards = rewardIds.map((rewardId) =>
    oweReward(
      { rewardId, customerId: 'c-1', reward: { kind: 'benefit', stockId }, cause: 'test', reference: 't' },
      clock.now(),
    ),
  );
  await app.get(Mongo).transaction((tx) => app.get(OwedRewardRepository).addMany(rewards, tx));
};
const find = async (rewardId: string) =>
  (await replicas[0]!.app.get(OwedRewardRepository).findMany([rewardId])).get(rewardId);

it('grants every reward once over two replicas', async () => {
  const rewardIds = Array.from({ length: 300 }, (_, index) => `many-${index}`);
  await owe(rewardIds);
  await eventually(async () => {
    const held = await replicas[0]!.app.get(OwedRewardRepository).findMany(rewardIds);
    expect([...held.values()].filter(({ state }) => state === 'granted')).toHaveLength(300);
    expect(new Set([...held.values()].map(({ instanceId }) => instanceId)).size).toBe(300);
  });
});

it('finds a grant again that was not noted down', async () => {
  // As after a crash between the two: the wallet has granted under this request id, the reward is still owed.
  granted.set('owed|crashed', 'instance-before-the-crash');
  await owe(['crashed']);
  await eventually(async () =>
    expect(await find('crashed')).toMatchObject({ state: 'granted', instanceId: 'instance-before-the-crash' }),
  );
});

it('refuses for good what a rule refuses, and tries again what failed in passing', async () => {
  faults.set('sold-out', refused('STOCK_SOLD_OUT', 'for a test'));
  faults.set('busy', new DomainError({ code: 'RESOURCE_EXHAUSTED', reason: 'QUEUE_FULL', message: 'for a test' }));
  await owe(['late'], 'sold-out');
  await owe(['patient'], 'busy');
  await eventually(async () =>
    expect(await find('late')).toMatchObject({ state: 'refused', reason: 'STOCK_SOLD_OUT' }),
  );
  await eventually(async () => expect(await find('patient')).toMatchObject({ state: 'owed', reason: 'QUEUE_FULL' }));
  const before = grants;
  faults.clear();
  // An attempt of before may be noted now, and waits from now on.
  await eventually(async () => {
    clock.advance(60_000);
    expect(await find('patient')).toMatchObject({ state: 'granted' });
  });
  expect(grants).toBeGreaterThan(before);
});

it.each(['STOCK_PAUSED', 'CLAIM_NOT_STARTED', 'DAILY_LIMIT_REACHED', 'CODE_POOL_EMPTY'])(
  'grants later what is refused for %s, which passes',
  async (reason) => {
    faults.set(reason, refused(reason, 'for a test'));
    await owe([`waits-${reason}`], reason);
    // Each replica may have tried.
    await eventually(async () => expect(await find(`waits-${reason}`)).toMatchObject({ state: 'owed', reason }));
    faults.clear();
    await eventually(async () => {
      clock.advance(60_000);
      expect(await find(`waits-${reason}`)).toMatchObject({ state: 'granted', reason: '' });
    });
  },
);

it('reads granted when one replica grants what another was refused meanwhile', async () => {
  const [worker, other] = replicas.map(({ app }) => app.get(OwedRewardWorker)) as [OwedRewardWorker, OwedRewardWorker];
  const grant = jest.fn<Promise<string>, []>();
  grant.mockRejectedValue(refused('STOCK_SOLD_OUT', 'for a test'));
  // The first to try is granted it, but hears so only after the other has noted its refusal.
  grant.mockImplementationOnce(async () => {
    await eventually(async () => expect(await find('raced')).toMatchObject({ state: 'refused' }));
    return 'instance-raced';
  });
  for (const each of [worker, other]) each.on('points', grant, findNone);
  const reward = { kind: 'points' as const, points: 1, validMonths: 1, orgPath: 'hq', timeZone: 'Asia/Shanghai' };
  const owed = oweReward({ rewardId: 'raced', customerId: 'c-1', reward, cause: 'test', reference: 't' }, clock.now());
  const { app } = replicas[0]!;
  await app.get(Mongo).transaction((tx) => app.get(OwedRewardRepository).addMany([owed], tx));
  await eventually(async () =>
    expect(await find('raced')).toMatchObject({ state: 'granted', instanceId: 'instance-raced', reason: '' }),
  );
});

it('owes a reward once', async () => {
  await owe(['twice']);
  await expect(owe(['twice'])).rejects.toMatchObject({ code: 11000 });
});
