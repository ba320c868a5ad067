import { Injectable } from '@nestjs/common';
import type { BankCalendar } from '@tidegate/bank-calendar';
import { ArbitrationConfig } from '../arbitration.config';
import { StockBook } from '../benefit-stocks/stock-book';
import { DEFAULT_CONTACT_POLICY, type ContactPolicy } from '../domain/contact-policy';
import { zoneOffsetMs } from '../domain/local-time';
import { Situation } from '../domain/situation';
import { ContactPolicyRepository } from '../repositories/contact-policy.repository';
import { EngagementHolder } from './engagement-holder';

const MINUTE_MS = 60_000;
const SHARED_MS = 100;

/** The contact policy in force, in memory. */
@Injectable()
export class PolicyHolder {
  private policy: ContactPolicy = DEFAULT_CONTACT_POLICY;

  private shared: Situation | null = null;

  constructor(
    private readonly policies: ContactPolicyRepository,
    private readonly engagement: EngagementHolder,
    private readonly stocks: StockBook,
    private readonly config: ArbitrationConfig,
  ) {}

  /** On which days the bank works. */
  get calendar(): BankCalendar {
    return this.config.calendar;
  }

  get current(): ContactPolicy {
    return this.policy;
  }

  /** What holds for every decision made now. */
  situation(now: Date): Situation {
    return new Situation(this.policy, now, this.engagement.levels, this.stocks.hasToGive, this.calendar);
  }

  /** The same for all that ask within a tenth of a second: for previews, of which there are many at once. */
  sharedSituation(now: Date): Situation {
    const known = this.shared;
    const isSame = known?.policy === this.policy && known.levels === this.engagement.levels;
    const ageMs = now.getTime() - (known?.now.getTime() ?? 0);
    if (known === null || !isSame || ageMs < 0 || ageMs > SHARED_MS) this.shared = this.situation(now);
    return this.shared ?? this.situation(now);
  }

  /** Of the bank's own day, for ages and birthdays in rules. */
  utcOffsetMinutes(now: Date): number {
    return zoneOffsetMs(this.policy.timeZone, now.getTime()) / MINUTE_MS;
  }

  /** Keeps the newer of what is known and what is given. */
  hold(policy: ContactPolicy): void {
    if (policy.version >= this.policy.version) this.policy = policy;
  }

  async load(): Promise<void> {
    this.hold(await this.policies.get());
  }
}
