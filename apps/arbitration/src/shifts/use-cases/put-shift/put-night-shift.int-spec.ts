import { Shift, ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { ArbitrationFixture } from '../../../testing/arbitration.fixture';

// Goal: who works through midnight has one shift, and every day the part of it that falls on it.

const MONDAY = '2026-03-02';
let fixture: ArbitrationFixture;
let requestCount = 0;

beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

const shifts = () => fixture.first.client(ShiftsServiceService);
const putShift = (personId: string, overrides: Partial<Shift>) => {
  const pattern = { weekdays: [1, 2, 3, 4, 5], hours: { fromMinute: 600, toMinute: 720 }, unitsPerHour: 1 };
  const own = { shiftId: personId, queue: 'nights', personId, firstDay: MONDAY };
  const shift = Shift.fromPartial({ ...pattern, ...own, ...overrides });
  return shifts().putShift({ requestId: `${personId}-${(requestCount += 1)}`, shift });
};

it('takes a night as one shift, with its hours on both days', async () => {
  const plan = { queue: 'nights', orgPath: 'hq', slotMinutes: 60, daysAhead: 2 };
  await shifts().putShiftPlan({ requestId: 'plan', plan });
  const hours = { fromMinute: 22 * 60, toMinute: 2 * 60 };
  const night = { weekdays: [1], hours, breaks: [{ fromMinute: 23 * 60 + 30, toMinute: 30 }], unitsPerHour: 2 };
  await putShift('ann', night);
  const asked = { queue: 'nights', teamId: '', personId: 'ann', fromDay: '', days: 3 };
  const worked = (await shifts().listCapacitySlots(asked)).slots.filter(({ planned }) => planned > 0);
  expect(worked.map(({ slot, planned }) => `${slot} ${planned}`)).toEqual([
    `${MONDAY}T22:00 2`,
    `${MONDAY}T23:00 1`,
    '2026-03-03T00:00 1',
    '2026-03-03T01:00 2',
  ]);
  const twice = [...night.breaks, { fromMinute: 0, toMinute: 15 }];
  for (const wrong of [{ hours: { fromMinute: 600, toMinute: 600 } }, { ...night, breaks: twice }]) {
    await expect(putShift('ben', wrong)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
  // Where no shift passes midnight, no break does.
  const byDay = { breaks: [{ fromMinute: 660, toMinute: 615 }] };
  await expect(putShift('ben', byDay)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
