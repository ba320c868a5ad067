import { StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { LeadClosed, LeadOffered } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually, FakeClock } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';
import { MoveDueLeadsUseCase } from '../move-due-leads/move-due-leads.use-case';
import { EndStoppedLeadsUseCase } from './end-stopped-leads.use-case';

// Goal: a paused strategy has nobody called until it is resumed, and the leads of one that is over end; what a customer was promised goes on.

const PATIENT = { timeoutMs: 60_000 };
const DAY_SECONDS = 86_400;
const clock = new FakeClock();
let first: CallCentre;
let second: CallCentre;
let revision = 0;
const offered: string[] = [];
const closed: LeadClosed[] = [];

beforeAll(async () => {
  first = await CallCentre.open({ clock });
  second = await CallCentre.open({ clock, shareWith: first });
  first.service.bus.listen(LeadOffered, ({ data }) => offered.push(data.lead?.leadId ?? ''));
  first.service.bus.listen(LeadClosed, ({ data }) => closed.push(data));
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});

/** Tells how the strategy stands, and waits until it is heard. */
const tell = async (strategyId: string, state: string): Promise<void> => {
  revision += 1;
  const snapshot = StrategySnapshot.fromPartial({ strategy: { strategyId, state }, revision });
  await first.service.publish(StrategyChanged, strategyId, [{ snapshot }]);
  const states = first.service.mongo.connection.collection('strategy_states');
  await eventually(async () => expect(await states.findOne({ revision })).toMatchObject({ state }), PATIENT);
};
const pass = async (seconds: number): Promise<void> => {
  clock.advance(seconds * 1000);
  for (const { service } of [first, second]) {
    await service.app.get(MoveDueLeadsUseCase).execute();
    await service.app.get(MoveDueLeadsUseCase).drainBacklog();
  }
};
const stateOf = async (number: number): Promise<string> => (await first.lead(`lead-d-${number}`)).state;
const comesTo = (number: number, state: string): Promise<void> =>
  eventually(async () => expect([number, await stateOf(number)]).toEqual([number, state]), PATIENT);
const endsOf = (number: number): string[] =>
  closed.filter(({ lead }) => lead?.leadId === `lead-d-${number}`).map(({ outcome }) => outcome);

it('offers nothing of a paused strategy, but what waits behind it, and all of it once it is resumed', async () => {
  await first.putQueue({ queue: 'pause' });
  const promisedAt = new Date(clock.now().getTime() + DAY_SECONDS * 1000);
  const paused = Array.from({ length: 30 }, (_, index) => 100 + index);
  await first.decide(paused, { queue: 'pause', strategyId: 'paused', promisedAt });
  await first.decide([1], { queue: 'pause', strategyId: 'other', promisedAt });
  await comesTo(1, 'scheduled');
  await comesTo(129, 'scheduled');
  await tell('paused', 'paused');
  await first.putSeat('p', { queues: ['pause'], capacity: 2 });
  await pass(DAY_SECONDS);
  expect((await first.openLeads('p')).map(({ leadId }) => leadId)).toEqual(['lead-d-1']);
  expect([await stateOf(129), offered.filter((leadId) => leadId !== 'lead-d-1')]).toEqual(['waiting', []]);

  await tell('paused', 'published');
  await pass(1);
  await eventually(async () => {
    expect((await first.openLeads('p')).map(({ leadId }) => leadId)).toEqual(['lead-d-1', 'lead-d-129']);
  }, PATIENT);
});

it('ends what waits of a strategy that was retired, told before or after its decisions, and keeps what was promised', async () => {
  await first.putQueue({ queue: 'end', offerTimeoutSeconds: DAY_SECONDS });
  await first.putSeat('e', { queues: ['end'], capacity: 1 });
  const of = { queue: 'end', strategyId: 'retired' };
  await first.decide([203], of);
  await comesTo(203, 'offered');
  await first.accept({ leadId: 'lead-d-203' }, 'e');
  const promise = { leadId: 'lead-d-203', seatId: 'e', disposition: 'call_back', note: '' };
  const callBackAt = new Date(clock.now().getTime() + 3_600_000);
  await first.agent('e').recordDisposition({ ...promise, requestId: first.nextRequestId(), callBackAt });
  await first.decide([202], of);
  await comesTo(202, 'offered');
  await first.decide([201], of);
  await comesTo(201, 'waiting');
  await first.decide([200], { ...of, promisedAt: new Date(clock.now().getTime() + DAY_SECONDS * 1000) });
  await comesTo(200, 'scheduled');

  await tell('retired', 'retired');
  const sweep = (): Promise<unknown> =>
    Promise.all([first, second].map(({ service }) => service.app.get(EndStoppedLeadsUseCase).execute()));
  await sweep();
  await first.decide([204], of);
  for (const number of [200, 201, 202, 204]) {
    await comesTo(number, 'closed');
    const ended = { disposition: 'retracted', retractedReason: 'STRATEGY_STOPPED', seatId: '' };
    expect(await first.lead(`lead-d-${number}`)).toMatchObject(ended);
    await eventually(() => expect([number, endsOf(number)]).toEqual([number, ['released']]), PATIENT);
  }
  expect(await stateOf(203)).toBe('call_back');
  // Nothing is left to look for, and the promise is kept.
  await pass(3_600);
  await sweep();
  const states = first.service.mongo.connection.collection('strategy_states');
  expect(await states.findOne({ state: 'retired' })).toMatchObject({ isHeld: false });
  await eventually(async () => expect(await first.openLeads('e')).toMatchObject([{ leadId: 'lead-d-203' }]), PATIENT);
});
