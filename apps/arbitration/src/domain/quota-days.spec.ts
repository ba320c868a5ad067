import { anAction, aPolicy, aQuietRule, aSituation, aStrategy, aTreatment } from '../testing/decision.factory';
import type { OpenSlot } from './promise-times';
import { contactDaysOf } from './quota-days';
import { candidatesOf } from './strategy';

const evening = new Date('2026-03-02T22:00:00+08:00');
const queueing = aPolicy({ quietHours: [aQuietRule({ fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'queue' })] });
const of = (queue: string, policy = aPolicy(), slots: string[] = []): string[] => {
  const action = anAction({ treatments: [aTreatment({ queue })] });
  const [candidate] = candidatesOf(aStrategy({ actions: [action] }));
  const open = slots.map((day): OpenSlot => ({ slot: day || '2026-W10', day, fromMinute: 0, toMinute: 1440 }));
  return contactDaysOf(candidate!, aSituation(policy, evening), () => open);
};

it('is today for a message, and the day on which quiet hours that queue it end', () => {
  expect(of('')).toEqual(['2026-03-02']);
  expect(of('', queueing)).toEqual(['2026-03-03']);
});

it('is the days of the slots for what people bring', () => {
  expect(of('rb', aPolicy(), ['2026-03-02', '2026-03-04', '2026-03-04'])).toEqual(['2026-03-02', '2026-03-04']);
  expect(of('rb', queueing, ['2026-03-02', '2026-03-04'])).toEqual(['2026-03-03', '2026-03-04']);
  // A week is worked from today on; without any slot nobody is asked for.
  expect(of('rb', aPolicy(), [''])).toEqual(['2026-03-02']);
  expect(of('rb')).toEqual(['2026-03-02']);
});
