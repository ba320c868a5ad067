import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient, type Client } from '@tidegate/grpc';
import { asActor, headOffice, startLossyProxy, testKeys, type LossyProxy } from '@tidegate/testing';
import { CODE_STEP_MS, makeCode } from '../domain/redemption-code';
import { aStock } from './stock.factory';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: an answer that is lost after the commit is told again to who repeats the request, and nothing happens twice.

/** Lost answers of every rpc; WALLET_LOST_REPLIES=1000 for the long run. */
const COUNT = Number(process.env.WALLET_LOST_REPLIES ?? 100);
/** In flight at once: the answers of one connection that is cut. */
const ROUND = 100;
const FACE_MINOR = 800;
const KEY = Buffer.from(testKeys.codeSigning, 'base64');

type Benefits = Client<typeof BenefitsServiceService>;

let wallet: WalletFixture;
let proxy: LossyProxy;
let channel: Benefits & { close(): void };
let lossy: Benefits;
beforeAll(async () => {
  wallet = await startWallet();
  proxy = await startLossyProxy(wallet.service.url);
  channel = createClient(BenefitsServiceService, proxy.url, { deadlineMs: 60_000 });
  lossy = asActor<typeof BenefitsServiceService>(channel, headOffice);
  const stock = { ...aStock({ stockId: 'lost', faceValueMinor: FACE_MINOR, totalLimit: COUNT }), claimedCount: 0 };
  await wallet.benefits.createStock({ requestId: 'lost', stock });
});
afterAll(async () => {
  channel?.close();
  await proxy?.stop();
  await wallet?.service.stop();
});

const each = Array.from({ length: COUNT }, (_, index) => index);

/**
 * Sends a request for everybody through the proxy, which loses every answer; the client repeats each on a new connection. A
 * further repeat, past the proxy, must say the same.
 */
async function loseAll<T>(send: (benefits: Benefits, index: number) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (let from = 0; from < COUNT; from += ROUND) {
    const round = each.slice(from, from + ROUND);
    const lostBefore = proxy.lostCount();
    proxy.loseNext(round.length);
    const told = await Promise.all(round.map((index) => send(lossy, index)));
    expect(proxy.lostCount() - lostBefore).toBe(round.length);
    expect(await Promise.all(round.map((index) => send(wallet.benefits, index)))).toEqual(told);
    answers.push(...told);
  }
  return answers;
}

/** What every class of accounts holds, debits less credits, in units of the whole crowd. */
async function books(): Promise<Record<string, number>> {
  const { accounts, trialBalanceMinor } = await wallet.benefits.getTrialBalance({ at: undefined });
  expect(trialBalanceMinor).toBe(0);
  const amounts = accounts.map(({ account, debitMinor, creditMinor }) => [account, (debitMinor - creditMinor) / COUNT]);
  return Object.fromEntries(amounts.filter(([, amount]) => amount !== 0)) as Record<string, number>;
}

const codeOf = (instanceId: string, customerId: string): string =>
  makeCode({ instanceId, customerId }, 'once', KEY, wallet.clock.now()).code;

const saleOf = (requestId: string, code: string, amountMinor: number) => ({
  requestId,
  code: '',
  items: [{ code, amountMinor }],
  merchantId: 'm-tea',
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor: 5_000,
});

it(`tells the first result of ${COUNT} lost answers of every rpc that moves value, with no double effect`, async () => {
  const merchantId = 'm-tea';
  const claimed = await loseAll(async (benefits, i) => {
    const request = { requestId: `claim-${i}`, stockId: 'lost', customerId: `a-${i}`, decisionId: '' };
    return (await benefits.claimBenefit(request)).instance!;
  });
  expect(await books()).toEqual({ customer: -FACE_MINOR, funder: FACE_MINOR });

  const passed = await loseAll(async (benefits, i) => {
    const whose = { instanceId: claimed[i]!.instanceId, customerId: `a-${i}`, toCustomerId: `b-${i}` };
    return (await benefits.transferBenefit({ requestId: `transfer-${i}`, ...whose })).instance!;
  });
  expect(await books()).toEqual({ customer: -FACE_MINOR, funder: FACE_MINOR });

  const hold = async (name: string) => {
    wallet.clock.advance(CODE_STEP_MS);
    const sales = passed.map(({ instanceId }, i) => saleOf(`${name}-${i}`, codeOf(instanceId, `b-${i}`), 300));
    return loseAll((benefits, i) => benefits.holdBenefit(sales[i]!));
  };
  const voided = await hold('hold');
  expect(await books()).toEqual({ customer: -500, held: -300, funder: FACE_MINOR });
  await loseAll((benefits, i) => benefits.voidHold({ requestId: `void-${i}`, holdId: voided[i]!.holdId, merchantId }));
  expect(await books()).toEqual({ customer: -FACE_MINOR, funder: FACE_MINOR });

  const held = await hold('hold-again');
  await loseAll((benefits, i) =>
    benefits.commitHold({ requestId: `commit-${i}`, holdId: held[i]!.holdId, merchantId }),
  );
  const spent = { funder: 500, payable: -300, cost_bank: 210, cost_merchant: 90 };
  expect(await books()).toEqual({ ...spent, customer: -500 });

  wallet.clock.advance(CODE_STEP_MS);
  const sales = passed.map(({ instanceId }, i) => saleOf(`redeem-${i}`, codeOf(instanceId, `b-${i}`), 0));
  const redeemed = await loseAll((benefits, i) => benefits.redeemByCode(sales[i]!));
  expect(await books()).toEqual({ payable: -800, cost_bank: 560, cost_merchant: 240 });

  await loseAll((benefits, i) => {
    const { redemptionId } = redeemed[i]!.redemption!;
    return benefits.reverseRedemption({ requestId: `reverse-${i}`, redemptionId, merchantId, reason: 'wrong item' });
  });
  expect(await books()).toEqual({ ...spent, customer: -500 });

  const gifts = await loseAll((benefits, i) =>
    benefits.offerGift({ requestId: `offer-${i}`, instanceId: passed[i]!.instanceId, customerId: `b-${i}` }),
  );
  expect(await books()).toEqual({ ...spent, on_way: -500 });
  const taken = await loseAll((benefits, i) => {
    const { giftId, token } = gifts[i]!;
    return benefits.acceptGift({ requestId: `accept-${i}`, giftId, token, customerId: `c-${i}` });
  });
  expect(await books()).toEqual({ ...spent, customer: -500 });

  expect(taken.every(({ instance }) => instance?.state === 'issued' && instance.remainingMinor === 500)).toBe(true);
  const { stock } = await wallet.benefits.getStock({ stockId: 'lost' });
  expect(stock?.claimedCount).toBe(COUNT);
}, 600_000);
