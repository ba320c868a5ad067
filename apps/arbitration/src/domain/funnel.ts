import type { ScarceBook } from './capacity';
import { hasComplaintHold, hasConsent, MARKETING } from './consent';
import { brokenLimit, hasOpenHumanContact, type OpenWindow } from './contact-limits';
import type { ContactPolicy } from './contact-policy';
import type { Contact, CustomerState } from './customer-state';
import { audienceStop, engagementStop, type EngagementSubject } from './engagement';
import { isInGlobalHoldout, isInStrategyHoldout } from './holdout';
import { isTimeZone } from './local-time';
import { isQuiet } from './quiet-hours';
import type { Stop } from './reason';
import { isHuman, type Candidate, type Strategy, type StrategyAction } from './strategy';
import { isSuppressed } from './suppression';

/** What holds for every decision of a batch. */
export interface Situation {
  policy: ContactPolicy;
  windows: readonly OpenWindow[];
  now: Date;
}

/**
 * The way of one customer's candidates through the rules, in their order. What concerns a strategy or an action as a whole is asked once,
 * however many channels it has.
 */
export class Funnel {
  private readonly byStrategy = new Map<Strategy, Stop | null>();
  private readonly byAction = new Map<StrategyAction, Stop | null>();
  private readonly zone: string;

  constructor(
    private readonly customer: CustomerState,
    private readonly subject: EngagementSubject,
    private readonly situation: Situation,
  ) {
    const own = customer.facts?.attributes.timeZone;
    this.zone = typeof own === 'string' && isTimeZone(own) ? own : situation.policy.timeZone;
  }

  /** Everything that does not depend on what else is being decided, or null when passed. */
  standingStop(candidate: Candidate): Stop | null {
    return (
      this.strategyStop(candidate.strategy) ??
      this.actionStop(candidate) ??
      this.consentStop(candidate) ??
      this.holdoutStop(candidate) ??
      this.restStop(candidate)
    );
  }

  /** Contact limits and the one human channel, with the contacts promised so far. */
  contactStop({ action, treatment }: Candidate, contacts: readonly Contact[]): Stop | null {
    const { windows, now } = this.situation;
    const limit = brokenLimit(windows, contacts, { channel: treatment.channel, group: action.group }, now);
    if (limit !== null) return limit;
    return isHuman(treatment) && hasOpenHumanContact(contacts, now) ? 'HUMAN_CHANNEL_BUSY' : null;
  }

  private strategyStop(strategy: Strategy): Stop | null {
    let stop = this.byStrategy.get(strategy);
    if (stop === undefined) {
      stop = audienceStop(strategy, this.subject);
      this.byStrategy.set(strategy, stop);
    }
    return stop;
  }

  private actionStop(candidate: Candidate): Stop | null {
    let stop = this.byAction.get(candidate.action);
    if (stop === undefined) {
      stop = engagementStop(candidate, this.subject);
      this.byAction.set(candidate.action, stop);
    }
    return stop;
  }

  /** The complaint hold stops promotion; service messages still go out. */
  private consentStop({ action, treatment }: Candidate): Stop | null {
    if (!hasConsent(this.customer, action.purpose, treatment.channel)) return 'CONSENT_MISSING';
    return action.purpose === MARKETING && hasComplaintHold(this.customer) ? 'COMPLAINT_HOLD' : null;
  }

  /** Control groups are kept from promotion, never from service. */
  private holdoutStop({ action, strategy }: Candidate): Stop | null {
    if (action.purpose !== MARKETING) return null;
    const { customerId } = this.customer;
    if (isInGlobalHoldout(customerId, this.situation.policy.globalHoldoutBasisPoints)) return 'HOLDOUT_GLOBAL';
    const isHeld = isInStrategyHoldout(customerId, strategy.strategyId, strategy.holdoutBasisPoints);
    return isHeld ? 'HOLDOUT_STRATEGY' : null;
  }

  private restStop({ action, treatment }: Candidate): Stop | null {
    const { policy, now } = this.situation;
    if (isSuppressed(policy.suppressions, this.customer.outcomes, action, now)) return 'SUPPRESSED';
    return isQuiet(policy.quietHours, treatment.channel, this.zone, now) ? 'QUIET_HOURS' : null;
  }
}

/** Whether a queue that the candidate needs, its strategy's quota, or a quota it shares with others is used up. */
export function scarceStop({ strategy, treatment }: Candidate, book: ScarceBook): Stop | null {
  if (isHuman(treatment) && book.freeOf(treatment.queue) <= 0) return 'CAPACITY_EXHAUSTED';
  return book.hasQuota(strategy) && book.quotas.hasRoom(treatment.quotaUses) ? null : 'QUOTA_EXHAUSTED';
}
