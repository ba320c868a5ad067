import { CHINA, type BankCalendar } from '@tidegate/bank-calendar';
import { openWindows, type OpenWindow } from './contact-limits';
import type { ContactPolicy } from './contact-policy';
import type { EngagementLevels } from './engagement';
import { promiseTimesOf, type OpenSlot, type PromiseTimes } from './promise-times';
import { quietOf, type Quiet, type QuietPlace } from './quiet-hours';
import { elderBornUntil } from './staffed';

/** Whether a benefit stock has something to give at a time. */
export type HasToGive = (stockId: string, now: Date) => boolean;

const NO_LEVELS: EngagementLevels = new Map();

const keyOf = ({ channel, isService }: QuietPlace, zone: string): string => `${channel}|${isService}|${zone}`;

/** What holds for every decision of a batch. Answers that many decisions share are worked out once. */
export class Situation {
  readonly windows: readonly OpenWindow[];
  /** Newest birth date of an elder; null without a rule for them. */
  readonly elderBornUntil: string | null;
  private readonly quiets = new Map<string, Quiet>();
  private readonly promises = new WeakMap<readonly OpenSlot[], Map<string, PromiseTimes | null>>();
  private readonly later = new Map<number, OpenWindow[]>();

  constructor(
    readonly policy: ContactPolicy,
    readonly now: Date,
    /** Engagement policy of issues and groups. */
    readonly levels: EngagementLevels = NO_LEVELS,
    private readonly stockHasToGive: HasToGive = () => true,
    readonly calendar: BankCalendar = CHINA,
  ) {
    this.windows = openWindows(policy, now);
    this.elderBornUntil = elderBornUntil(policy, now);
  }

  quietOf(place: QuietPlace, zone: string): Quiet {
    const key = keyOf(place, zone);
    let quiet = this.quiets.get(key);
    if (quiet === undefined) {
      quiet = quietOf(this.policy.quietHours, place, zone, this.now, this.calendar);
      this.quiets.set(key, quiet);
    }
    return quiet;
  }

  /** When contacts can take place in these slots; null when each may be worked at once. */
  promiseTimes(slots: readonly OpenSlot[], place: QuietPlace, zone: string): PromiseTimes | null {
    if (slots.length === 0) return null;
    const known = this.promises.get(slots) ?? new Map<string, PromiseTimes | null>();
    this.promises.set(slots, known);
    const key = keyOf(place, zone);
    let times = known.get(key);
    if (times === undefined) {
      times = promiseTimesOf(slots, place, zone, this);
      known.set(key, times);
    }
    return times;
  }

  /** Whether the benefit that a treatment brings has run out. */
  isBenefitGone(stockId: string): boolean {
    return !this.stockHasToGive(stockId, this.now);
  }

  /** The limits' windows around a later moment, for what is queued or promised until then. */
  windowsAt(at: Date): readonly OpenWindow[] {
    let windows = this.later.get(at.getTime());
    if (windows === undefined) {
      windows = openWindows(this.policy, at);
      this.later.set(at.getTime(), windows);
    }
    return windows;
  }
}
