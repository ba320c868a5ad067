import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { HuntsServiceService } from '@tidegate/contracts/benefits/v1/hunts';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { TestPlatform } from '../testing/test-platform';
import { ClaimDesk } from './claim-desk';
import { careful, comesTo, type CrashFlow } from './crash-flow';
import { PassingTime } from './passing-time';
import { intakeFlow } from './intake-flow';
import {
  defineRewards,
  EARNED,
  GONE,
  HUNT_POINTS,
  INVITE_POINTS,
  PARKING,
  PAID,
  PARKING_POINTS,
  SIGN_IN_POINTS,
  SILVER,
  TREASURE,
} from './reward-definitions';

const WALLET = ['benefits'];

/** What customers earn by what they do, in steps that follow each other through events and owed rewards. */
export async function rewardFlows(platform: TestPlatform): Promise<CrashFlow[]> {
  const desk = await ClaimDesk.at(platform);
  const time = await PassingTime.at(platform);
  await desk.openStock(PARKING, { totalLimit: 1_000 });
  await desk.claim(GONE, 'somebody-else');
  await defineRewards(platform);
  const points = careful(await platform.client('benefits', PointsServiceService, 20_000));
  const exchanges = careful(await platform.client('benefits', ExchangeServiceService, 20_000));
  const signIns = careful(await platform.client('benefits', SignInServiceService, 20_000));
  const hunts = careful(await platform.client('benefits', HuntsServiceService, 20_000));
  const fission = careful(await platform.client('benefits', FissionServiceService, 20_000));

  /** A card payment of 100.00, told twice. */
  const pay = async (customerId: string): Promise<void> => {
    const now = new Date();
    const data = { amountMinor: 10_000, currency: 'CNY', operation: 'card_payment', channel: 'pos' };
    const fact = { factId: customerId, factType: 'transaction', customerId, data, occurredAt: now, acceptedAt: now };
    for (const time of ['first', 'again']) {
      await platform.publish(FactRecorded, [FactRecorded.fromPartial(fact)], `${customerId}-${time}`);
    }
  };
  const hasPoints = (customerId: string, amount: number): Promise<void> =>
    comesTo(async () => expect((await points.getPointsBalance({ customerId })).points).toBe(amount));

  return [
    {
      name: 'a payment that earns points, lifts a level and ends a mission',
      services: WALLET,
      prepare: async (id) => async () => {
        await pay(`${id}-a`);
        await hasPoints(`${id}-a`, PAID);
      },
    },
    await intakeFlow(platform, hasPoints),
    {
      name: 'a month of a level that begins, with its benefit',
      services: WALLET,
      prepare: async (id) => async () => {
        await time.beginMonth(`${id}-a`, SILVER);
        await hasPoints(`${id}-a`, EARNED.month);
      },
    },
    {
      name: 'points that nobody spends, and that expire',
      services: WALLET,
      prepare: async (id) => {
        const customerId = `${id}-a`;
        await pay(customerId);
        await hasPoints(customerId, PAID);
        return async () => {
          await time.endPoints(customerId);
          await comesTo(async () => {
            const page = { customerId, pageSize: 10, pageToken: '' };
            const { entries } = await points.listPointsEntries(page);
            const expired = entries.filter(({ kind }) => kind === 'expire');
            expect(expired.map((entry) => [entry.points, entry.balanceAfter])).toEqual([[-PAID, 0]]);
          });
          const request = { account: `points:${customerId}`, currency: 'PTS', at: undefined };
          const { balance } = await desk.benefits.getAccountBalance(request);
          expect(balance!.debitMinor).toBe(balance!.creditMinor);
        };
      },
    },
    {
      name: 'an exchange of points for a benefit',
      services: WALLET,
      prepare: async (id) => {
        const customerId = `${id}-a`;
        await pay(customerId);
        await hasPoints(customerId, PAID);
        return async () => {
          await exchanges.exchange({
            requestId: id,
            offerId: 'crash-offer',
            customerId,
            instanceId: '',
            instanceIds: [],
          });
          await comesTo(() => desk.expectWallet(customerId, ['issued 500']));
          await hasPoints(customerId, PAID - PARKING_POINTS);
        };
      },
    },
    {
      name: 'an exchange for what is gone, whose points come back',
      services: WALLET,
      prepare: async (id) => {
        const customerId = `${id}-a`;
        await pay(customerId);
        await hasPoints(customerId, PAID);
        return async () => {
          const exchange = exchanges.exchange({
            requestId: id,
            offerId: 'crash-gone',
            customerId,
            instanceId: '',
            instanceIds: [],
          });
          await expect(exchange).rejects.toMatchObject({ reason: 'STOCK_SOLD_OUT' });
          await hasPoints(customerId, PAID);
          await desk.expectWallet(customerId, []);
        };
      },
    },
    {
      name: 'a sign-in and its reward',
      services: WALLET,
      prepare: async (id) => async () => {
        await signIns.signIn({ requestId: id, programmeId: 'crash-sign-in', customerId: `${id}-a` });
        await hasPoints(`${id}-a`, SIGN_IN_POINTS);
      },
    },
    {
      name: 'a treasure that is found, and its reward',
      services: WALLET,
      prepare: async (id) => {
        const customerId = `${id}-a`;
        const { challenge } = await comesTo(() => hunts.issueHuntChallenge({ huntId: 'crash-hunt', customerId }));
        const { pointId, ...place } = TREASURE;
        const position = { ...place, accuracyMetres: 8, measuredAt: new Date(), isMocked: false };
        return async () => {
          await hunts.claimHuntPoint({ requestId: id, huntId: 'crash-hunt', pointId, customerId, challenge, position });
          await hasPoints(customerId, HUNT_POINTS);
        };
      },
    },
    {
      name: 'an invitation that is accepted, and rewards both sides',
      services: WALLET,
      prepare: async (id) => async () => {
        const [inviter, invitee] = [`${id}-a`, `${id}-b`];
        const invite = { requestId: id, campaignId: 'crash-invites', customerId: inviter, deviceId: `${id}-device-a` };
        const { code } = await fission.createInvite(invite);
        await fission.acceptInvite({ requestId: id, code, customerId: invitee, deviceId: `${id}-device-b` });
        await pay(invitee);
        await hasPoints(inviter, INVITE_POINTS.inviter);
        await hasPoints(invitee, PAID + INVITE_POINTS.invitee);
      },
    },
  ];
}
