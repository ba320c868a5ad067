import type { CandidatePlan, PlannedCandidate } from './candidate-plan';
import type { Hold } from './capacity';
import type { IsMeant } from './capacity-book';
import { SERVICE } from './consent';
import type { PromiseTimes, SlotsOf } from './promise-times';
import type { Stop } from './reason';
import type { Situation } from './situation';
import { isHuman } from './strategy';

/** Times at which one candidate's limits are asked; whoever is stopped at all of them is left alone. */
const TRIED_MAX = 500;

export const NO_SLOTS: SlotsOf = () => [];

/** When a contact takes place: at once; at the end of quiet hours, when nobody was told before; or in a slot that begins later. */
export interface PromisedFor {
  queuedUntil: Date | null;
  promisedAt: Date | null;
}

/** What holds for the customer at hand. */
interface Begun {
  /** Whose quiet hours are asked for. */
  zone: string;
  canQueue: boolean;
  slotsOf: SlotsOf;
}

/** When a channel, worked by people of a queue or by none, can reach the customer at hand. */
interface Reach {
  /** Whether a contact may be for now: at once, or when quiet hours have ended. */
  isForNow: boolean;
  queuedUntil: Date | null;
  /** Null when people's time is not needed, or all of it may be worked at once. */
  times: PromiseTimes | null;
}

/**
 * For when the candidates of a plan can be promised to one customer after another. What needs people's time that begins later is asked about for
 * then, not for now, and each purpose and channel of a queue once.
 */
export class Promises {
  private readonly reaches: Reach[] = [];
  private begun: Begun = { zone: '', canQueue: false, slotsOf: NO_SLOTS };

  constructor(
    private readonly plan: CandidatePlan,
    private readonly situation: Situation,
  ) {}

  begin(begun: Begun): void {
    this.begun = begun;
  }

  /** Whether quiet hours leave the candidate no time at all. Asked before all others of this class. */
  quietStop(index: number): Stop | null {
    const reach = this.ask(index);
    this.reaches[this.plan.purposeOf[index] as number] = reach;
    return reach.isForNow || (reach.times?.later.size ?? 0) > 0 ? null : 'QUIET_HOURS';
  }

  queuedUntil(index: number): Date | null {
    return this.reachOf(index).queuedUntil;
  }

  /** Whether it may be promised for later; asked first, for most candidates are for now alone. */
  hasTimes(index: number): boolean {
    return this.reachOf(index).times !== null;
  }

  /** Null when nothing stops it at one of the moments at which it could take place, asked from the earliest on; null stands for now. */
  stopOf(index: number, ask: (at: Date | null) => Stop | null): Stop | null {
    const { isForNow, queuedUntil, times } = this.reachOf(index);
    let stop = isForNow ? ask(queuedUntil) : null;
    if (isForNow && stop === null) return null;
    let tried = 0;
    for (const at of times?.later.values() ?? []) {
      stop = ask(at);
      if (stop === null || (tried += 1) >= TRIED_MAX) return stop;
    }
    return stop;
  }

  /** Undefined for all slots. */
  slotsFor(index: number, isAllowed: (at: Date | null) => boolean): IsMeant | undefined {
    const { times, isForNow, queuedUntil } = this.reachOf(index);
    if (times === null) return undefined;
    let tried = 0;
    return (slot) => {
      const endMs = times.now.get(slot);
      if (endMs !== undefined) return isForNow && isWithin(queuedUntil, endMs, times) && isAllowed(queuedUntil);
      const at = times.later.get(slot);
      return at !== undefined && (tried += 1) <= TRIED_MAX && isAllowed(at);
    };
  }

  of(index: number, hold: Hold | null): PromisedFor {
    return this.inSlot(index, hold?.slot ?? null);
  }

  /** The same in a slot of people's time, or (null) without any. */
  inSlot(index: number, slot: string | null): PromisedFor {
    const { times, queuedUntil } = this.reachOf(index);
    const promisedAt = (slot !== null && times?.later.get(slot)) || null;
    return { promisedAt, queuedUntil: promisedAt === null ? queuedUntil : null };
  }

  private reachOf(index: number): Reach {
    return this.reaches[this.plan.purposeOf[index] as number] as Reach;
  }

  private ask(index: number): Reach {
    const { action, treatment } = (this.plan.candidates[index] as PlannedCandidate).candidate;
    const { zone, canQueue, slotsOf } = this.begun;
    const place = { channel: treatment.channel, isService: action.purpose === SERVICE };
    const quiet = this.situation.quietOf(place, zone);
    const queuedUntil = typeof quiet === 'object' && canQueue ? quiet.until : null;
    const isOpen = quiet === 'open' || queuedUntil !== null;
    const times = isHuman(treatment) ? this.situation.promiseTimes(slotsOf(treatment.queue), place, zone) : null;
    const hasSlot = times === null || [...times.now.values()].some((endMs) => isWithin(queuedUntil, endMs, times));
    return { isForNow: isOpen && hasSlot, queuedUntil, times };
  }
}

/** What waits for the end of quiet hours takes the time of a slot that is over by then only where no later one opens. */
const isWithin = (queuedUntil: Date | null, endMs: number, { later }: PromiseTimes): boolean =>
  queuedUntil === null || queuedUntil.getTime() < endMs || later.size === 0;
