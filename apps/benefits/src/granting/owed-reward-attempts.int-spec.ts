import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { DomainError, refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { GrantPointsUseCase } from '../points/use-cases/grant-points/grant-points.use-case';
import { aStock } from '../testing/stock.factory';
import { startWallet, type WalletFixture } from '../testing/wallet.fixture';
import { BenefitGranter } from './benefit-granter';
import { grantRequestId, oweReward, type OwedReward, type Reward } from './domain/owed-reward';
import { OwedRewardRepository } from './repositories/owed-reward.repository';

// Goal: a reward reads granted if and only if the customer has it, also when one replica grants what another is refused, and ends before it
// says so.

const STOCK = 'tea';
/** Of a reward so old the next failure is the last that is borne. */
const AGE_MS_MAX = 90 * 24 * 3_600_000;
const REWARDS: Record<Reward['kind'], Reward> = {
  benefit: { kind: 'benefit', stockId: STOCK },
  points: { kind: 'points', points: 5, validMonths: 12, orgPath: 'hq', timeZone: 'Asia/Shanghai' },
};
const KINDS = ['benefit', 'points'] as const;

let first: WalletFixture;
let second: WalletFixture;
beforeAll(async () => {
  first = await startWallet();
  second = await startWallet({ clock: first.clock, replicaOf: first });
  const open = { totalLimit: 1_000, perCustomerLimit: 0, claimEndsAt: new Date('2100-01-01') };
  await first.benefits.createStock({
    requestId: STOCK,
    stock: { ...aStock({ stockId: STOCK, ...open }), claimedCount: 0 },
  });
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});
afterEach(() => jest.restoreAllMocks());

const soldOut = () => refused('STOCK_SOLD_OUT', 'for a test');
const gone = () => new DomainError({ code: 'UNAVAILABLE', reason: 'GONE', message: 'for a test' });

/** How a reward of its kind is granted, without a word of it to its worker. */
const grantOf =
  ({ service: { app } }: WalletFixture) =>
  async (owed: OwedReward): Promise<void> => {
    const { reward, customerId, cause } = owed;
    const requestId = grantRequestId(owed);
    if (reward.kind === 'points') await app.get(GrantPointsUseCase).execute(owed, requestId);
    else await app.get(BenefitGranter).grant({ requestId, stockId: reward.stockId, customerId, cause });
  };

/** Instead of what a replica does to grant a reward; `grant` does that. */
function instead(
  { service: { app } }: WalletFixture,
  attempt: (grant: () => Promise<unknown>) => Promise<never>,
): void {
  const [granter, points] = [app.get(BenefitGranter), app.get(GrantPointsUseCase)];
  const [grant, execute] = [granter.grant.bind(granter), points.execute.bind(points)];
  jest.spyOn(granter, 'grant').mockImplementation((command) => attempt(() => grant(command)));
  jest.spyOn(points, 'execute').mockImplementation((...owed) => attempt(() => execute(...owed)));
}

async function owe(customerId: string, reward: Reward, ageMs = 0): Promise<OwedReward> {
  const terms = { rewardId: `test|${customerId}`, customerId, reward, cause: 'test', reference: 't' };
  const owed = oweReward(terms, new Date(first.clock.now().getTime() - ageMs));
  const { app } = first.service;
  await app.get(Mongo).transaction((tx) => app.get(OwedRewardRepository).addMany([owed], tx));
  return owed;
}
const stateOf = async ({ rewardId }: OwedReward) =>
  (await first.service.app.get(OwedRewardRepository).findMany([rewardId])).get(rewardId);
const settled = (owed: OwedReward) =>
  eventually(async () => {
    const now = await stateOf(owed);
    expect(now?.state).not.toBe('owed');
    return now;
  });
async function heldBy(customerId: string): Promise<{ instanceIds: string[]; points: number }> {
  const page = { customerId, pageSize: 0, pageToken: '', state: '', group: '' };
  const { instances } = await first.benefits.listWallet(page);
  const { points } = await first.service.client(PointsServiceService).getPointsBalance({ customerId });
  return { instanceIds: instances.map(({ instanceId }) => instanceId), points };
}

describe.each(KINDS)('of %s', (kind) => {
  it('is granted when another replica was granted what this one is refused', async () => {
    for (const replica of [first, second]) {
      instead(replica, async (grant) => {
        await grant();
        throw soldOut();
      });
    }
    const customerId = `early-${kind}`;
    const owed = await settled(await owe(customerId, REWARDS[kind]));
    const held = await heldBy(customerId);
    expect(owed).toMatchObject({ state: 'granted', reason: '', instanceId: held.instanceIds[0] ?? '' });
    expect(held).toEqual(
      kind === 'points' ? { instanceIds: [], points: 5 } : { instanceIds: [expect.any(String)], points: 0 },
    );
  });

  it('is granted when the answer to its last attempt was lost', async () => {
    for (const replica of [first, second]) {
      instead(replica, async (grant) => {
        await grant();
        throw gone();
      });
    }
    const customerId = `last-${kind}`;
    expect(await settled(await owe(customerId, REWARDS[kind], AGE_MS_MAX))).toMatchObject({ state: 'granted' });
  });

  it('is granted no more when it was refused', async () => {
    for (const replica of [first, second]) instead(replica, () => Promise.reject(soldOut()));
    const customerId = `late-${kind}`;
    const owed = await owe(customerId, REWARDS[kind]);
    expect(await settled(owed)).toMatchObject({ state: 'refused', reason: 'STOCK_SOLD_OUT' });
    jest.restoreAllMocks();
    await expect(grantOf(second)(owed)).rejects.toMatchObject({ reason: 'REWARD_REFUSED' });
    expect(await stateOf(owed)).toMatchObject({ state: 'refused', reason: 'STOCK_SOLD_OUT' });
    expect(await heldBy(customerId)).toEqual({ instanceIds: [], points: 0 });
  });
});

it('is granted to who has it and refused to who has not, when one replica is granted and another refused many at once', async () => {
  instead(first, async (grant) => {
    await grant();
    throw gone();
  });
  instead(second, async () => {
    // About as long as a grant takes, so that either may be first.
    await heldBy('nobody');
    throw soldOut();
  });
  const customers = Array.from({ length: 32 }, (_, index) => `crowd-${index}`);
  const all = await Promise.all(customers.map((customerId) => owe(customerId, REWARDS.benefit)));
  await eventually(async () => {
    // What could not be told of is tried again later.
    first.clock.advance(60_000);
    for (const owed of all) expect((await stateOf(owed))?.state).not.toBe('owed');
  });
  for (const owed of all) {
    const { instanceIds } = await heldBy(owed.customerId);
    const { state, instanceId } = (await stateOf(owed))!;
    expect([state, instanceId]).toEqual(instanceIds.length === 1 ? ['granted', instanceIds[0]] : ['refused', '']);
  }
});
