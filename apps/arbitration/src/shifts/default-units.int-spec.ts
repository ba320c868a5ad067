import { Shift, ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { ArbitrationFixture, callAction } from '../testing/arbitration.fixture';
import { idsOf, members, PushRunner } from '../testing/push-runner';
import { PlanDaysTask } from './plan-days.task';

// Goal: a queue's days come from its shifts alone, also those that somebody asks for before they are planned.

const DAY_MS = 86_400_000;
let fixture: ArbitrationFixture;
let run: PushRunner;
beforeAll(async () => {
  fixture = await ArbitrationFixture.start();
  run = new PushRunner(fixture);
  await fixture.putPolicy({});
});
afterAll(() => fixture?.stop());

const shifts = () => fixture.first.client(ShiftsServiceService);
const planQueue = async (queue: string): Promise<void> => {
  await shifts().putShiftPlan({
    ...{ requestId: `plan-${queue}`, plan: { queue, orgPath: 'hq/east', slotMinutes: 60, daysAhead: 7 } },
  });
  const hours = { fromMinute: 600, toMinute: 720 };
  const days = { weekdays: [1, 2, 3, 4, 5, 6, 7], firstDay: '2026-03-02' };
  const shift = Shift.fromPartial({ shiftId: queue, queue, personId: 'ann', hours, unitsPerHour: 1, ...days });
  await shifts().putShift({ requestId: `shift-${queue}`, shift });
};
const pushed = async (queue: string): Promise<number> => {
  await fixture.client().putCapacity({ requestId: `default-${queue}`, queue, slot: 'default', units: 8 });
  await fixture.putStrategy(queue, [callAction(queue, queue)]);
  const listed = members(queue, 90);
  await fixture.putCustomers(listed);
  const { chosenCount } = await run.finished(await run.start(queue, idsOf(listed), { horizonDays: 10 }));
  return chosenCount;
};

it('promises nobody the default units of a day that its shifts have not planned yet', async () => {
  await planQueue('staffed');
  expect(await pushed('staffed')).toBe(8 * 2);
  fixture.clock.advance(4 * DAY_MS);
  await fixture.first.app.get(PlanDaysTask).execute();
  const request = { queue: 'staffed', teamId: '', personId: '', fromDay: '2026-03-12', days: 1 };
  const { slots } = await shifts().listCapacitySlots(request);
  expect(slots.map(({ slot, planned }) => [slot, planned])).toEqual([
    ['2026-03-12T10:00', 1],
    ['2026-03-12T11:00', 1],
  ]);
});

it('begins each day of a queue without shifts with them', async () => {
  expect(await pushed('plain')).toBe(11 * 8);
});
