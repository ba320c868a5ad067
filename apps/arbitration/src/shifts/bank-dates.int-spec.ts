import { DecideRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Shift, ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { appAction, ArbitrationFixture } from '../testing/arbitration.fixture';

// Goal: the bank's own days off and on are days off and on for quiet hours and for shifts, as they are for settlement.

/** A Tuesday and a Saturday. */
const [CLOSED, WORKED] = ['2026-03-03', '2026-03-07'];
let fixture: ArbitrationFixture;

beforeAll(async () => {
  Object.assign(process.env, { BANK_CLOSED_DATES: CLOSED, BANK_WORKED_DATES: WORKED });
  fixture = await ArbitrationFixture.start();
  const quiet = { channel: 'app', fromMinute: 0, toMinute: 0, mode: 'discard', isServiceExempt: false };
  await fixture.putPolicy({ quietHours: [{ ...quiet, isQuietOnHolidays: true }] });
});
afterAll(async () => {
  await fixture?.stop();
  delete process.env['BANK_CLOSED_DATES'];
  delete process.env['BANK_WORKED_DATES'];
});

it('is quiet on the one and not on the other', async () => {
  await fixture.putStrategy('note', [appAction('note')]);
  const days = ['2026-03-02', CLOSED, WORKED, '2026-03-08'];
  await fixture.putCustomers(days.map((customerId) => ({ customerId: `c-${customerId}` })));
  const reasons: string[] = [];
  for (const day of days) {
    fixture.clock.set(new Date(`${day}T04:00:00Z`));
    const customerId = `c-${day}`;
    const request = { requestId: customerId, customerId, channels: ['app'], isCommitted: true };
    const { decisions } = await fixture.client().decide(DecideRequest.fromPartial(request));
    reasons.push(decisions[0]!.reason);
  }
  expect(reasons).toEqual(['CHOSEN', 'QUIET_HOURS', 'CHOSEN', 'QUIET_HOURS']);
});

it('plans no shifts on the one and shifts on the other', async () => {
  fixture.clock.set(new Date('2026-03-02T04:00:00Z'));
  const shifts = fixture.first.client(ShiftsServiceService);
  const plan = { queue: 'desk', orgPath: 'hq', slotMinutes: 60, daysAhead: 6 };
  await shifts.putShiftPlan({ requestId: 'plan', plan });
  const shift = Shift.fromPartial({
    ...{ shiftId: 'week', queue: 'desk', personId: 'ann', weekdays: [1, 2, 3, 4, 5], unitsPerHour: 1 },
    ...{ hours: { fromMinute: 600, toMinute: 660 }, followsCalendar: true, firstDay: '2026-03-02' },
  });
  await shifts.putShift({ requestId: 'shift', shift });
  const { slots } = await shifts.listCapacitySlots({ queue: 'desk', teamId: '', personId: '', fromDay: '', days: 7 });
  const days = slots.filter(({ planned }) => planned > 0).map(({ slot }) => slot.slice(0, 10));
  expect(days).toEqual(['2026-03-02', '2026-03-04', '2026-03-05', '2026-03-06', WORKED]);
});
