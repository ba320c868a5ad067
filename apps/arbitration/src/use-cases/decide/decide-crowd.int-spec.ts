import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { SettleDueDecisionsUseCase } from '../settle-due-decisions/settle-due-decisions.use-case';

// Goal: however many decide at once, and on however many replicas, caps and seats are filled to the brim and never beyond, and what nobody
// speaks of again is free again.

const DECISIONS = 5_000;
const PEOPLE = 50;
const SEATS = 40;
const IN_FLIGHT = 256;
const TTL_SECONDS = 3_600;

let fixture: ArbitrationFixture;
const people = Array.from({ length: PEOPLE }, (_, index) => `crowd-${index}`);

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putCustomers(people.map((customerId) => ({ customerId })));
  await fixture.putPolicy({
    reservationTtlSeconds: TTL_SECONDS,
    limits: [
      { scope: 'overall', key: '', maxCount: 3, windowDays: 7, window: 'rolling', purpose: 'marketing' },
      { scope: 'channel', key: 'app', maxCount: 1, windowDays: 1, window: 'calendar', purpose: 'marketing' },
    ],
  });
  await fixture.putStrategy('crowd', [
    appAction('crowd-app'),
    callAction('crowd-call', 'seats', { valueMinor: 90 }),
    appAction('crowd-sms', { valueMinor: 80, treatments: [{ channel: 'sms', title: 'Text' }] }),
  ]);
  await fixture.client().putCapacity({ requestId: 'seats', queue: 'seats', slot: '2026-03-02', units: SEATS });
});
afterAll(() => fixture?.stop());

/** Keeps both replicas busy until all were decided. */
async function decideAll(): Promise<Decision[]> {
  const clients = [fixture.client(0), fixture.client(1)];
  const chosen: Decision[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < DECISIONS) {
      const index = next;
      next += 1;
      const { decisions } = await clients[index % 2]!.decide({
        requestId: `crowd-${index}`,
        // Both replicas meet each customer.
        customerId: people[Math.floor(index / 2) % PEOPLE]!,
        channels: ['app', 'sms', 'remote_bank'],
        maxActions: 1 + (index % 3),
        isCommitted: true,
        isBrief: true,
        context: undefined,
      });
      chosen.push(...decisions.filter(({ reason }) => reason === 'CHOSEN'));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return chosen;
}

const contactsOf = async () => {
  const states = await fixture.first.app.get(CustomerStateRepository).findMany(people);
  return people.map((customerId) => states.get(customerId)?.contacts ?? []);
};
const seats = async () =>
  (await fixture.client().listCapacity({ queue: 'seats', pageSize: 0, pageToken: '' })).capacities[0];

it('5,000 decisions on 50 customers break no cap and no seat, and none is left stuck after its time-out', async () => {
  const chosen = await decideAll();

  expect(chosen).toHaveLength(PEOPLE * 3);
  expect(chosen.filter(({ queue }) => queue === 'seats')).toHaveLength(SEATS);
  for (const contacts of await contactsOf()) {
    expect(contacts).toHaveLength(3);
    expect(contacts.filter(({ channel }) => channel === 'app')).toHaveLength(1);
    expect(contacts.filter(({ isHuman }) => isHuman).length).toBeLessThanOrEqual(1);
  }
  const promised = (await contactsOf()).flat().map(({ decisionId }) => decisionId);
  expect(promised.sort()).toEqual(chosen.map(({ decisionId }) => decisionId).sort());
  expect(await seats()).toMatchObject({ units: SEATS, reserved: SEATS, used: 0 });

  // One word for every tenth; of the others nobody says anything any more. Both replicas sweep at once.
  const spoken = chosen.filter((_, index) => index % 10 === 0);
  for (const { decisionId } of spoken) {
    await fixture
      .client(1)
      .recordOutcome({ requestId: `o-${decisionId}`, decisionId, outcome: 'shown', occurredAt: undefined });
  }
  fixture.clock.advance(TTL_SECONDS * 1000 + 1);
  await Promise.all(fixture.replicas.map(({ app }) => app.get(SettleDueDecisionsUseCase).execute()));
  const left = (await contactsOf()).flat();
  expect(left.map(({ decisionId }) => decisionId).sort()).toEqual(spoken.map(({ decisionId }) => decisionId).sort());
  expect(await seats()).toMatchObject({ reserved: 0, used: spoken.filter(({ queue }) => queue !== '').length });
}, 180_000);
