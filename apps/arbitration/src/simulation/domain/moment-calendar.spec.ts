import { anAction } from '../../testing/decision.factory';
import { MomentCalendar } from './moment-calendar';

const call = anAction({ actionId: 'call' });
const mail = anAction({ actionId: 'mail' });
const daysOf = (calendar: MomentCalendar, customer: number): number[] =>
  Array.from({ length: calendar.dayCount }, (_, day) => day).filter((day) => calendar.has(call, customer, day));

describe('simulated days with a moment', () => {
  it('are those of each customer, also the last of twenty-eight', () => {
    const calendar = new MomentCalendar(28, 3);
    calendar.play([call]);
    calendar.add([call], 1, [0, 5, 27], 0);
    expect(daysOf(calendar, 1)).toEqual([0, 5, 27]);
    expect(daysOf(calendar, 0)).toEqual([]);
    expect([calendar.isPlayed(call), calendar.isPlayed(mail)]).toEqual([true, false]);
  });

  it('come once within a cooldown, and none before the first or after the last', () => {
    const calendar = new MomentCalendar(10, 1);
    calendar.play([call, mail]);
    calendar.add([call], 0, [-1, 1, 2, 4, 9, 10], 3);
    expect(daysOf(calendar, 0)).toEqual([1, 4, 9]);
    // Another rule has a cooldown of its own.
    calendar.add([call, mail], 0, [2], 30);
    expect(daysOf(calendar, 0)).toEqual([1, 2, 4, 9]);
    expect(calendar.has(mail, 0, 2)).toBe(true);
    expect(calendar.has(mail, 0, 1)).toBe(false);
  });
});
