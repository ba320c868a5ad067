import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, fakePeer } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';
import { buildDecision } from '../../testing/decision.factory';
import { MoveDueLeadsUseCase } from '../move-due-leads/move-due-leads.use-case';
import { KeepChannelHoursUseCase } from './keep-channel-hours.use-case';

// Goal: nobody is called in quiet hours that began after the decision; the lead waits for the morning, over two replicas, and is asked about until then.

const PATIENT = { timeoutMs: 60_000 };
const clock = new FakeClock();
const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);
let first: CallCentre;
let second: CallCentre;
let stopPeer: () => Promise<void>;
let isAway = false;
const untils = new Map<string, Date | undefined>();
const closings = new Map<string, Date>();
const retracted = new Map<string, string>();
const closed: string[] = [];

beforeAll(async () => {
  const arbitration = await fakePeer(ArbitrationServiceService, {
    listRetractions: async ({ decisionIds }) => {
      if (isAway) throw new DomainError({ code: 'UNAVAILABLE', reason: 'DATABASE_UNAVAILABLE', message: 'away' });
      return {
        retractions: decisionIds.flatMap((decisionId) => {
          const reason = retracted.get(decisionId);
          return reason === undefined ? [] : [{ decisionId, reason, retractedAt: undefined }];
        }),
        quietDecisions: decisionIds
          .filter((decisionId) => untils.has(decisionId))
          .map((decisionId) => ({ decisionId, until: untils.get(decisionId) })),
        closings: decisionIds
          .filter((decisionId) => closings.has(decisionId))
          .map((decisionId) => ({ decisionId, quietFrom: closings.get(decisionId) })),
      };
    },
  });
  stopPeer = arbitration.stop;
  const peers = { arbitration: arbitration.url };
  first = await CallCentre.open({ clock, peers });
  second = await CallCentre.open({ clock, peers, shareWith: first });
  first.service.bus.listen(LeadClosed, ({ data }) => closed.push(`${data.lead?.leadId} ${data.outcome}`));
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
  await stopPeer?.();
});

const decide = (number: number, queue: string, quietFrom?: Date): Promise<void> =>
  first.service.publish(DecisionMade, 'd', [
    { decision: buildDecision(number, { queue }), leftCandidates: [], quietFrom },
  ]);
const pass = async (seconds: number): Promise<void> => {
  clock.advance(seconds * 1000);
  for (const { service } of [first, second]) {
    await service.app.get(KeepChannelHoursUseCase).execute();
    await service.app.get(MoveDueLeadsUseCase).execute();
    await service.app.get(MoveDueLeadsUseCase).drainBacklog();
  }
};
const comesTo = (number: number, expected: object): Promise<void> =>
  eventually(async () => expect(await first.lead(`lead-d-${number}`)).toMatchObject(expected), PATIENT);
const offeredTo = (seatId: string, leadId: string): Promise<void> =>
  eventually(async () => expect(await first.openLeads(seatId)).toMatchObject([{ leadId, state: 'offered' }]), PATIENT);

it('offers a lead whose channel has closed in the morning, and not before', async () => {
  await first.putQueue({ queue: 'night' });
  await decide(1, 'night', inSeconds(300));
  await comesTo(1, { state: 'waiting' });
  const morning = inSeconds(39_600);
  untils.set('d-1', morning);
  closings.set('d-1', inSeconds(86_700));
  isAway = true;
  await pass(2_100);
  await first.putSeat('n', { queues: ['night'] });
  await pass(1);
  expect(await first.openLeads('n')).toEqual([]);
  isAway = false;
  await pass(1);
  await comesTo(1, { state: 'scheduled', promisedAt: morning });
  expect(await first.openLeads('n')).toEqual([]);
  untils.clear();
  await pass(36_600);
  expect(await first.openLeads('n')).toEqual([]);
  await pass(2_400);
  await offeredTo('n', 'lead-d-1');
});

it('offers it at once where the channel turns out to be open, and ends it where the night discards', async () => {
  await first.putQueue({ queue: 'open' });
  await first.putQueue({ queue: 'drop' });
  untils.set('d-3', undefined);
  for (const seatId of ['o', 'p']) await first.putSeat(seatId, { queues: [seatId === 'o' ? 'open' : 'drop'] });
  await decide(2, 'open', inSeconds(-60));
  await decide(3, 'drop', inSeconds(-60));
  await comesTo(2, {});
  await comesTo(3, {});
  await pass(1);
  await offeredTo('o', 'lead-d-2');
  await comesTo(3, { state: 'closed', disposition: 'unreachable' });
  expect(await first.openLeads('p')).toEqual([]);
  await eventually(() => expect(closed).toContain('lead-d-3 released'), PATIENT);
});

it('ends a lead whose strategy is over, and leaves one alone whose retraction is still to be heard of', async () => {
  await first.putQueue({ queue: 'over' });
  retracted.set('d-4', 'STRATEGY_STOPPED').set('d-5', 'CONSENT_MISSING');
  for (const number of [4, 5]) await decide(number, 'over', inSeconds(-60));
  for (const number of [4, 5]) await comesTo(number, {});
  await pass(1);
  await comesTo(4, { state: 'closed', retractedReason: 'STRATEGY_STOPPED' });
  expect(await first.lead('lead-d-5')).toMatchObject({ state: 'waiting' });
});

it('asks nothing about a lead whose strategy is paused, which waits as it was', async () => {
  await first.putQueue({ queue: 'paused' });
  const paused = buildDecision(6, { queue: 'paused', strategyId: 'paused' });
  const strategy = { strategyId: 'paused', state: 'paused' };
  await first.service.publish(StrategyChanged, 'paused', [
    { snapshot: StrategySnapshot.fromPartial({ strategy, revision: 1 }) },
  ]);
  const states = first.service.mongo.connection.collection('strategy_states');
  await eventually(async () => expect(await states.findOne({ revision: 1 })).toMatchObject({ isHeld: true }), PATIENT);
  await first.service.publish(DecisionMade, 'd', [{ decision: paused, leftCandidates: [], quietFrom: inSeconds(-60) }]);
  await comesTo(6, { state: 'waiting' });
  untils.set('d-6', inSeconds(600));
  for (let round = 0; round < 3; round += 1) await pass(700);
  await comesTo(6, { state: 'waiting', promisedAt: undefined });
});
