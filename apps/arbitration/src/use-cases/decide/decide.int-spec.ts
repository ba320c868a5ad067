import type { DecideRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { DecisionMade } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';

// Goal: under any concurrency and over two replicas no limit, capacity or quota is broken, and what was said before holds after.

let fixture: ArbitrationFixture;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
});
afterAll(() => fixture?.stop());

let serial = 0;
const request = (customerId: string, overrides: Partial<DecideRequest> = {}): DecideRequest => ({
  requestId: `r-${(serial += 1)}`,
  customerId,
  channels: ['app'],
  maxActions: 1,
  isCommitted: true,
  context: undefined,
  ...overrides,
});
const contactsOf = async (customerId: string) =>
  (await fixture.first.app.get(CustomerStateRepository).find(customerId))?.contacts ?? [];
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

describe('500 concurrent pulls of 20 customers on two replicas', () => {
  it('break neither contact limit, nor the capacity of 15 seats, nor the quota', async () => {
    const people = Array.from({ length: 20 }, (_, index) => `crowd-${index}`);
    await fixture.putCustomers(people.map((customerId) => ({ customerId })));
    await fixture.putPolicy({
      limits: [
        { scope: 'overall', key: '', maxCount: 3, windowDays: 7, window: 'rolling', purpose: '' },
        { scope: 'channel', key: 'app', maxCount: 1, windowDays: 1, window: 'calendar', purpose: '' },
      ],
    });
    await fixture.putStrategy('crowd', [
      appAction('crowd-app'),
      callAction('crowd-call', 'seats', { valueMinor: 90 }),
      appAction('crowd-sms', { valueMinor: 80, treatments: [{ channel: 'sms', title: 'Text' }] }),
    ]);
    await fixture.putStrategy(
      'crowd-quota',
      [appAction('quota-sms', { valueMinor: 85, treatments: [{ channel: 'sms', title: 'Text' }] })],
      { quota: 7 },
    );
    await fixture.client().putCapacity({ requestId: 'seats', queue: 'seats', slot: '2026-03-02', units: 15 });

    const clients = [fixture.client(0), fixture.client(1)];
    const channels = ['app', 'sms', 'remote_bank'];
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) =>
        clients[index % 2]!.decide(request(people[index % 20]!, { channels, maxActions: 1 + (index % 2) })),
      ),
    );

    const chosen = answers.flatMap(({ decisions }) => decisions).filter(({ reason }) => reason === 'CHOSEN');
    // Enough was asked for to fill everything to the brim: 20 customers × 3 contacts.
    expect(chosen).toHaveLength(60);
    for (const customerId of people) {
      const contacts = await contactsOf(customerId);
      expect(contacts).toHaveLength(3);
      expect(contacts.filter(({ channel }) => channel === 'app')).toHaveLength(1);
      expect(contacts.filter(({ isHuman }) => isHuman).length).toBeLessThanOrEqual(1);
      const own = chosen.filter((decision) => decision.customerId === customerId).map(({ decisionId }) => decisionId);
      expect(contacts.map(({ decisionId }) => decisionId).sort()).toEqual(own.sort());
    }
    expect(chosen.filter(({ queue }) => queue === 'seats')).toHaveLength(15);
    expect(chosen.filter(({ strategyId }) => strategyId === 'crowd-quota')).toHaveLength(7);
    const { capacities } = await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' });
    expect(capacities).toEqual([{ queue: 'seats', slot: '2026-03-02', units: 15, reserved: 15, used: 0 }]);
  });
});

describe('a pull', () => {
  beforeAll(async () => {
    await fixture.putPolicy({});
    await fixture.putStrategy('crowd', [], { state: 'retired' });
    await fixture.putStrategy('crowd-quota', [], { state: 'retired' });
    await fixture.putStrategy('home', [
      appAction('save', { valueMinor: 300 }),
      appAction('spend', { valueMinor: 200, eligibility: { field: 'event.page', op: 'eq', value: 'home' } }),
    ]);
  });

  it('answers with rendered actions, best first, and every candidate explained', async () => {
    await fixture.putCustomers([{ customerId: 'anna' }]);
    const { decisions } = await fixture.client().decide(request('anna', { maxActions: 3, context: { page: 'home' } }));
    expect(decisions.map(({ actionId }) => actionId)).toEqual(['save', 'spend']);
    expect(decisions[0]).toMatchObject({
      mode: 'pull',
      group: 'treated',
      title: 'Title of save',
      body: 'Dear ext-anna',
      priority: { propensity: 1, value: 300, lever: 1, contextWeight: 1, score: 300 },
    });
    expect(decisions[0]?.candidates).toHaveLength(2);
    const stored = await fixture.client(1).getDecision({ decisionId: decisions[1]!.decisionId });
    const inputs = { stage: 'mature', orgPath: 'hq/east', event: { page: 'home' } };
    expect(stored.decision).toEqual({ ...decisions[1], inputs: expect.objectContaining(inputs) });
    const { decision: told } = await fixture
      .client(1)
      .getDecision({ decisionId: decisions[1]!.decisionId, language: 'en' });
    expect(told?.explanation[0]).toBe('Action spend of strategy home was chosen on app.');
    const page = { customerId: 'anna', pageSize: 1, pageToken: '', language: 'zh' };
    const [inChinese] = (await fixture.client(1).listDecisions(page)).decisions;
    expect(inChinese?.explanation[0]).toContain('被选中');
    const listed = await fixture.client(1).listDecisions({ customerId: 'anna', pageSize: 1, pageToken: '' });
    const next = await fixture
      .client(1)
      .listDecisions({ customerId: 'anna', pageSize: 1, pageToken: listed.nextPageToken });
    const ids = [...listed.decisions, ...next.decisions].map(({ decisionId }) => decisionId);
    expect(ids.sort()).toEqual(decisions.map(({ decisionId }) => decisionId).sort());
  });

  it('gives a repeat the first answer, also at once and on another replica, and refuses other content', async () => {
    await fixture.putCustomers([{ customerId: 'bert' }]);
    const same = request('bert', { maxActions: 2, context: { page: 'home' } });
    const answers = await Promise.all([0, 1, 0, 1, 0].map((replica) => fixture.client(replica).decide(same)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await contactsOf('bert')).toHaveLength(2);
    expect(await reasonOf(fixture.client().decide({ ...same, maxActions: 3 }))).toBe('REQUEST_ID_REUSED');
  });

  it('that is a preview counts and stores nothing', async () => {
    await fixture.putCustomers([{ customerId: 'carl' }]);
    const { decisions } = await fixture.client().decide(request('carl', { requestId: '', isCommitted: false }));
    expect(decisions[0]).toMatchObject({ decisionId: '', actionId: 'save', reason: 'CHOSEN' });
    expect(await contactsOf('carl')).toEqual([]);
    const listed = await fixture.client().listDecisions({ customerId: 'carl', pageSize: 0, pageToken: '' });
    expect(listed.decisions).toEqual([]);
  });

  it('obeys a withdrawal and a hold from the moment they returned', async () => {
    const people = Array.from({ length: 30 }, (_, index) => `moody-${index}`);
    await fixture.putCustomers(people.map((customerId) => ({ customerId })));
    await Promise.all(
      people.map(async (customerId, index) => {
        // Decisions under way on both replicas while the word comes in.
        const before = [0, 1].map((replica) => fixture.client(replica).decide(request(customerId)));
        const isConsent = index % 2 === 0;
        await (isConsent
          ? fixture
              .client(index % 3 === 0 ? 0 : 1)
              .applyConsent({ customerId, purpose: 'marketing', channel: 'app', isGranted: false, version: 2 })
          : fixture.client(1).applyHold({ customerId, hasComplaintHold: true, version: 2 }));
        for (const replica of [0, 1]) {
          const { decisions } = await fixture.client(replica).decide(request(customerId));
          expect(decisions[0]?.reason).toBe(isConsent ? 'CONSENT_MISSING' : 'COMPLAINT_HOLD');
          expect(decisions[0]?.group).toBe('none');
        }
        await Promise.all(before);
      }),
    );
  });

  it('refuses unknown customers, other organisations and malformed requests', async () => {
    expect(await reasonOf(fixture.client().decide(request('nobody')))).toBe('CUSTOMER_UNKNOWN');
    await fixture.putCustomers([{ customerId: 'dora', orgPath: 'hq/west' }]);
    const eastern = fixture.client(0, { kind: 'staff', orgPath: 'hq/east' });
    expect(await reasonOf(eastern.decide(request('dora')))).toBe('ORG_OUT_OF_SCOPE');
    expect(await contactsOf('dora')).toEqual([]);
    const other = fixture.client(0, { kind: 'customer', id: 'anna', roles: [] });
    expect(await reasonOf(other.decide(request('dora')))).toBe('NOT_YOURS');
    for (const wrong of [{ channels: [] }, { channels: ['app', 'app'] }, { maxActions: 11 }, { requestId: '' }]) {
      expect(await reasonOf(fixture.client().decide(request('anna', wrong)))).toBe('VALIDATION_FAILED');
    }
  });

  it('tells of each decision in one event, each candidate once', async () => {
    await fixture.putCustomers([{ customerId: 'emma' }]);
    const heard: DecisionMade[] = [];
    // What was decided before may be told only now.
    const stop = fixture.first.bus.listen(
      DecisionMade,
      ({ data }) => data.decision?.customerId === 'emma' && heard.push(data),
    );
    const answer = await fixture.client().decide(request('emma', { maxActions: 2, context: { page: 'home' } }));
    await eventually(() => expect(heard).toHaveLength(2));
    stop();
    const told = heard.flatMap(({ decision }) => decision?.candidates ?? []);
    expect(told.map(({ actionId, isChosen }) => [actionId, isChosen]).sort()).toEqual([
      ['save', true],
      ['spend', true],
    ]);
    expect(heard.map(({ decision }) => decision?.decisionId)).toEqual(
      answer.decisions.map(({ decisionId }) => decisionId),
    );
  });

  it('keeps a control group, and says so', async () => {
    await fixture.putStrategy('held', [appAction('held-action', { valueMinor: 9_000 })], { holdoutBasisPoints: 5_000 });
    const people = Array.from({ length: 40 }, (_, index) => `half-${index}`);
    await fixture.putCustomers(people.map((customerId) => ({ customerId })));
    const answers = await Promise.all(people.map((customerId) => fixture.client().decide(request(customerId))));
    await fixture.putStrategy('held', [], { state: 'retired' });
    const held = answers.filter(({ decisions }) =>
      decisions[0]?.candidates.some(({ strategyId, reason }) => strategyId === 'held' && reason === 'HOLDOUT_STRATEGY'),
    );
    expect(held.length).toBeGreaterThan(8);
    expect(held.length).toBeLessThan(32);
    // The control of one strategy is still offered the others.
    for (const { decisions } of held) expect(decisions[0]).toMatchObject({ actionId: 'save', group: 'treated' });
  });
});
