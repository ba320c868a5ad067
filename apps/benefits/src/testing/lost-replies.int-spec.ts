import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { HuntsServiceService } from '@tidegate/contracts/benefits/v1/hunts';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import { eventually, headOffice, testKeys, type LostReplies } from '@tidegate/testing';
import { importCodes, putPool } from '../code-pools/testing/code-pools.fixture';
import { CODE_STEP_MS, makeCode } from '../domain/redemption-code';
import type { Stock } from '../domain/stock';
import { anExchangeOffer, aBenefit, somePoints } from '../exchange/testing/exchange.factory';
import { aFissionCampaign } from '../fission/testing/fission.factory';
import { aHunt, aPoint } from '../hunts/testing/hunt.factory';
import { aCardTransaction, aPointsRule } from '../points/testing/points-rule.factory';
import { aSignInProgramme } from '../sign-in/testing/sign-in.factory';
import { startLostReplies } from './lost-replies/lost-replies';
import { MOVES_NO_VALUE, WITHOUT_REQUEST_ID, writeRpcs } from './lost-replies/write-rpcs';
import { aStock } from './stock.factory';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: an answer that is lost after the commit is told again to who repeats the request, and nothing happens twice.

/** Lost answers of every rpc. */
const COUNT = Number(process.env.WALLET_LOST_REPLIES ?? 50);
const FACE_MINOR = 800;
const KEY = Buffer.from(testKeys.codeSigning, 'base64');
const merchantId = 'm-tea';

let wallet: WalletFixture;
let replies: LostReplies;
beforeAll(async () => {
  wallet = await startWallet();
  replies = await startLostReplies(wallet, COUNT);
});
afterAll(async () => {
  await replies?.stop();
  await wallet?.service.stop();
});

const openStock = async (stockId: string, overrides: Partial<Stock> = {}): Promise<void> => {
  const stock = aStock({
    stockId,
    faceValueMinor: FACE_MINOR,
    totalLimit: COUNT + 1,
    perCustomerLimit: 0,
    ...overrides,
  });
  await wallet.benefits.createStock({ requestId: stockId, stock: { ...stock, claimedCount: 0 } });
};
const codeOf = (instanceId: string, customerId: string): string =>
  makeCode({ instanceId, customerId }, 'once', KEY, wallet.clock.now()).code;
const saleOf = (requestId: string, code: string, amountMinor: number) => ({
  requestId,
  code: '',
  items: [{ code, amountMinor }],
  merchantId,
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor: 5_000,
});

/** Makes and approves what the rpcs of the feature folders need. */
async function define(): Promise<void> {
  const { service } = wallet;
  const makers = { id: 'checker' };
  const move = 'approve';
  const rule = aPointsRule();
  await service.client(PointsServiceService).createPointsRule({ requestId: 'lost', rule });
  await service
    .client(PointsServiceService, makers)
    .movePointsRule({ requestId: 'lost', definitionId: rule.definition.definitionId, move });
  const offer = anExchangeOffer({ give: somePoints(50), get: aBenefit('bought') });
  await service.client(ExchangeServiceService).createExchangeOffer({ requestId: 'lost', offer });
  await service
    .client(ExchangeServiceService, makers)
    .moveExchangeOffer({ requestId: 'lost', definitionId: offer.definition.definitionId, move });
  const reward = { kind: 'points', points: 5, pointsValidMonths: 12, stockId: '' };
  const programme = aSignInProgramme({ streakRewards: [1, 2, 3].map((streakDay) => ({ streakDay, reward })) });
  await service.client(SignInServiceService).createSignInProgramme({ requestId: 'lost', programme });
  await service
    .client(SignInServiceService, makers)
    .moveSignInProgramme({ requestId: 'lost', definitionId: programme.definition.definitionId, move });
  const joined = { kind: 'joined' as const, factType: '', countMin: 1, amountMinorMin: 0, stockId: '' };
  const campaign = aFissionCampaign({ condition: joined });
  await service.client(FissionServiceService).createFissionCampaign({ requestId: 'lost', campaign });
  await service
    .client(FissionServiceService, makers)
    .moveFissionCampaign({ requestId: 'lost', definitionId: campaign.definition.definitionId, move });
  const hunt = aHunt();
  await service.client(HuntsServiceService).createHunt({ requestId: 'lost', hunt });
  await service
    .client(HuntsServiceService, makers)
    .moveHunt({ requestId: 'lost', definitionId: hunt.definition.definitionId, move });
  // Definitions are known a moment after their approval.
  await eventually(() =>
    service.client(HuntsServiceService).issueHuntChallenge({ huntId: 'treasure', customerId: 'scout' }),
  );
}

it(`tells the first result of ${COUNT} lost answers of each rpc of a benefit's life, with no double effect`, async () => {
  await openStock('lost');
  const of = replies.of(BenefitsServiceService);
  const claimed = await of.lose('claimBenefit', async (benefits, i) => {
    const request = { requestId: `claim-${i}`, stockId: 'lost', customerId: `a-${i}`, decisionId: '' };
    return (await benefits.claimBenefit(request)).instance!;
  });
  const passed = await of.lose('transferBenefit', async (benefits, i) => {
    const whose = { instanceId: claimed[i]!.instanceId, customerId: `a-${i}`, toCustomerId: `b-${i}` };
    return (await benefits.transferBenefit({ requestId: `transfer-${i}`, ...whose })).instance!;
  });
  const idOf = (i: number): string => passed[i]!.instanceId;
  const hold = async (name: string) => {
    wallet.clock.advance(CODE_STEP_MS);
    return of.lose('holdBenefit', (benefits, i) =>
      benefits.holdBenefit(saleOf(`${name}-${i}`, codeOf(idOf(i), `b-${i}`), 300)),
    );
  };
  const voided = await hold('hold');
  await of.lose('voidHold', (benefits, i) =>
    benefits.voidHold({ requestId: `void-${i}`, holdId: voided[i]!.holdId, merchantId }),
  );
  const held = await hold('hold-again');
  const sold = await of.lose('commitHold', (benefits, i) =>
    benefits.commitHold({ requestId: `commit-${i}`, holdId: held[i]!.holdId, merchantId }),
  );
  wallet.clock.advance(CODE_STEP_MS);
  const redeemed = await of.lose('redeemByCode', (benefits, i) =>
    benefits.redeemByCode(saleOf(`redeem-${i}`, codeOf(idOf(i), `b-${i}`), 0)),
  );
  await of.lose('reverseRedemption', (benefits, i) => {
    const { redemptionId } = redeemed[i]!.redemption!;
    const place = { storeId: 's-1', clerkId: 'k-1', reason: 'wrong item', isRepeatOnly: false };
    return benefits.reverseRedemption({ requestId: `reverse-${i}`, redemptionId, merchantId, ...place });
  });
  const offer = (name: string) =>
    of.lose('offerGift', (benefits, i) =>
      benefits.offerGift({ requestId: `${name}-${i}`, instanceId: idOf(i), customerId: `b-${i}` }),
    );
  const kept = await offer('offer');
  await of.lose('cancelGift', (benefits, i) =>
    benefits.cancelGift({ requestId: `cancel-${i}`, giftId: kept[i]!.giftId, customerId: `b-${i}` }),
  );
  const gifts = await offer('offer-again');
  const taken = await of.lose('acceptGift', async (benefits, i) => {
    const { giftId, token } = gifts[i]!;
    return (await benefits.acceptGift({ requestId: `accept-${i}`, giftId, token, customerId: `c-${i}` })).instance!;
  });
  expect(taken.every(({ state, remainingMinor }) => state === 'issued' && remainingMinor === 500)).toBe(true);
  await of.lose('voidInstance', (benefits, i) =>
    benefits.voidInstance({ requestId: `taken-back-${i}`, instanceId: taken[i]!.instanceId, reason: 'by mistake' }),
  );
  await openStock('shared', { isShareable: true });
  const sharer = wallet.service.client(SharesServiceService);
  const { link } = await sharer.createShareLink({ requestId: 'shared', stockId: 'shared', customerId: 'sharer' });
  await replies.of(SharesServiceService).lose('claimSharedBenefit', async (shares, i) => {
    const request = { requestId: `shared-${i}`, linkId: link!.linkId, customerId: `d-${i}` };
    return (await shares.claimSharedBenefit(request)).instance;
  });
  await of.lose('postAdjustment', (benefits, i) =>
    benefits.postAdjustment({
      requestId: `adjust-${i}`,
      adjustmentId: `adjust-${i}`,
      merchantId,
      amountMinor: 10,
      currency: 'CNY',
      kind: 'adjustment',
      funder: 'bank',
      partyId: 'hq',
    }),
  );
  await of.lose('postSettlement', (benefits, i) =>
    benefits.postSettlement({
      requestId: `settle-${i}`,
      batchId: `batch-${i}`,
      merchantId,
      amountMinor: 310,
      currency: 'CNY',
      redemptionIds: [sold[i]!.redemptions[0]!.redemptionId],
      reversals: [],
      adjustmentIds: [`adjust-${i}`],
    }),
  );
}, 3_000_000);

it(`tells the first result of ${COUNT} lost answers of points, exchange, sign-in, hunts and invitations`, async () => {
  await openStock('bought');
  await define();
  await replies.of(PointsServiceService).lose('earnPoints', async (points, i) => {
    const transactions = [aCardTransaction({ transactionId: `card-${i}`, customerId: `p-${i}` })];
    return (await points.earnPoints({ requestId: `earn-${i}`, transactions })).results.map(({ entry }) => entry);
  });
  const exchanges = replies.of(ExchangeServiceService);
  await exchanges.lose('exchange', async (client, i) => {
    const request = {
      requestId: `swap-${i}`,
      offerId: 'points-for-parking',
      customerId: `p-${i}`,
      instanceId: '',
      instanceIds: [],
    };
    return (await client.exchange(request)).exchange?.exchangeId;
  });
  await replies.of(PointsServiceService).lose('reversePoints', async (points, i) => {
    const reversals = [{ transactionId: `card-${i}`, customerId: `p-${i}`, reason: 'refunded' }];
    return (await points.reversePoints({ requestId: `take-${i}`, reversals })).results.map(({ entry }) => entry);
  });
  const signIns = replies.of(SignInServiceService);
  const programmeId = 'daily-sign-in';
  const signIn = (name: string) =>
    signIns.lose('signIn', (client, i) =>
      client.signIn({ requestId: `${name}-${i}`, programmeId, customerId: `p-${i}` }),
    );
  const [first] = await signIn('sign');
  wallet.clock.advance(48 * 3_600_000);
  await signIn('sign-later');
  const missed = new Date(Date.parse(first!.status!.today) + 24 * 3_600_000).toISOString().slice(0, 10);
  await signIns.lose('makeUpSignIn', (client, i) =>
    client.makeUpSignIn({ requestId: `make-up-${i}`, programmeId, customerId: `p-${i}`, day: missed }),
  );
  const { longitude, latitude } = aPoint();
  const position = { longitude, latitude, accuracyMetres: 8, measuredAt: wallet.clock.now(), isMocked: false };
  const hunts = wallet.service.client(HuntsServiceService);
  const challenges = await Promise.all(
    Array.from({ length: COUNT + 1 }, (_, i) =>
      hunts.issueHuntChallenge({ huntId: 'treasure', customerId: `p-${i}` }, { deadlineMs: 60_000 }),
    ),
  );
  await replies.of(HuntsServiceService).lose('claimHuntPoint', (client, i) =>
    client.claimHuntPoint({
      requestId: `find-${i}`,
      huntId: 'treasure',
      pointId: 'bund',
      customerId: `p-${i}`,
      challenge: challenges[i]!.challenge,
      position,
    }),
  );
  const deviceOf = (role: string, i: number): string => `${role}-device-${String(i).padStart(6, '0')}`;
  const fission = wallet.service.client(FissionServiceService);
  const invites = await Promise.all(
    Array.from({ length: COUNT + 1 }, (_, i) => {
      const invite = { requestId: `invite-${i}`, campaignId: 'bring-a-friend', customerId: `p-${i}` };
      return fission.createInvite({ ...invite, deviceId: deviceOf('host', i) }, { deadlineMs: 60_000 });
    }),
  );
  await replies.of(FissionServiceService).lose('acceptInvite', (client, i) => {
    const request = { requestId: `accept-invite-${i}`, code: invites[i]!.code, customerId: `guest-${i}` };
    return client.acceptInvite({ ...request, deviceId: deviceOf('guest', i) });
  });
}, 3_000_000);

it(`shows the same codes when ${COUNT} first looks at them are lost, each redeemed once`, async () => {
  const pools = wallet.service.client(CodePoolsServiceService);
  await putPool(pools, 'lost-codes');
  await importCodes(pools, 'lost-codes', ['code', ...Array.from({ length: COUNT + 1 }, (_, i) => `L-${i}`)].join('\n'));
  await openStock('lost-codes', { kind: 'third_party_code', poolId: 'lost-codes', isTransferable: false });
  const customerId = 'viewer';
  const claims = Array.from({ length: COUNT + 1 }, (_, i) => {
    const request = { requestId: `look-${i}`, stockId: 'lost-codes', customerId, decisionId: '' };
    return wallet.benefits.claimBenefit(request, { deadlineMs: 60_000 });
  });
  const instances = (await Promise.all(claims)).map(({ instance }) => instance!);
  const viewer = replies.of(CodePoolsServiceService, { ...headOffice, kind: 'customer', id: customerId });
  const shown = await viewer.lose('showCode', (client, i) =>
    client.showCode({ instanceId: instances[i]!.instanceId, customerId }),
  );
  expect(new Set(shown.map(({ code }) => code)).size).toBe(COUNT + 1);
}, 3_000_000);

it('has lost answers of every rpc that moves value', () => {
  const all = [...writeRpcs(), ...WITHOUT_REQUEST_ID];
  expect([...replies.played, ...MOVES_NO_VALUE].sort()).toEqual(all.sort());
});
