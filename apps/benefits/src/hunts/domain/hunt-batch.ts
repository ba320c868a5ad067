import type { Persons } from '../../domain/person';
import type { Hunt, HuntPoint } from './hunt';
import type { Challenge } from './hunt-challenge';
import {
  attemptPoint,
  emptyProgress,
  type AttemptResult,
  type HuntPosition,
  type HuntProgress,
  type SeenAt,
} from './hunt-claim';

/** One customer at one point. */
export interface HuntAttemptCommand {
  hunt: Hunt;
  point: HuntPoint;
  customerId: string;
  position: HuntPosition;
}

export const pointKey = (huntId: string, pointId: string): string => `${huntId}|${pointId}`;
export const progressKey = (huntId: string, customerId: string): string => `${huntId}|${customerId}`;

/** Everything that attempts are judged by and change, by key; what was never there has no entry. */
export interface HuntState {
  progress: ReadonlyMap<string, HuntProgress>;
  /** By customer. */
  positions: ReadonlyMap<string, SeenAt>;
  pointCounts: ReadonlyMap<string, number>;
  /** Until when each used one would have been good, by nonce. */
  usedChallenges: ReadonlyMap<string, Date>;
}

/** Judges attempts one after another: each sees what those before it changed. */
export class HuntBatch {
  readonly changed = {
    progress: new Map<string, HuntProgress>(),
    positions: new Map<string, SeenAt>(),
    pointCounts: new Map<string, number>(),
    usedChallenges: new Map<string, Date>(),
  } satisfies HuntState;

  constructor(
    private readonly loaded: HuntState,
    private readonly persons: Persons,
  ) {}

  /** A genuine challenge is used up whatever the attempt comes to. @throws PERSON_PROFILES_TOO_MANY */
  attempt({ hunt, point, customerId, position }: HuntAttemptCommand, challenge: Challenge, now: Date): AttemptResult {
    this.persons.requirePerson(customerId);
    const huntId = hunt.definition.definitionId;
    const keys = { point: pointKey(huntId, point.pointId), progress: progressKey(huntId, customerId) };
    const foundCount = this.get('pointCounts', keys.point) ?? 0;
    const isChallengeUsed = this.get('usedChallenges', challenge.nonce) !== undefined;
    const progress = this.get('progress', keys.progress) ?? emptyProgress(huntId, customerId);
    const otherIds = this.persons.othersOf(customerId);
    const others = otherIds.flatMap((other) => this.get('progress', progressKey(huntId, other)) ?? []);
    const seen = [customerId, ...otherIds].flatMap((each) => this.get('positions', each) ?? []);
    const state = { terms: hunt.terms, point, foundCount, progress, others, seen, isChallengeUsed };
    const result = attemptPoint({ ...state, challengedAt: challenge.issuedAt }, position, now);
    if (!isChallengeUsed) this.changed.usedChallenges.set(challenge.nonce, challenge.expiresAt);
    if (result.seen) this.changed.positions.set(customerId, result.seen);
    if (result.reason === '') {
      this.changed.progress.set(keys.progress, result.progress);
      this.changed.pointCounts.set(keys.point, foundCount + 1);
    }
    return result;
  }

  /** Progress to touch, so that two profiles of a person that find at once are a write conflict; empty where there was none. */
  touched(): HuntProgress[] {
    const beside = [...this.changed.progress.values()].flatMap(({ huntId, customerId }) =>
      this.persons.othersOf(customerId).map((other) => emptyProgress(huntId, other)),
    );
    return beside.filter(({ huntId, customerId }) => !this.changed.progress.has(progressKey(huntId, customerId)));
  }

  /** Whose positions to touch, and when: two profiles of a person that are seen at two places at once are a write conflict. */
  touchedPositions(): Map<string, Date> {
    const touched = new Map<string, Date>();
    for (const [customerId, { at }] of this.changed.positions) {
      for (const other of this.persons.othersOf(customerId)) {
        if (!this.changed.positions.has(other)) touched.set(other, at);
      }
    }
    return touched;
  }

  private get<K extends keyof HuntState>(kind: K, key: string): ReturnType<HuntState[K]['get']> {
    return (this.changed[kind].get(key) ?? this.loaded[kind].get(key)) as ReturnType<HuntState[K]['get']>;
  }
}
