import type { CandidatePlan, PlannedAction, PlannedCandidate } from './candidate-plan';
import type { ScarceBook } from './capacity';
import { hasComplaintHold, hasConsent, MARKETING, SERVICE } from './consent';
import { brokenLimit, hasOpenHumanContact } from './contact-limits';
import type { Contact, CustomerState } from './customer-state';
import { audienceStop, engagementStop, type EngagementRules, type EngagementSubject } from './engagement';
import { isInGlobalHoldout, isInStrategyHoldout } from './holdout';
import { isTimeZone } from './local-time';
import { STOPS, type Stop } from './reason';
import type { Situation } from './situation';
import { isElder, wantsPeople } from './staffed';
import { isHuman, type Candidate } from './strategy';
import { isSuppressed } from './suppression';

/** Code of a rule's answer: the stop's place in STOPS, or one of these. */
const PASSED = -1;
const UNASKED = -2;

const codeOf = (stop: Stop | null): number => (stop === null ? PASSED : STOPS.indexOf(stop));
const stopOf = (code: number): Stop | null => STOPS[code] ?? null;

/**
 * The way of customers' candidates through the rules, in their order. What concerns a strategy, an action or a channel as a whole is asked
 * once for each customer, however many candidates share it. One funnel serves a plan's customers one after another.
 */
export class Funnel {
  private readonly byStrategy: Int8Array;
  private readonly byAction: Int8Array;
  private readonly byPurpose: Int8Array;
  private readonly holdoutByStrategy: Int8Array;
  private readonly restByAction: Int8Array;
  private readonly quietByPurpose: Int8Array;
  private readonly byLimit: Int8Array;
  private readonly queuedByPurpose: (Date | null)[];
  private readonly levels: readonly EngagementRules[][];
  private customer!: CustomerState;
  private subject!: EngagementSubject;
  private zone = '';
  private canQueue = false;
  private isBusy = UNASKED;

  constructor(
    private readonly plan: CandidatePlan,
    private readonly situation: Situation,
  ) {
    this.byStrategy = new Int8Array(plan.strategyCount);
    this.byAction = new Int8Array(plan.actionCount);
    this.byPurpose = new Int8Array(plan.purposeCount);
    this.holdoutByStrategy = new Int8Array(plan.strategyCount);
    this.restByAction = new Int8Array(plan.actionCount);
    this.quietByPurpose = new Int8Array(plan.purposeCount);
    this.byLimit = new Int8Array(plan.limitCount);
    this.queuedByPurpose = new Array<Date | null>(plan.purposeCount).fill(null);
    this.levels = levelsOf(plan, situation);
  }

  /** Begins with a customer; `canQueue` lets what quiet hours would queue pass. */
  begin(customer: CustomerState, subject: EngagementSubject, canQueue = false): void {
    this.customer = customer;
    this.subject = subject;
    this.canQueue = canQueue;
    const own = customer.facts?.attributes.timeZone;
    this.zone = typeof own === 'string' && isTimeZone(own) ? own : this.situation.policy.timeZone;
    for (const answers of [
      this.byStrategy,
      this.byAction,
      this.byPurpose,
      this.holdoutByStrategy,
      this.restByAction,
      this.quietByPurpose,
    ]) {
      answers.fill(UNASKED);
    }
    this.contactsChanged();
  }

  /** What was asked about contacts is out of date. */
  contactsChanged(): void {
    this.byLimit.fill(UNASKED);
    this.isBusy = UNASKED;
  }

  /** Everything that does not depend on what else is being decided, or null when passed. */
  standingStop(index: number): Stop | null {
    const one = this.planned(index);
    const { action, actionIndex, purposeIndex } = one;
    let code = this.byStrategy[action.strategyIndex] as number;
    if (code === UNASKED) {
      code = this.byStrategy[action.strategyIndex] = codeOf(audienceStop(action.strategy, this.subject));
    }
    if (code !== PASSED) return stopOf(code);
    code = this.byAction[actionIndex] as number;
    if (code === UNASKED) {
      code = this.byAction[actionIndex] = codeOf(engagementStop(this.levels[actionIndex] ?? [], this.subject));
    }
    if (code !== PASSED) return stopOf(code);
    code = this.byPurpose[purposeIndex] as number;
    if (code === UNASKED) code = this.byPurpose[purposeIndex] = codeOf(this.customerStop(one));
    if (code !== PASSED) return stopOf(code);
    if (action.action.purpose === MARKETING) {
      code = this.holdoutByStrategy[action.strategyIndex] as number;
      if (code === UNASKED) code = this.holdoutByStrategy[action.strategyIndex] = codeOf(this.holdoutStop(action));
      if (code !== PASSED) return stopOf(code);
    }
    code = this.restByAction[actionIndex] as number;
    if (code === UNASKED) code = this.restByAction[actionIndex] = codeOf(this.restStop(action));
    if (code !== PASSED) return stopOf(code);
    code = this.quietByPurpose[purposeIndex] as number;
    if (code === UNASKED) code = this.quietByPurpose[purposeIndex] = codeOf(this.quietStop(one));
    return code === PASSED ? null : stopOf(code);
  }

  /** When a candidate that passed goes out: null for at once. */
  queuedUntil(index: number): Date | null {
    return this.queuedByPurpose[this.planned(index).purposeIndex] ?? null;
  }

  /** Contact limits and the one human channel, with the contacts promised so far. */
  contactStop(index: number, contacts: readonly Contact[]): Stop | null {
    const one = this.planned(index);
    let code = this.byLimit[one.limitIndex] as number;
    if (code === UNASKED) code = this.byLimit[one.limitIndex] = codeOf(this.limitStop(one, index, contacts));
    if (code !== PASSED) return stopOf(code);
    if (!one.isHuman) return null;
    if (this.isBusy === UNASKED) this.isBusy = hasOpenHumanContact(contacts, this.situation.now) ? 1 : 0;
    return this.isBusy === 1 ? 'HUMAN_CHANNEL_BUSY' : null;
  }

  private planned(index: number): PlannedCandidate {
    return this.plan.candidates[index] as PlannedCandidate;
  }

  /** The customer's word on purpose and channel. The complaint hold and the wish for people stop promotion; service messages still go out. */
  private customerStop({ candidate: { action, treatment } }: PlannedCandidate): Stop | null {
    const { customer, situation } = this;
    if (!hasConsent(customer, action.purpose, treatment.channel)) return 'CONSENT_MISSING';
    if (action.purpose === MARKETING && hasComplaintHold(customer)) return 'COMPLAINT_HOLD';
    if (customer.facts === null || isHuman(treatment)) return null;
    const { policy, now, elderBornUntil } = situation;
    if (action.purpose === MARKETING && wantsPeople(customer.facts, policy.staffedTag, now)) return 'STAFFED_ONLY';
    const isExcluded = policy.elderExcludedChannels.includes(treatment.channel);
    return isExcluded && isElder(customer.facts, elderBornUntil) ? 'ELDER_PROTECTED' : null;
  }

  /** Control groups are kept from promotion, never from service. */
  private holdoutStop({ strategy }: PlannedAction): Stop | null {
    const personKey = this.customer.facts?.personKey || this.customer.customerId;
    if (isInGlobalHoldout(personKey, this.situation.policy.globalHoldoutBasisPoints)) return 'HOLDOUT_GLOBAL';
    const isHeld = isInStrategyHoldout(personKey, strategy.strategyId, strategy.holdoutBasisPoints);
    return isHeld ? 'HOLDOUT_STRATEGY' : null;
  }

  private restStop({ action }: PlannedAction): Stop | null {
    const { policy, now } = this.situation;
    return isSuppressed(policy.suppressions, this.customer.outcomes, action, now) ? 'SUPPRESSED' : null;
  }

  private quietStop({ candidate: { action, treatment }, purposeIndex }: PlannedCandidate): Stop | null {
    const place = { channel: treatment.channel, isService: action.purpose === SERVICE };
    const quiet = this.situation.quietOf(place, this.zone);
    const isQueued = typeof quiet === 'object' && this.canQueue;
    this.queuedByPurpose[purposeIndex] = isQueued ? quiet.until : null;
    return quiet === 'open' || isQueued ? null : 'QUIET_HOURS';
  }

  private limitStop({ candidate }: PlannedCandidate, index: number, contacts: readonly Contact[]): Stop | null {
    const { action, treatment } = candidate;
    const until = this.queuedUntil(index);
    const windows = until === null ? this.situation.windows : this.situation.windowsAt(until);
    const place = { channel: treatment.channel, group: action.group, purpose: action.purpose };
    return brokenLimit(windows, contacts, place, this.situation.now);
  }
}

/** The rules of each action with those of its group and issue, the widest first. */
function levelsOf(plan: CandidatePlan, { levels }: Situation): EngagementRules[][] {
  const all: EngagementRules[][] = [];
  for (const { action, actionIndex } of plan.candidates) {
    all[actionIndex] ??= [...action.levelKeys.flatMap((key) => levels.get(key) ?? []), action.action];
  }
  return all;
}

const funnels = new WeakMap<Situation, Map<CandidatePlan, Funnel>>();

/** The funnel of a plan in a situation, made when it is asked for first. */
export function funnelOf(plan: CandidatePlan, situation: Situation): Funnel {
  const known = funnels.get(situation) ?? new Map<CandidatePlan, Funnel>();
  funnels.set(situation, known);
  const funnel = known.get(plan) ?? new Funnel(plan, situation);
  known.set(plan, funnel);
  return funnel;
}

/** Whether a queue that the candidate needs, its strategy's quota, or a quota it shares with others is used up. */
export function scarceStop({ strategy, treatment }: Candidate, book: ScarceBook): Stop | null {
  if (isHuman(treatment) && book.freeOf(treatment.queue) <= 0) return 'CAPACITY_EXHAUSTED';
  return book.hasQuota(strategy) && book.quotas.hasRoom(treatment.quotaUses) ? null : 'QUOTA_EXHAUSTED';
}
