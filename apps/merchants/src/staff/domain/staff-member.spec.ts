import fc from 'fast-check';
import { moveMember, putMember, STAFF_STATES, type StaffMember } from './staff-member';

const change = { actorId: 'chief', now: new Date('2026-11-22T04:00:00Z') };
const terms = { staffId: 'ann', name: 'Ann', orgPath: 'hq/east' };
const ann = (overrides: Partial<StaffMember> = {}): StaffMember => ({
  ...putMember(terms, null, change),
  ...overrides,
});

it('begins active, and keeps its state when name or place change', () => {
  expect(ann()).toMatchObject({ state: 'active', reason: '', changedBy: 'chief' });
  const gone = ann({ state: 'left', reason: 'retired' });
  expect(putMember({ ...terms, orgPath: 'hq/west' }, gone, change)).toMatchObject({
    state: 'left',
    orgPath: 'hq/west',
  });
});

it('moves as the table says, and otherwise says where it is', () => {
  const allowed = ['active>suspended', 'active>left', 'suspended>active', 'suspended>left', 'left>active'];
  fc.assert(
    fc.property(fc.constantFrom(...STAFF_STATES), fc.constantFrom(...STAFF_STATES), (from, to) => {
      const move = () => moveMember(ann({ state: from }), { state: to, reason: 'because' }, change);
      if (allowed.includes(`${from}>${to}`)) expect(move()).toMatchObject({ state: to, reason: 'because' });
      else expect(move).toThrow(expect.objectContaining({ reason: 'STAFF_MOVE_NOT_ALLOWED' }));
    }),
  );
});

it('is never changed by the person himself', () => {
  const himself = { ...change, actorId: 'ann' };
  const selfChange = expect.objectContaining({ reason: 'STAFF_SELF_CHANGE' }) as Error;
  expect(() => putMember(terms, ann(), himself)).toThrow(selfChange);
  expect(() => moveMember(ann({ state: 'suspended' }), { state: 'active', reason: 'x' }, himself)).toThrow(selfChange);
});
