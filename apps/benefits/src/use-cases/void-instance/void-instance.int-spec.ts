import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { BenefitStateChanged } from '@tidegate/contracts/benefits/v1/benefits_events';
import { eventually } from '@tidegate/testing';
import { InstanceRepository } from '../../repositories/instance.repository';
import { aStock } from '../../testing/stock.factory';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: the bank takes a whole stock back at once: each benefit once, every unit there again, the ledger at zero; who did
// and why is kept.

const COUNT = 150;
let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

it('takes all benefits of one stock back at once, however often it is told', async () => {
  const { benefits } = wallet;
  const stock = aStock({ stockId: 'recalled', totalLimit: COUNT, perCustomerLimit: 0 });
  await benefits.createStock({ requestId: 'recalled', stock: { ...stock, claimedCount: 0 } });
  const claims = Array.from({ length: COUNT }, (_, index) =>
    benefits.claimBenefit({
      requestId: `c-${index}`,
      stockId: 'recalled',
      customerId: `c-${index % 50}`,
      decisionId: '',
    }),
  );
  const instances = (await Promise.all(claims)).map(({ instance }) => instance!);
  const recall = (requestId: string, instanceId: string) =>
    benefits.voidInstance({ requestId, instanceId, reason: 'by mistake' });
  const told = instances.flatMap(({ instanceId }) => [
    recall(`v-${instanceId}`, instanceId),
    recall(`v-${instanceId}`, instanceId),
  ]);
  expect(await tally(told)).toEqual({ done: 2 * COUNT });
  expect(await tally(instances.map(({ instanceId }) => recall(`again-${instanceId}`, instanceId)))).toEqual({
    INSTANCE_NOT_AVAILABLE: COUNT,
  });
  expect((await benefits.getStock({ stockId: 'recalled' })).stock?.claimedCount).toBe(0);
  expect(await wallet.trialBalance()).toBe(0);
});

it('keeps who took a benefit back and why, and tells it', async () => {
  const told: BenefitStateChanged[] = [];
  wallet.service.bus.listen(BenefitStateChanged, ({ data }) => told.push(data));
  const instanceId = await wallet.claimOne('ann');
  const clerk = wallet.service.client(BenefitsServiceService, { id: 'clerk-7' });
  const takenBack = { actorId: 'clerk-7', reason: 'granted by mistake' };
  await clerk.voidInstance({ requestId: 'mistake', instanceId, reason: takenBack.reason });
  const kept = await wallet.service.app.get(InstanceRepository).find(instanceId);
  expect(kept).toMatchObject({ state: 'void', takenBack });
  await eventually(() =>
    expect(told.find((each) => each.instanceId === instanceId)).toMatchObject({ cause: 'taken_back', ...takenBack }),
  );
});

it('shows staff who took a benefit back and why, and the holder only that it was', async () => {
  const { service } = wallet;
  const instanceId = await wallet.claimOne('ben');
  const clerk = service.client(BenefitsServiceService, { id: 'clerk-8' });
  await clerk.voidInstance({ requestId: 'shown', instanceId, reason: 'claimed twice' });
  const kept = await wallet.claimOne('ben', { validForSeconds: 30 * 24 * 3_600 });
  const page = { customerId: 'ben', pageSize: 0, pageToken: '', state: '' };
  for (const group of ['', 'all', 'expired']) {
    const { takenBack } = await clerk.listWallet({ ...page, group });
    expect(takenBack).toEqual([{ instanceId, actorId: 'clerk-8', reason: 'claimed twice' }]);
  }
  expect((await clerk.listWallet({ ...page, group: 'available' })).takenBack).toEqual([]);
  const own = service.client(BenefitsServiceService, { kind: 'customer', id: 'ben' });
  const { instances, takenBack } = await own.listWallet({ ...page, group: '' });
  expect(instances.map((each) => [each.instanceId, each.state])).toEqual([
    [instanceId, 'void'],
    [kept, 'issued'],
  ]);
  expect(takenBack).toEqual([]);
});
