import { isAtOrBelow } from '@tidegate/org-path';
import type { RuleCustomer, RuleEventContext, RulePredicate } from '@tidegate/rules';
import type { Stop } from './reason';
import type { RuleReads } from './rule-reads';
import { isLive, type Strategy } from './strategy';

export interface EngagementSubject {
  customer: RuleCustomer;
  now: Date;
  /** What the channel or the moment knows, for `event.*`. */
  event?: RuleEventContext;
  /** The customer stands on the strategy's own name list, which takes the place of its audience. */
  isListed: boolean;
  /** Whose the list is: it holds for customers of this organisation and below. Anybody's without it. */
  listOrgPath?: string;
}

/** Compiled rules of one level: may the bank, does it make sense now, is it right for this customer. */
export interface EngagementRules {
  isEligible: RulePredicate;
  isApplicable: RulePredicate;
  isSuitable: RulePredicate;
  /** Whether the past facts that these rules count are known; null when they count none. */
  isPastKnown: RulePredicate | null;
}

/** Levels above the action that have rules of their own. */
export type EngagementScope = 'issue' | 'group';

export const levelKey = (scope: EngagementScope, key: string): string => `${scope}|${key}`;

/** Which version of the rules of an issue or group. */
export interface EngagementVersion {
  scope: EngagementScope;
  key: string;
  version: number;
}

/** The rules of one issue or group, with what they read of the customer. */
export interface EngagementLevel extends EngagementRules, EngagementVersion {
  reads: RuleReads;
}

/** Rules of issues and groups, by `levelKey`. */
export type EngagementLevels = ReadonlyMap<string, EngagementLevel>;

/** Whether the strategy is in force and for this customer. */
export function audienceStop(strategy: Strategy, subject: EngagementSubject): Stop | null {
  if (!isLive(strategy, subject.now)) return 'STRATEGY_NOT_ACTIVE';
  if (subject.isListed) return isOfList(subject) ? null : 'ORG_OUT_OF_SCOPE';
  if (strategy.isAudiencePastKnown?.(subject.customer, subject.now) === false) return 'PAST_FACTS_UNKNOWN';
  const isMember = strategy.isInAudience(subject.customer, subject.now, subject.event);
  return isMember ? null : 'NOT_IN_AUDIENCE';
}

const isOfList = ({ customer, listOrgPath }: EngagementSubject): boolean =>
  listOrgPath === undefined || isAtOrBelow(customer.orgPath ?? '', listOrgPath);

/**
 * Engagement policy over all levels, the widest first: eligibility of issue, group and action before applicability of any, and that before
 * suitability. What a level says of a customer is asked once, however many actions stand below it.
 */
export class EngagementAnswers {
  private readonly levels: EngagementRules[] = [];
  private readonly numbers = new Map<EngagementRules, number>();
  /** By level, three each: 0 not asked yet, 1 yes, 2 no. */
  private answers = new Uint8Array(0);
  private subject!: EngagementSubject;
  /** Whether rules of any level count past facts. */
  private isCounting = false;

  /** Numbers of the levels, to ask by. */
  add(levels: readonly EngagementRules[]): number[] {
    return levels.map((level) => {
      const number = this.numbers.get(level) ?? this.levels.push(level) - 1;
      this.numbers.set(level, number);
      this.isCounting ||= level.isPastKnown !== null;
      return number;
    });
  }

  begin(subject: EngagementSubject): void {
    this.subject = subject;
    if (this.answers.length !== this.levels.length * 3) this.answers = new Uint8Array(this.levels.length * 3);
    else this.answers.fill(0);
  }

  /** `above` are the numbers of the levels over the action. */
  stopOf(above: readonly number[], action: EngagementRules): Stop | null {
    const { customer, now, event } = this.subject;
    if (!this.isPastKnown(above, action)) return 'PAST_FACTS_UNKNOWN';
    if (!this.areAll(above, 0) || !action.isEligible(customer, now, event)) return 'NOT_ELIGIBLE';
    if (!this.areAll(above, 1) || !action.isApplicable(customer, now, event)) return 'NOT_APPLICABLE';
    return this.areAll(above, 2) && action.isSuitable(customer, now, event) ? null : 'NOT_SUITABLE';
  }

  /** A rule is not guessed at: whoever cannot be told is left alone. */
  private isPastKnown(above: readonly number[], action: EngagementRules): boolean {
    const { customer, now } = this.subject;
    if (action.isPastKnown?.(customer, now) === false) return false;
    if (!this.isCounting) return true;
    for (const level of above) if (this.levels[level]?.isPastKnown?.(customer, now) === false) return false;
    return true;
  }

  private areAll(levels: readonly number[], kind: 0 | 1 | 2): boolean {
    for (const level of levels) {
      const place = level * 3 + kind;
      if (this.answers[place] === 0) this.answers[place] = this.ask(level, kind) ? 1 : 2;
      if (this.answers[place] === 2) return false;
    }
    return true;
  }

  private ask(number: number, kind: 0 | 1 | 2): boolean {
    const level = this.levels[number] as EngagementRules;
    const { customer, now, event } = this.subject;
    if (kind === 0) return level.isEligible(customer, now, event);
    return kind === 1 ? level.isApplicable(customer, now, event) : level.isSuitable(customer, now, event);
  }
}
