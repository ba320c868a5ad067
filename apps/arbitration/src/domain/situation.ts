import { openWindows, type OpenWindow } from './contact-limits';
import type { ContactPolicy } from './contact-policy';
import type { EngagementLevels } from './engagement';
import { quietOf, type Quiet } from './quiet-hours';
import { elderBornUntil } from './staffed';

/** Whether a benefit stock has something to give at a time. */
export type HasToGive = (stockId: string, now: Date) => boolean;

const NO_LEVELS: EngagementLevels = new Map();

/** What holds for every decision of a batch. Answers that many decisions share are worked out once. */
export class Situation {
  readonly windows: readonly OpenWindow[];
  /** Newest birth date of an elder; null without a rule for them. */
  readonly elderBornUntil: string | null;
  private readonly quiets = new Map<string, Quiet>();
  private readonly later = new Map<number, OpenWindow[]>();

  constructor(
    readonly policy: ContactPolicy,
    readonly now: Date,
    /** Engagement policy of issues and groups. */
    readonly levels: EngagementLevels = NO_LEVELS,
    private readonly stockHasToGive: HasToGive = () => true,
  ) {
    this.windows = openWindows(policy, now);
    this.elderBornUntil = elderBornUntil(policy, now);
  }

  quietOf(place: { channel: string; isService: boolean }, zone: string): Quiet {
    const key = `${place.channel}|${place.isService}|${zone}`;
    let quiet = this.quiets.get(key);
    if (quiet === undefined) {
      quiet = quietOf(this.policy.quietHours, place, zone, this.now);
      this.quiets.set(key, quiet);
    }
    return quiet;
  }

  /** Whether the benefit that a treatment brings has run out. */
  isBenefitGone(stockId: string): boolean {
    return !this.stockHasToGive(stockId, this.now);
  }

  /** The limits' windows around a later moment, for what is queued until then. */
  windowsAt(at: Date): readonly OpenWindow[] {
    let windows = this.later.get(at.getTime());
    if (windows === undefined) {
      windows = openWindows(this.policy, at);
      this.later.set(at.getTime(), windows);
    }
    return windows;
  }
}
