import { BENEFIT, HUMAN, type CandidatePlan, type PlannedAction, type PlannedCandidate } from './candidate-plan';
import type { Hold, Owner } from './capacity';
import type { IsMeant } from './capacity-book';
import { localDate } from './local-time';
import type { OfferTimes, ScarceBook } from './scarce-book';
import { hasComplaintHold, hasConsent, MARKETING } from './consent';
import { ContactCounts, hasOpenHumanContact, type OpenWindow } from './contact-limits';
import type { Contact, CustomerState } from './customer-state';
import { audienceStop, EngagementAnswers, type EngagementSubject } from './engagement';
import { isInGlobalHoldout, isInStrategyHoldout } from './holdout';
import type { SlotsOf } from './promise-times';
import { NO_SLOTS, Promises, type PromisedFor } from './promises';
import { zoneOf } from './quiet-hours';
import { codeOf, type ReasonCode, type Stop } from './reason';
import type { Situation } from './situation';
import { isElder, wantsPeople } from './staffed';
import { isHuman, type Candidate, type Strategy } from './strategy';
import { isSuppressed, pausesOf, type Pauses } from './suppression';

/** Code of a candidate that passed, and of a rule that was not asked yet; others are codes of reasons. */
const PASSED: ReasonCode = 0;
const UNASKED: ReasonCode = 255;

/**
 * The way of customers' candidates through the rules, in their order. What concerns a strategy, an action or a channel as a whole is asked
 * once for each customer, however many candidates share it. One funnel serves a plan's customers one after another.
 */
export class Funnel {
  private readonly byStrategy: Uint8Array;
  private readonly byAction: Uint8Array;
  private readonly byPurpose: Uint8Array;
  private readonly holdoutByStrategy: Uint8Array;
  private readonly restByAction: Uint8Array;
  private readonly quietByPurpose: Uint8Array;
  private readonly byLimit: Uint8Array;
  private readonly promises: Promises;
  private readonly engagement = new EngagementAnswers();
  private readonly levelsByAction: number[][];
  private customer!: CustomerState;
  private subject!: EngagementSubject;
  private busy = UNASKED;
  private pauses: Pauses | null = null;
  private readonly counts = new Map<readonly OpenWindow[], ContactCounts>();

  constructor(
    private readonly plan: CandidatePlan,
    private readonly situation: Situation,
  ) {
    this.byStrategy = new Uint8Array(plan.strategyCount);
    this.byAction = new Uint8Array(plan.actions.length);
    this.byPurpose = new Uint8Array(plan.purposeCount);
    this.holdoutByStrategy = new Uint8Array(plan.strategyCount);
    this.restByAction = new Uint8Array(plan.actions.length);
    this.quietByPurpose = new Uint8Array(plan.purposeCount);
    this.byLimit = new Uint8Array(plan.limitCount);
    this.promises = new Promises(plan, situation);
    this.levelsByAction = plan.actions.map(({ levelKeys }) =>
      this.engagement.add(levelKeys.flatMap((key) => situation.levels.get(key) ?? [])),
    );
  }

  /** Begins with a customer; `canQueue` lets what quiet hours would queue pass, `slotsOf` what people can do later. */
  begin(customer: CustomerState, subject: EngagementSubject, canQueue = false, slotsOf: SlotsOf = NO_SLOTS): void {
    this.customer = customer;
    this.subject = subject;
    this.pauses = null;
    this.engagement.begin(subject);
    const zone = zoneOf(customer.facts?.attributes.timeZone, this.situation.policy.timeZone);
    this.promises.begin({ zone, canQueue, slotsOf });
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
    this.busy = UNASKED;
    this.counts.clear();
  }

  /** Everything that does not depend on what else is being decided. */
  standingCode(index: number): ReasonCode {
    const actionCode = this.actionCode(this.plan.actionOf[index] as number);
    return actionCode === PASSED ? this.channelCode(index) : actionCode;
  }

  /** What concerns the action on all its channels. */
  actionCode(action: number): ReasonCode {
    let code = this.byAction[action] as ReasonCode;
    if (code === UNASKED) code = this.byAction[action] = this.askAction(action);
    return code;
  }

  /** What comes after the rules of the action. */
  channelCode(index: number): ReasonCode {
    const purpose = this.plan.purposeOf[index] as number;
    let code = this.byPurpose[purpose] as ReasonCode;
    if (code === UNASKED) code = this.byPurpose[purpose] = codeOf(this.customerStop(index));
    if (code !== PASSED) return code;
    const action = this.plan.actionOf[index] as number;
    code = this.restByAction[action] as ReasonCode;
    if (code === UNASKED) code = this.restByAction[action] = this.restCode(action);
    if (code !== PASSED) return code;
    code = this.quietByPurpose[purpose] as ReasonCode;
    if (code === UNASKED) code = this.quietByPurpose[purpose] = codeOf(this.promises.quietStop(index));
    if (code !== PASSED || ((this.plan.traitsOf[index] as number) & BENEFIT) === 0) return code;
    const { benefitStockId } = this.candidateAt(index).treatment;
    return codeOf(this.situation.isBenefitGone(benefitStockId) ? 'BENEFIT_EXHAUSTED' : null);
  }

  /** When a candidate that passed goes out if it goes now: null for at once. */
  queuedUntil(index: number): Date | null {
    return this.promises.queuedUntil(index);
  }

  /** When a candidate that passed takes place with the unit that was taken for it. */
  promiseOf(index: number, hold: Hold | null): PromisedFor {
    return this.promises.of(index, hold);
  }

  /** When a candidate that passed can take place without breaking a rule with these contacts. */
  timesFor(index: number, contacts: readonly Contact[]): OfferTimes {
    return { isMeant: this.slotsFor(index, contacts), dayIn: (slot) => this.dayIn(index, slot) };
  }

  /** Contact limits and the one human channel, with the contacts promised so far. */
  contactCode(index: number, contacts: readonly Contact[]): ReasonCode {
    const { limitOf, traitsOf } = this.plan;
    const limit = limitOf[index] as number;
    let code = this.byLimit[limit] as ReasonCode;
    if (code === UNASKED) code = this.byLimit[limit] = codeOf(this.limitStop(index, contacts));
    if (code !== PASSED || ((traitsOf[index] as number) & HUMAN) === 0) return code;
    if (this.busy === UNASKED) {
      this.busy = codeOf(hasOpenHumanContact(contacts, this.situation.now) ? 'HUMAN_CHANNEL_BUSY' : null);
    }
    return this.busy;
  }

  /** Undefined for all slots. */
  private slotsFor(index: number, contacts: readonly Contact[]): IsMeant | undefined {
    if (!this.promises.hasTimes(index)) return undefined;
    return this.promises.slotsFor(index, (at) => this.brokenLimit(index, contacts, at) === null);
  }

  private dayIn(index: number, slot: string | null): string | undefined {
    const { promisedAt, queuedUntil } = this.promises.inSlot(index, slot);
    const at = promisedAt ?? queuedUntil;
    return at === null ? undefined : localDate(this.situation.policy.timeZone, at);
  }

  private askAction(index: number): ReasonCode {
    const { strategyIndex, strategy, action } = this.plan.actions[index] as PlannedAction;
    let code = this.byStrategy[strategyIndex] as ReasonCode;
    if (code === UNASKED) code = this.byStrategy[strategyIndex] = codeOf(audienceStop(strategy, this.subject));
    if (code !== PASSED) return code;
    return codeOf(this.engagement.stopOf(this.levelsByAction[index] as number[], action));
  }

  /** Control groups are kept from promotion, never from service. */
  private restCode(index: number): ReasonCode {
    const { strategyIndex, strategy, action } = this.plan.actions[index] as PlannedAction;
    if (action.purpose === MARKETING) {
      let code = this.holdoutByStrategy[strategyIndex] as ReasonCode;
      if (code === UNASKED) code = this.holdoutByStrategy[strategyIndex] = codeOf(this.holdoutStop(strategy));
      if (code !== PASSED) return code;
    }
    this.pauses ??= pausesOf(this.situation.policy.suppressions, this.customer.outcomes, this.situation.now);
    return codeOf(isSuppressed(this.pauses, action) ? 'SUPPRESSED' : null);
  }

  /** The customer's word on purpose and channel. The complaint hold and the wish for people stop promotion; service messages still go out. */
  private customerStop(index: number): Stop | null {
    const { action, treatment } = this.candidateAt(index);
    const { customer, situation } = this;
    if (!hasConsent(customer, action.purpose, treatment.channel)) return 'CONSENT_MISSING';
    if (action.purpose === MARKETING && hasComplaintHold(customer)) return 'COMPLAINT_HOLD';
    if (customer.facts === null || isHuman(treatment)) return null;
    const { policy, now, elderBornUntil } = situation;
    if (action.purpose === MARKETING && wantsPeople(customer.facts, policy.staffedTag, now)) return 'STAFFED_ONLY';
    const isExcluded = policy.elderExcludedChannels.includes(treatment.channel);
    return isExcluded && isElder(customer.facts, elderBornUntil) ? 'ELDER_PROTECTED' : null;
  }

  private holdoutStop(strategy: Strategy): Stop | null {
    const personKey = this.customer.facts?.personKey || this.customer.customerId;
    if (isInGlobalHoldout(personKey, this.situation.policy.globalHoldoutBasisPoints)) return 'HOLDOUT_GLOBAL';
    const isHeld = isInStrategyHoldout(personKey, strategy.strategyId, strategy.holdoutBasisPoints);
    return isHeld ? 'HOLDOUT_STRATEGY' : null;
  }

  /** Null when one more contact breaks no limit at one of the times at which it could take place. */
  private limitStop(index: number, contacts: readonly Contact[]): Stop | null {
    if (!this.promises.hasTimes(index)) return this.brokenLimit(index, contacts, this.queuedUntil(index));
    return this.promises.stopOf(index, (at) => this.brokenLimit(index, contacts, at));
  }

  /** @param at null for now */
  private brokenLimit(index: number, contacts: readonly Contact[], at: Date | null): Stop | null {
    const { action, treatment } = this.candidateAt(index);
    const { situation } = this;
    const windows = at === null ? situation.windows : situation.windowsAt(at);
    let counts = this.counts.get(windows);
    if (counts === undefined) {
      counts = new ContactCounts(windows, contacts, situation.now);
      this.counts.set(windows, counts);
    }
    return counts.brokenLimit({ channel: treatment.channel, group: action.group, purpose: action.purpose });
  }

  private candidateAt(index: number): Candidate {
    return (this.plan.candidates[index] as PlannedCandidate).candidate;
  }
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

/**
 * Whether a queue that the candidate needs, a push's room in its benefit stock, its strategy's quota, or a quota it shares is used up. Of people's
 * time only slots that are meant count.
 */
export function scarceStop(
  { strategy, treatment }: Candidate,
  book: ScarceBook,
  owner: Owner,
  times: OfferTimes,
): Stop | null {
  if (isHuman(treatment) && !book.capacity.hasRoom(treatment.queue, owner, times.isMeant)) return 'CAPACITY_EXHAUSTED';
  if (!book.hasUnits(treatment, owner, times)) return 'BENEFIT_EXHAUSTED';
  return book.hasQuota(strategy) && book.hasShared(treatment, owner, times) ? null : 'QUOTA_EXHAUSTED';
}
