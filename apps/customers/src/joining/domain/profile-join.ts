import { invalid, refused } from '@tidegate/errors';
import { changed, personKeyOf, type Customer } from '../../domain/customer';

/** Profiles that were found to be of one natural person 自然人归并: who did it, why, and which of them had another key. */
export interface ProfileJoin {
  joinId: string;
  /** The two that were named, the older one first. */
  customerIds: [older: string, younger: string];
  /** What they all have now, and what the moved ones had. */
  personKey: string;
  formerKey: string;
  /** All profiles of the younger one's person. */
  movedCustomerIds: string[];
  reason: string;
  joinedBy: string;
  joinedAt: Date;
  undoneBy: string;
  undoneAt: Date | null;
  undoReason: string;
}

/** Who is joined with whom: the older profile's key stays; of two of one age the lower id counts as older. */
export function orderByAge(left: Customer, right: Customer): [older: Customer, younger: Customer] {
  const age = left.createdAt.getTime() - right.createdAt.getTime();
  const isOlder = age < 0 || (age === 0 && left.customerId < right.customerId);
  return isOlder ? [left, right] : [right, left];
}

/** @throws VALIDATION_FAILED for a profile with itself; PROFILES_JOINED when they are of one person already */
export function checkJoinable(left: Customer, right: Customer): void {
  if (left.customerId === right.customerId) {
    throw invalid([{ field: 'otherCustomerId', description: 'must be another profile' }]);
  }
  if (personKeyOf(left) === personKeyOf(right)) {
    throw refused('PROFILES_JOINED', 'The profiles are of one person already.');
  }
}

/** The profiles with another person key. */
export const withPersonKey = (profiles: readonly Customer[], personKey: string): Customer[] =>
  profiles.map((profile) => changed(profile, { personKey }));

/** @throws PROFILE_JOIN_UNDONE; PROFILE_JOIN_SUPERSEDED when a later join moved one of the profiles on: that one is undone first */
export function checkUndoable({ undoneAt, personKey }: ProfileJoin, moved: readonly Customer[]): void {
  if (undoneAt !== null) throw refused('PROFILE_JOIN_UNDONE', 'The join is undone already.');
  if (moved.every((profile) => personKeyOf(profile) === personKey)) return;
  throw refused('PROFILE_JOIN_SUPERSEDED', 'A later join moved these profiles on: undo that one first.');
}
