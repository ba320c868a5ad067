import { DecisionMade, OutcomeRecorded, PushCompleted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { SimulationServiceService, type Simulation } from '@tidegate/contracts/arbitration/v1/simulation';
import { Shift, ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import type { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { eventually } from '@tidegate/testing';
import mongoose from 'mongoose';
import { appAction, ArbitrationFixture, callAction } from '../../../testing/arbitration.fixture';
import { Simulator } from '../../simulator';

// Goal: a simulation says what a draft would do to the live base with its history, and leaves no trace in it.

let fixture: ArbitrationFixture;
const customers = Array.from({ length: 61 }, (_, index) => ({
  customerId: `c-${String(index).padStart(2, '0')}`,
  orgPath: index % 2 ? 'hq/east' : 'hq/west',
  attributes: { tier: index },
}));
/** Reached already, as history tells. */
const CONTACTED = 'c-60';

const simulations = (actor?: Partial<Actor>) => fixture.first.client(SimulationServiceService, actor);
const draft = (strategy: Record<string, unknown> = {}) =>
  StrategySnapshot.fromPartial({
    strategy: { strategyId: 'spring', version: 3, orgPath: 'hq', state: 'draft', ...strategy },
    actions: [{ ...callAction('spring-call', 'trial', { valueMinor: 1_000 }), purpose: 'marketing' }] as never,
    audience: { field: 'attributes.tier', op: 'gte', value: 20 },
    revision: 9,
  });
const start = async (requestId: string, snapshot = draft(), dayCount = 3): Promise<Simulation> =>
  (await simulations().startSimulation({ requestId, snapshot, dayCount, customerCountMax: 0 })).simulation!;
const finished = (simulationId: string): Promise<Simulation> =>
  eventually(
    async () => {
      const { simulation } = await simulations().getSimulation({ simulationId });
      if (simulation === undefined || simulation.state === 'running') throw new Error('still running');
      return simulation;
    },
    { timeoutMs: 90_000 },
  );
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({
    limits: [{ scope: 'overall', key: '', maxCount: 1, windowDays: 30, window: 'rolling', purpose: 'marketing' }],
  });
  await fixture.putCustomers(customers);
  await fixture.client().putCapacity({ requestId: 'trial', queue: 'trial', slot: 'default', units: 5 });
  await fixture.putStrategy('steady', [appAction('steady-app')]);
  const { decisions } = await fixture.client().decide({
    requestId: 'history',
    customerId: CONTACTED,
    channels: ['app'],
    maxActions: 1,
    isCommitted: true,
    context: undefined,
    isNonPersonalised: false,
    isBrief: false,
  });
  const { decisionId } = decisions[0]!;
  await fixture.client().recordOutcome({ requestId: 'o', decisionId, outcome: 'shown', occurredAt: undefined });
});
afterAll(() => fixture?.stop());

/** Everything stored but simulations themselves and their request log, as text; of messages on their way out their number. */
async function footprint(): Promise<string> {
  const { db } = fixture.first.mongo.connection;
  if (db === undefined) throw new Error('not connected');
  const names = (await db.listCollections().toArray()).map(({ name }) => name).sort();
  const parts = names
    .filter((name) => !['simulations', 'simulation_parts', 'requests'].includes(name))
    .map(async (name) => {
      const documents = await db.collection(name).find().sort({ _id: 1 }).toArray();
      return [name, name === 'outbox' ? documents.length : documents];
    });
  return mongoose.mongo.BSON.EJSON.stringify(await Promise.all(parts));
}

describe('a draft on the live base', () => {
  let done: Simulation;
  let [before, after] = ['', ''];
  const events: string[] = [];

  beforeAll(async () => {
    // What the history told is through: who listens from now on hears nothing of it.
    const outbox = fixture.first.mongo.connection.collection('outbox');
    await eventually(async () => expect(await outbox.countDocuments({ sentAt: null })).toBe(0));
    const types = [DecisionMade, OutcomeRecorded, PushCompleted];
    const stops = types.map((type) =>
      fixture.first.bus.listen(type as typeof DecisionMade, () => events.push(type.$type)),
    );
    before = await footprint();
    done = await finished((await start('first')).simulationId);
    after = await footprint();
    stops.forEach((stop) => stop());
  });

  it('leaves no event, no reservation and no decision', () => {
    expect(events).toEqual([]);
    for (const name of ['decisions', 'capacities', 'customer_states', 'outbox']) expect(before).toContain(`"${name}"`);
    expect(after).toBe(before);
  });

  it('tells volumes by day and channel, the load of queues, and the change against live', () => {
    expect(done).toMatchObject({
      state: 'completed',
      strategyId: 'spring',
      strategyVersion: 3,
      firstDay: '2026-03-03',
      dayCount: 3,
      customerCount: 61,
      progressPercent: 100,
    });
    const { volumes, queues, strategies } = done.report!;
    expect(volumes).toEqual([
      { day: '2026-03-03', channel: 'app', draftCount: 55, liveCount: 60, draftValue: 5_500, liveValue: 6_000 },
      { day: '2026-03-03', channel: 'remote_bank', draftCount: 5, liveCount: 0, draftValue: 5_000, liveValue: 0 },
    ]);
    expect(queues).toEqual(
      ['2026-03-03', '2026-03-04', '2026-03-05'].map((day, index) => ({
        day,
        queue: 'trial',
        freeUnits: 5,
        draftCount: index === 0 ? 5 : 0,
        liveCount: 0,
      })),
    );
    expect(strategies).toMatchObject([
      { strategyId: 'spring', draftCount: 5, liveCount: 0 },
      { strategyId: 'steady', draftCount: 55, liveCount: 60 },
    ]);
    expect(done.report).toMatchObject({ sameCount: 56, switchedCount: 5, gainedCount: 0, lostCount: 0 });
  });

  it('tells who gets nothing and why, and which strategies want the same customers', () => {
    expect(done.report).toMatchObject({
      audienceCount: 41,
      reachedCount: 5,
      nothingCountByReason: { OUTRANKED: 35, CONTACT_LIMIT_OVERALL: 1 },
      // On the two days after, the app's contact of the 35 uses up the limit; of the one contacted before on all three.
      conflicts: [{ strategyId: 'steady', lostCount: 35, tookCount: 5, contactLimitCount: 73 }],
    });
  });

  it('says that it leaves nothing out', () => {
    expect(done.report).toMatchObject({ notPlayedActionIds: [], liveNotPlayedCount: 0 });
  });

  it('pages the customers, of one reason, one change, and the caller’s organisation', async () => {
    const { simulationId } = done;
    const request = { simulationId, reason: '', change: '', pageSize: 25, pageToken: '' };
    const first = await simulations().listSimulationCustomers(request);
    const rest = await simulations().listSimulationCustomers({
      ...request,
      pageSize: 100,
      pageToken: first.nextPageToken,
    });
    expect([...first.customers, ...rest.customers].map(({ customerId }) => customerId)).toEqual(
      customers.map(({ customerId }) => customerId),
    );
    expect(rest.nextPageToken).toBe('');
    const switched = await simulations().listSimulationCustomers({ ...request, change: 'switched' });
    expect(switched.customers).toHaveLength(5);
    expect(switched.customers[0]).toMatchObject({
      reason: '',
      draftContacts: [{ day: '2026-03-03', strategyId: 'spring', actionId: 'spring-call', channel: 'remote_bank' }],
      liveContacts: [{ strategyId: 'steady', channel: 'app' }],
    });
    const limited = await simulations().listSimulationCustomers({ ...request, reason: 'CONTACT_LIMIT_OVERALL' });
    expect(limited.customers.map(({ customerId }) => customerId)).toEqual([CONTACTED]);
  });

  it('is found again by its strategy, and hidden from other organisations', async () => {
    const list = { strategyId: 'spring', pageSize: 0, pageToken: '' };
    const { simulations: found } = await simulations().listSimulations(list);
    expect(found.map(({ simulationId }) => simulationId)).toContain(done.simulationId);
    const east = { kind: 'staff' as const, id: 'e', roles: ['maker'], orgPath: 'hq/east' };
    expect((await simulations(east).listSimulations(list)).simulations).toEqual([]);
    expect(await reasonOf(simulations(east).getSimulation({ simulationId: done.simulationId }))).toBe(
      'ORG_OUT_OF_SCOPE',
    );
  });
});

describe('a simulation', () => {
  it('of a branch shows the branch its own customers', async () => {
    const east = { kind: 'staff' as const, id: 'e', roles: ['maker'], orgPath: 'hq/east' };
    const snapshot = draft({ strategyId: 'east', orgPath: 'hq/east' });
    const request = { requestId: 'east', snapshot, dayCount: 1, customerCountMax: 0 };
    const { simulation } = await simulations(east).startSimulation(request);
    const { simulationId } = await finished(simulation!.simulationId);
    const page = { simulationId, reason: '', change: '', pageSize: 100, pageToken: '' };
    const { customers: seen } = await simulations(east).listSimulationCustomers(page);
    expect(seen.map(({ customerId }) => customerId)).toEqual(
      customers.filter(({ orgPath }) => orgPath === 'hq/east').map(({ customerId }) => customerId),
    );
  });

  it('of a live strategy replaces its live version', async () => {
    const snapshot = StrategySnapshot.fromPartial({
      strategy: { strategyId: 'steady', version: 2, orgPath: 'hq', state: 'draft' },
      actions: [{ ...appAction('steady-app'), purpose: 'marketing', valueMinor: 100 }] as never,
      audience: { field: 'attributes.tier', op: 'lt', value: 10 },
    });
    const { report } = await finished((await start('steady', snapshot, 1)).simulationId);
    expect(report).toMatchObject({ audienceCount: 10, reachedCount: 10, lostCount: 50 });
  });

  it('is cancelled while it runs, and answers repeats', async () => {
    const simulator = fixture.first.app.get(Simulator);
    let isHeld = false;
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const run = simulator.run.bind(simulator);
    const spy = jest.spyOn(simulator, 'run').mockImplementation(async (simulation, onProgress) => {
      isHeld = true;
      await gate;
      return run(simulation, onProgress);
    });
    const { simulationId } = await start('cancelled');
    expect((await start('cancelled')).simulationId).toBe(simulationId);
    await eventually(() => expect(isHeld).toBe(true));
    const page = { simulationId, reason: '', change: '', pageSize: 0, pageToken: '' };
    expect(await reasonOf(simulations().listSimulationCustomers(page))).toBe('SIMULATION_NOT_COMPLETED');
    expect((await simulations().cancelSimulation({ simulationId })).simulation?.state).toBe('cancelled');
    release();
    spy.mockRestore();
    expect((await simulations().cancelSimulation({ simulationId })).simulation?.state).toBe('cancelled');
    expect(await finished(simulationId)).toMatchObject({ state: 'cancelled', report: undefined });
  });

  it('gives a customer his owner’s units alone, as a decision does', async () => {
    const shifts = fixture.first.client(ShiftsServiceService);
    const plan = { queue: 'own', orgPath: 'hq', slotMinutes: 60, daysAhead: 2 };
    await shifts.putShiftPlan({ requestId: 'own-plan', plan });
    for (const [personId, unitsPerHour] of [
      ['ann', 2],
      ['ben', 5],
    ] as const) {
      const hours = { fromMinute: 600, toMinute: 660 };
      const shift = { shiftId: personId, queue: 'own', personId, weekdays: [2], firstDay: '2026-03-02', hours };
      const whose = { ...shift, unitsPerHour, teamId: '' };
      await shifts.putShift({ requestId: personId, shift: Shift.fromPartial(whose) });
    }
    const owned = Array.from({ length: 12 }, (_, index) => ({
      customerId: `own-${index}`,
      attributes: { isOwned: true, ownerId: index < 9 ? 'ann' : 'ben' },
    }));
    await fixture.putCustomers(owned);
    const isOwned = { field: 'attributes.isOwned', op: 'eq', value: true };
    const snapshot = StrategySnapshot.fromPartial({
      strategy: { strategyId: 'own', version: 1, orgPath: 'hq', state: 'draft' },
      actions: [{ ...callAction('own-call', 'own', { valueMinor: 5_000 }), purpose: 'marketing' }] as never,
      audience: isOwned,
    });
    const { report } = await finished((await start('own', snapshot, 1)).simulationId);
    expect(report!.queues).toEqual([{ day: '2026-03-03', queue: 'own', freeUnits: 7, draftCount: 5, liveCount: 0 }]);
    expect(report).toMatchObject({ audienceCount: 12, reachedCount: 5 });
  });

  it('is refused with what makes no sense', async () => {
    const broken = draft();
    broken.audience = { field: 'nothing', op: 'is', value: 1 };
    expect(await reasonOf(start('broken', broken))).toBe('RULE_INVALID');
    expect(await reasonOf(start('long', draft(), 29))).toBe('VALIDATION_FAILED');
    const few = { requestId: 'few', snapshot: draft(), dayCount: 1, customerCountMax: 5 };
    expect(await reasonOf(simulations().startSimulation(few))).toBe('VALIDATION_FAILED');
    expect(await reasonOf(simulations().startSimulation({ ...few, snapshot: undefined }))).toBe('VALIDATION_FAILED');
    expect(await reasonOf(simulations().getSimulation({ simulationId: 'none' }))).toBe('SIMULATION_NOT_FOUND');
  });
});
