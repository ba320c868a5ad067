import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient, type Client } from '@tidegate/grpc';
import { asActor, eventually, headOffice, startLossyProxy, type LossyProxy } from '@tidegate/testing';
import { CODE_STEP_MS } from '../domain/redemption-code';
import { aStock } from './stock.factory';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: who was told that his time was up, while the commit went through, is told the first result when he asks again.

type Benefits = Client<typeof BenefitsServiceService>;

/** Time enough for the request to arrive, whatever else the machine has to do. */
const DEADLINE_MS = 4_000;
const FACE_MINOR = 800;
const place = { merchantId: 'm-late', storeId: 's-1', clerkId: 'k-1' };

let wallet: WalletFixture;
let proxy: LossyProxy;
let late: Benefits;
let close: () => void;
beforeAll(async () => {
  wallet = await startWallet();
  proxy = await startLossyProxy(wallet.service.url);
  const channel = createClient(BenefitsServiceService, proxy.url, { deadlineMs: DEADLINE_MS });
  close = () => channel.close();
  late = asActor<typeof BenefitsServiceService>(channel, headOffice);
});
afterAll(async () => {
  close?.();
  await proxy?.stop();
  await wallet?.service.stop();
});

const balances = async (): Promise<number[]> =>
  Promise.all(['customer:ann', 'customer:bob', 'payable:m-late'].map((account) => wallet.balance(account)));

/** Sends a request whose answer comes too late, waits for what it did, and asks twice again: what it was told then. */
async function tooLate<T>(send: (client: Benefits) => Promise<T>, effect: number[]): Promise<T> {
  // One more than will come: the answer is kept back, the connection stays.
  proxy.loseNext(2);
  await expect(send(late)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED', reason: 'PEER_TIMED_OUT' });
  await eventually(async () => expect(await balances()).toEqual(effect));
  const told = await send(wallet.benefits);
  expect(await send(wallet.benefits)).toEqual(told);
  expect(await balances()).toEqual(effect);
  return told;
}

it('tells a claim, a transfer, a redemption and its reversal again, each done once', async () => {
  const stock = { ...aStock({ stockId: 'late', faceValueMinor: FACE_MINOR, totalLimit: 1 }), claimedCount: 0 };
  await wallet.benefits.createStock({ requestId: 'late', stock });
  await eventually(() => late.getStock({ stockId: 'late' }));
  const claim = { requestId: 'claim', stockId: 'late', customerId: 'ann', decisionId: '' };
  const claimed = await tooLate((benefits) => benefits.claimBenefit(claim), [-FACE_MINOR, 0, 0]);
  const { instanceId } = claimed.instance!;

  const passing = { requestId: 'pass', instanceId, customerId: 'ann', toCustomerId: 'bob' };
  const passed = await tooLate((benefits) => benefits.transferBenefit(passing), [0, -FACE_MINOR, 0]);

  wallet.clock.advance(CODE_STEP_MS);
  const code = await wallet.codeFor(passed.instance!.instanceId, 'bob');
  const sale = { requestId: 'redeem', code, items: [], ...place, orderAmountMinor: 5_000 };
  const redeemed = await tooLate((benefits) => benefits.redeemByCode(sale), [0, 0, -FACE_MINOR]);

  const { redemptionId } = redeemed.redemption!;
  const back = { requestId: 'reverse', redemptionId, ...place, reason: 'wrong item', isRepeatOnly: false };
  await tooLate((benefits) => benefits.reverseRedemption(back), [0, -FACE_MINOR, 0]);
  expect(await wallet.trialBalance()).toBe(0);
});
