import type { Persons } from '../../domain/person';
import { localDay } from '../../domain/stock';
import { oweReward, type OwedReward } from '../../granting/domain/owed-reward';
import { toReward, type RewardTerms } from '../../granting/domain/reward-terms';
import { MAKE_UP_CARD, programmeNotOpen, rewardsOf, type SignInProgramme } from './sign-in-programme';
import { emptyRecord, makeUp, signIn, together, type SignInRecord } from './sign-in-record';
import { statusOf, type SignInStatus } from './sign-in-status';

/** A customer who signs in today, or makes up a missed day. */
export interface SignInCommand {
  programmeId: string;
  /** Unset when it does not hold now: then only a repeat is answered. */
  programme: SignInProgramme | undefined;
  customerId: string;
  /** Empty for today. */
  missedDay: string;
}

export interface SignInAnswer {
  status: SignInStatus;
  rewards: RewardTerms[];
}

/** A day that was signed. */
export interface Signing {
  programmeId: string;
  customerId: string;
  day: string;
  isMadeUp: boolean;
  streakDays: number;
}

export const signInKey = (programmeId: string, customerId: string): string => `${programmeId}|${customerId}`;

/** Signs days one after another: each sees what those before it changed. */
export class SignInBatch {
  readonly changed = new Map<string, SignInRecord>();
  readonly owed: OwedReward[] = [];
  readonly signings: Signing[] = [];

  constructor(
    /** By key; who never signed in has no entry. */
    readonly known: ReadonlyMap<string, SignInRecord>,
    private readonly persons: Persons,
    private readonly now: Date,
  ) {}

  /** @throws PROGRAMME_NOT_OPEN, SIGNED_IN_ALREADY, PERSON_PROFILES_TOO_MANY, and for a missed day DAY_NOT_MISSED, DAY_TOO_EARLY, NO_MAKE_UP_CARD */
  sign({ programmeId, programme, customerId, missedDay }: SignInCommand): SignInAnswer {
    if (!programme) throw programmeNotOpen();
    const { definition, terms } = programme;
    const key = signInKey(programmeId, customerId);
    const before = this.find(key) ?? emptyRecord(programmeId, customerId);
    this.persons.requirePerson(customerId);
    const others = this.persons.othersOf(customerId).flatMap((other) => this.find(signInKey(programmeId, other)) ?? []);
    const today = localDay(this.now, terms.timeZone);
    const firstDay = localDay(definition.validFrom, terms.timeZone);
    const missed = { day: missedDay, today, firstDay };
    const signed = missedDay ? makeUp(before, terms, missed, others) : signIn(before, today, others);
    const rewards = rewardsOf(terms, signed.reachedDays);
    const cards = rewards.filter(({ kind }) => kind === MAKE_UP_CARD).length;
    const record = { ...signed.record, extraCards: signed.record.extraCards + cards };
    this.changed.set(key, record);
    const day = missedDay || today;
    const streakDays = signed.reachedDays.at(-1) ?? 0;
    this.signings.push({ programmeId, customerId, day, isMadeUp: missedDay !== '', streakDays });
    this.owe(programme, rewards, { customerId, day });
    return { status: statusOf(together(record, others), terms, today), rewards };
  }

  /** Records to touch, so that two profiles of a person that sign at once are a write conflict; empty where there was none. */
  touched(): SignInRecord[] {
    const beside = this.signings.flatMap(({ programmeId, customerId }) =>
      this.persons.othersOf(customerId).map((other) => emptyRecord(programmeId, other)),
    );
    return beside.filter(({ programmeId, customerId }) => !this.changed.has(signInKey(programmeId, customerId)));
  }

  private find(key: string): SignInRecord | undefined {
    return this.changed.get(key) ?? this.known.get(key);
  }

  private owe(
    { definition, terms }: SignInProgramme,
    rewards: RewardTerms[],
    { customerId, day }: { customerId: string; day: string },
  ): void {
    const { definitionId: programmeId, orgPath } = definition;
    const toGrant = rewards.filter(({ kind }) => kind !== MAKE_UP_CARD);
    for (const [index, earned] of toGrant.entries()) {
      // A day is signed once, so its rewards are owed once.
      const rewardId = `sign-in|${programmeId}|${customerId}|${day}|${index}`;
      const reward = toReward(earned, { orgPath, timeZone: terms.timeZone });
      this.owed.push(oweReward({ rewardId, customerId, reward, cause: 'sign-in', reference: programmeId }, this.now));
    }
  }
}
