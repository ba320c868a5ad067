import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { VisitGoalReached } from '@tidegate/contracts/merchants/v1/merchants_events';
import { eventually } from '@tidegate/testing';
import { aStock } from '../../../testing/stock.factory';
import { startWallet, type WalletFixture } from '../../../testing/wallet.fixture';

// Goal: who reached a visit goal has its reward in his wallet once, or can read why not.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
  const stock = { ...aStock({ stockId: 'tea', totalLimit: 2, perCustomerLimit: 5 }), claimedCount: 0 };
  await wallet.benefits.createStock({ requestId: 'tea', stock });
});
afterAll(() => wallet?.service.stop());

const reach = (reachId: string, customerId: string, overrides: Partial<VisitGoalReached> = {}) => {
  const reachedAt = wallet.clock.now();
  const goal = {
    reachId,
    planId: 'to-tea',
    goalId: 'twice',
    customerId,
    rewardStockId: 'tea',
    reachedAt,
    ...overrides,
  };
  return wallet.service.publish(VisitGoalReached, customerId, [goal]);
};
const rewardsOf = async (customerId: string) => {
  const page = { customerId, pageSize: 10, pageToken: '' };
  return (await wallet.service.client(RewardsServiceService).listRewards(page)).rewards;
};
const walletOf = async (customerId: string) => {
  const page = { customerId, state: '', group: '', pageSize: 10, pageToken: '' };
  return (await wallet.benefits.listWallet(page)).instances;
};

it('owes each reach once, grants it, and says why one was refused', async () => {
  await reach('r-1', 'ann');
  await reach('r-1', 'ann');
  await reach('r-2', 'ben');
  const granted = { cause: 'visit-goal', reference: 'to-tea', state: 'granted', reason: '' };
  await eventually(async () => {
    expect(await rewardsOf('ann')).toMatchObject([granted]);
    expect(await rewardsOf('ben')).toMatchObject([granted]);
  });
  // Without a reward; and one more than there is.
  await reach('r-3', 'cai', { rewardStockId: '' });
  await reach('r-4', 'cai');
  await eventually(async () =>
    expect(await rewardsOf('cai')).toMatchObject([{ state: 'refused', reason: 'STOCK_SOLD_OUT' }]),
  );
  const [reward] = await rewardsOf('ann');
  expect(await walletOf('ann')).toMatchObject([{ instanceId: reward!.instanceId, stockId: 'tea' }]);
});

it('gives nothing again for a goal that was claimed for before rewards were owed', async () => {
  const stock = { ...aStock({ stockId: 'noodles', totalLimit: 10, perCustomerLimit: 5 }), claimedCount: 0 };
  await wallet.benefits.createStock({ requestId: 'noodles', stock });
  const claim = { requestId: 'visit-goal-r-old', stockId: 'noodles', customerId: 'dan', decisionId: '' };
  await wallet.benefits.claimBenefit(claim);
  await reach('r-old', 'dan', { rewardStockId: 'noodles' });
  await reach('r-new', 'dan', { rewardStockId: 'noodles' });
  await eventually(async () => expect(await rewardsOf('dan')).toMatchObject([{ state: 'granted' }]));
  expect(await walletOf('dan')).toHaveLength(2);
});
