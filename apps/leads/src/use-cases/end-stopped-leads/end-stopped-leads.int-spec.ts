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
const tell = async (strategyId: string, state: string, endsAt?: Date): Promise<void> => {
  revision += 1;
  const snapshot = StrategySnapshot.fromPartial({ strategy: { strategyId, state, endsAt }, revision });
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
const sweep = (): Promise<unknown> =>
  Promise.all([first, second].map(({ service }) => service.app.get(EndStoppedLeadsUseCase).execute()));
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

it('ends what waits of a strategy from the moment of its end on, paused or not, unless its end was put off', async () => {
  await first.putQueue({ queue: 'date', offerTimeoutSeconds: DAY_SECONDS });
  await first.putSeat('d', { queues: ['date'], capacity: 2 });
  const inSeconds = (seconds: number): Date => new Date(clock.now().getTime() + seconds * 1000);
  const endsAt = inSeconds(3_600);
  for (const strategyId of ['over', 'halted', 'put-off']) await tell(strategyId, 'published', endsAt);
  const of = (strategyId: string) => ({ queue: 'date', strategyId });
  await first.decide([302], of('over'));
  await comesTo(302, 'offered');
  await first.accept({ leadId: 'lead-d-302' }, 'd');
  await first.decide([301], of('over'));
  await comesTo(301, 'offered');
  await first.decide([300], of('over'));
  await first.decide([303], of('halted'));
  await first.decide([305], of('put-off'));
  await first.decide([304], { ...of('over'), promisedAt: inSeconds(DAY_SECONDS) });
  await tell('halted', 'paused', endsAt);
  for (const number of [300, 303, 305]) await comesTo(number, 'waiting');
  await comesTo(304, 'scheduled');
  clock.advance(3_599_999);
  await sweep();
  expect(await Promise.all([300, 301, 303, 304].map(stateOf))).toEqual(['waiting', 'offered', 'waiting', 'scheduled']);
  await tell('put-off', 'published', inSeconds(DAY_SECONDS));

  clock.advance(1);
  // Of a decision that is told between the end and the sweep.
  await first.decide([306], of('over'));
  await comesTo(306, 'closed');
  await sweep();
  for (const number of [300, 301, 303, 304, 306]) {
    const ended = { state: 'closed', disposition: 'retracted', retractedReason: 'STRATEGY_STOPPED', seatId: '' };
    expect(await first.lead(`lead-d-${number}`)).toMatchObject(ended);
    await eventually(() => expect([number, endsOf(number)]).toEqual([number, ['released']]), PATIENT);
  }
  expect(await stateOf(302)).toBe('accepted');
  await comesTo(305, 'offered');
  await pass(60);
  await sweep();
  const states = first.service.mongo.connection.collection('strategy_states');
  expect(await states.countDocuments({ endsAt, isHeld: true })).toBe(0);
  await first.decide([307], of('halted'));
  await comesTo(307, 'closed');
  // What is in force again has its leads offered again.
  await tell('over', 'published', inSeconds(DAY_SECONDS));
  await first.decide([308], of('over'));
  await comesTo(308, 'waiting');
});
