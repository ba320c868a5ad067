import * as fc from 'fast-check';
import type { ListMember } from '../domain/list-member';
import type { Placement } from '../domain/placement';
import { packMembers, packPlacements, unpackMembers, unpackPlacements } from './member-packing';

const member: fc.Arbitrary<ListMember> = fc.record({
  customerId: fc.string(),
  externalId: fc.string(),
  reason: fc.constantFrom('', 'CONSENT_MISSING', 'HOLDOUT_GLOBAL'),
  orgPath: fc.constantFrom('', 'hq', 'hq/east'),
  relations: fc.tuple(fc.string(), fc.constantFrom('', 'ACME')),
});
const placement: fc.Arbitrary<Placement> = fc.record({
  receiver: fc.integer({ min: -1, max: 2_000 }),
  relation: fc.constantFrom('', 'owner', 'outlet'),
  reason: fc.constantFrom('', 'CAPACITY_FULL', 'ROUNDS_USED_UP'),
  placedAtMs: fc.nat(),
  touchedAtMs: fc.nat(),
  recalledFrom: fc.array(fc.nat({ max: 2_000 }), { maxLength: 9 }),
  isMoving: fc.boolean(),
});

it('keeps members as they are', () => {
  fc.assert(
    fc.property(fc.array(member), (members) => {
      expect(unpackMembers(packMembers(members, 2))).toEqual(members);
    }),
  );
});

it('keeps placements as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.option(placement)), (placements) => {
      expect(unpackPlacements(packPlacements(placements))).toEqual(placements);
    }),
  );
});
