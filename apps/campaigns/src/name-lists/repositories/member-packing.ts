import type { ListMember } from '../domain/list-member';
import type { Placement } from '../domain/placement';
import { packTexts, unpackTexts, type PackedTexts } from './column-packing';

interface PackedMembers {
  customerIds: string[];
  externalIds: string[];
  reasons: PackedTexts;
  orgPaths: PackedTexts;
  /** One for each relation attribute. */
  relations: PackedTexts[];
}

/**
 * The members of a chunk as one text of columns. A document each took a list of a million a minute for the inserts alone, and
 * nobody asks the database about a member: a chunk is read whole or not at all.
 */
export function packMembers(members: readonly ListMember[], relationCount: number): string {
  const packed: PackedMembers = {
    customerIds: members.map(({ customerId }) => customerId),
    externalIds: members.map(({ externalId }) => externalId),
    reasons: packTexts(members.map(({ reason }) => reason)),
    orgPaths: packTexts(members.map(({ orgPath }) => orgPath)),
    relations: Array.from({ length: relationCount }, (_, i) =>
      packTexts(members.map((each) => each.relations[i] ?? '')),
    ),
  };
  return JSON.stringify(packed);
}

export function unpackMembers(text: string): ListMember[] {
  const packed = JSON.parse(text) as PackedMembers;
  const reasons = unpackTexts(packed.reasons);
  const orgPaths = unpackTexts(packed.orgPaths);
  const relations = packed.relations.map(unpackTexts);
  return packed.customerIds.map((customerId, i) => ({
    customerId,
    externalId: packed.externalIds[i] ?? '',
    reason: reasons[i] ?? '',
    orgPath: orgPaths[i] ?? '',
    relations: relations.map((values) => values[i] ?? ''),
  }));
}

type PackedPlacement = [
  receiver: number,
  placedAtMs: number,
  touchedAtMs: number,
  isMoving: 0 | 1,
  ...recalledFrom: number[],
];

interface PackedPlacements {
  relations: PackedTexts;
  reasons: PackedTexts;
  /** 0 for a member who did not pass. */
  rows: (PackedPlacement | 0)[];
}

export function packPlacements(placements: readonly (Placement | null)[]): string {
  const packed: PackedPlacements = {
    relations: packTexts(placements.map((each) => each?.relation ?? '')),
    reasons: packTexts(placements.map((each) => each?.reason ?? '')),
    rows: placements.map(
      (each): PackedPlacement | 0 =>
        (each && [each.receiver, each.placedAtMs, each.touchedAtMs, each.isMoving ? 1 : 0, ...each.recalledFrom]) || 0,
    ),
  };
  return JSON.stringify(packed);
}

export function unpackPlacements(text: string): (Placement | null)[] {
  const packed = JSON.parse(text) as PackedPlacements;
  const relations = unpackTexts(packed.relations);
  const reasons = unpackTexts(packed.reasons);
  return packed.rows.map((row, i) => {
    if (row === 0) return null;
    const [receiver, placedAtMs, touchedAtMs, isMoving, ...recalledFrom] = row;
    const reason = (reasons[i] ?? '') as Placement['reason'];
    return {
      receiver,
      relation: relations[i] ?? '',
      reason,
      placedAtMs,
      touchedAtMs,
      recalledFrom,
      isMoving: isMoving === 1,
    };
  });
}
