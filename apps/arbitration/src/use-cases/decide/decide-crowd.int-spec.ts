import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Shift, ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { CustomerStateRepository } from '../../repositories/customer-state.repository';
import { appAction, ArbitrationFixture, callAction } from '../../testing/arbitration.fixture';
import { SettleDueDecisionsUseCase } from '../settle-due-decisions/settle-due-decisions.use-case';

// Goal: however many decide at once, and on however many replicas, caps and seats are filled to the brim and never beyond, and what nobody
// speaks of again is free again.

const DECISIONS = 5_000;
const PEOPLE = 50;
const TEAMS = ['east', 'west'];
const TEAM_SEATS = 20;
const SEATS = TEAMS.length * TEAM_SEATS;
const TODAY = '2026-03-02';
const IN_FLIGHT = 256;
const TTL_SECONDS = 3_600;
/** The second slot begins so much later, and its promises run out so much later. */
const SLOT_MS = 3_600_000;

let fixture: ArbitrationFixture;
const people = Array.from({ length: PEOPLE }, (_, index) => `crowd-${index}`);
/** More of team east than it has seats, some of west, the others anybody's. */
const teamOf = (index: number): string => (index < 24 ? 'east' : index < 34 ? 'west' : '');

beforeAll(async () => {
  fixture = await ArbitrationFixture.start(2);
  await fixture.putCustomers(
    people.map((customerId, index) => ({ customerId, attributes: { teamId: teamOf(index) } })),
  );
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
  const shifts = fixture.first.client(ShiftsServiceService);
  await shifts.putShiftPlan({
    requestId: 'plan',
    plan: { queue: 'seats', orgPath: 'hq', slotMinutes: 60, daysAhead: 1 },
  });
  for (const teamId of TEAMS) {
    const shift = { queue: 'seats', weekdays: [1], firstDay: TODAY, hours: { fromMinute: 600, toMinute: 720 } };
    const whose = { shiftId: teamId, personId: `agent-${teamId}`, teamId, unitsPerHour: TEAM_SEATS / 2 };
    await shifts.putShift({ requestId: teamId, shift: Shift.fromPartial({ ...shift, ...whose }) });
  }
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
const seatsOfTeam = async (teamId: string) => {
  const request = { queue: 'seats', teamId, personId: '', fromDay: TODAY, days: 1 };
  const { slots } = await fixture.first.client(ShiftsServiceService).listCapacitySlots(request);
  return slots.map(({ planned, reserved, used }) => ({ planned, reserved, used }));
};

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
  for (const teamId of TEAMS) {
    const slots = await seatsOfTeam(teamId);
    const ofTeam = chosen.filter((decision) => decision.queue === 'seats' && decision.teamId === teamId);
    expect(slots.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(ofTeam.length);
    for (const { planned, reserved } of slots) expect(reserved).toBeLessThanOrEqual(planned);
  }

  // One word for every tenth; of the others nobody says anything any more. Both replicas sweep at once.
  const spoken = chosen.filter((_, index) => index % 10 === 0);
  for (const { decisionId } of spoken) {
    await fixture
      .client(1)
      .recordOutcome({ requestId: `o-${decisionId}`, decisionId, outcome: 'shown', occurredAt: undefined });
  }
  fixture.clock.advance(SLOT_MS + TTL_SECONDS * 1000 + 1);
  await Promise.all(fixture.replicas.map(({ app }) => app.get(SettleDueDecisionsUseCase).execute()));
  const left = (await contactsOf()).flat();
  expect(left.map(({ decisionId }) => decisionId).sort()).toEqual(spoken.map(({ decisionId }) => decisionId).sort());
  expect(await seats()).toMatchObject({ reserved: 0, used: spoken.filter(({ queue }) => queue !== '').length });
  for (const teamId of TEAMS) {
    const slots = await seatsOfTeam(teamId);
    const usedOf = spoken.filter((decision) => decision.queue === 'seats' && decision.teamId === teamId);
    expect(slots.every(({ reserved }) => reserved === 0)).toBe(true);
    expect(slots.reduce((sum, { used }) => sum + used, 0)).toBe(usedOf.length);
  }
});
