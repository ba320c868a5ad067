import * as fc from 'fast-check';
import { buildLead, buildSeat } from '../testing/lead.factory';
import { isKeptFrom } from './lead';
import { givenTo, newOwners, ownerKey, type LeadOwner } from './lead-owner';

const owner: fc.Arbitrary<LeadOwner> = fc.record({
  strategyId: fc.constantFrom('s1', 's2'),
  customerId: fc.constantFrom('c1', 'c2'),
  agentId: fc.constantFrom('', 'amy', 'bo'),
  isRecalled: fc.boolean(),
  movedAt: fc.integer({ min: 0, max: 9 }).map((ms) => new Date(ms)),
});

it('keeps the latest owner, however often and in what order it is told', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(owner, { selector: (each) => `${ownerKey(each)} ${each.movedAt.getTime()}` }),
      (told) => {
        const after = (events: LeadOwner[]) => {
          const known = new Map<string, LeadOwner>();
          for (const each of events) for (const fresh of newOwners(known, [each])) known.set(ownerKey(fresh), fresh);
          return [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
        };
        const together = newOwners(new Map(), told).map((each) => [ownerKey(each), each] as const);
        expect(after([...told].reverse())).toEqual(after([...told, ...told]));
        expect(together.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(after(told));
      },
    ),
  );
});

it('lets nothing that kept a lead for one person keep it from the next', () => {
  const to = buildSeat({ seatId: 'bo', teamId: 'west' });
  const owner = { strategyId: 's1', customerId: 'c1', agentId: 'bo', movedAt: new Date(0) };
  for (const kept of [{ onlySeatId: 'amy' }, { teamId: 'east' }, { onlySeatId: 'amy', teamId: 'east' }, {}]) {
    const lead = givenTo(buildLead(kept), { ...owner, isRecalled: true }, to);
    expect([lead.preferredSeatId, isKeptFrom(lead, to)]).toEqual(['bo', false]);
    const first = givenTo(buildLead(kept), { ...owner, isRecalled: false }, to);
    expect(first).toMatchObject({ ...kept, preferredSeatId: 'bo' });
    expect(givenTo(buildLead(kept), { ...owner, isRecalled: true }, undefined)).toMatchObject({
      preferredSeatId: '',
      onlySeatId: '',
    });
  }
  const amys = buildLead({ onlySeatId: 'amy' });
  expect(isKeptFrom(givenTo(amys, { ...owner, isRecalled: true }, to), buildSeat({ seatId: 'amy' }))).toBe(true);
});
