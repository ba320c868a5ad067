import { capacityId, NO_OWNER, poolOf, type Capacity, type Owner } from '../../domain/capacity';
import { CapacityBook } from '../../domain/capacity-book';
import { OwnUnits } from './own-units';

const DAY = '2026-03-02';
const aDay = (queue: string, units: number, team?: string): Capacity => ({
  queue,
  slot: DAY,
  units,
  reserved: 0,
  used: 0,
  parts: [{ fromMinute: 540, toMinute: 600, units, reserved: 0, used: 0 }],
  ...(team !== undefined && { team }),
});
const person = (id: string): string => poolOf('rm', 'person', id);
const bookOf = (capacities: Capacity[]): CapacityBook =>
  new CapacityBook(new Map(capacities.map((one) => [capacityId(one.queue, DAY), one])), new Map([['rm', [DAY]]]));
const takenOf = (units: OwnUnits, owner: Owner, tries: number): number =>
  Array.from({ length: tries }, () => units.take('rm', owner)).filter((isTaken) => isTaken).length;

it('gives what the person and his team have, and anybody’s customers are not its business', () => {
  const capacities = [aDay('rm', 9), aDay(poolOf('rm', 'team', 'east'), 5), aDay(person('ann'), 4, 'east')];
  const units = new OwnUnits(bookOf([...capacities, aDay(person('ben'), 3, 'east')]), 1);
  expect(takenOf(units, { personId: 'ann', teamId: '' }, 6)).toBe(4);
  expect(takenOf(units, { personId: 'ben', teamId: '' }, 6)).toBe(1);
  expect(takenOf(units, { personId: 'away', teamId: 'east' }, 2)).toBe(0);
  expect(takenOf(units, NO_OWNER, 20)).toBe(20);
});

it('keeps the proportion of a sample over many small shifts', () => {
  const ids = Array.from({ length: 40 }, (_, index) => `p-${index}`);
  const units = new OwnUnits(bookOf([aDay('rm', 120), ...ids.map((id) => aDay(person(id), 3))]), 0.1);
  expect(ids.reduce((sum, personId) => sum + takenOf(units, { personId, teamId: '' }, 3), 0)).toBe(12);
});
