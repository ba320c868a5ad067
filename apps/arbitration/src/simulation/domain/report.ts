import { codeOf, reasonOf, type ReasonCode } from '../../domain/reason';
import type { Candidate } from '../../domain/strategy';
import type { BrokenRule } from './moment-plan';
import type { World } from './world';

export interface SimulatedVolume {
  day: string;
  channel: string;
  draftCount: number;
  liveCount: number;
  draftValue: number;
  liveValue: number;
}

export interface SimulatedQueue {
  day: string;
  queue: string;
  freeUnits: number;
  draftCount: number;
  liveCount: number;
}

export interface SimulatedStrategy {
  strategyId: string;
  draftCount: number;
  liveCount: number;
  draftValue: number;
  liveValue: number;
}

export interface StrategyConflict {
  strategyId: string;
  lostCount: number;
  tookCount: number;
  contactLimitCount: number;
  exhaustedCount: number;
}

/** What came of a simulation; counts are of simulated customers. */
export interface SimulationReport {
  volumes: SimulatedVolume[];
  queues: SimulatedQueue[];
  strategies: SimulatedStrategy[];
  conflicts: StrategyConflict[];
  audienceCount: number;
  reachedCount: number;
  nothingCountByReason: Record<string, number>;
  sameCount: number;
  gainedCount: number;
  lostCount: number;
  switchedCount: number;
  /** Of the draft, waiting for a moment that is not played. */
  notPlayedActionIds: string[];
  /** Of the other live strategies. */
  liveNotPlayedCount: number;
  /** Moments of live strategies that cannot be played. */
  brokenRules: BrokenRule[];
}

type NotPlayed = Pick<SimulationReport, 'notPlayedActionIds' | 'liveNotPlayedCount' | 'brokenRules'>;

export type WorldName = 'draft' | 'live';
export type Change = 'same' | 'gained' | 'lost' | 'switched';

const UNMEANT: ReadonlySet<ReasonCode> = new Set([codeOf('STRATEGY_NOT_ACTIVE'), codeOf('NOT_IN_AUDIENCE')]);

/** Gathers what the simulated days come to. */
export class ReportBuilder {
  private readonly volumes = new Map<string, SimulatedVolume>();
  private readonly queues = new Map<string, SimulatedQueue>();
  private readonly strategies = new Map<string, SimulatedStrategy>();
  private readonly conflicts = new Map<string, StrategyConflict>();
  private readonly nothing = new Map<string, number>();
  private readonly changes: Record<Change, number> = { same: 0, gained: 0, lost: 0, switched: 0 };
  private audienceCount = 0;
  private reachedCount = 0;

  addQueue(day: string, queue: string, freeUnits: number): void {
    ensure(this.queues, `${day}|${queue}`, () => ({ day, queue, freeUnits, draftCount: 0, liveCount: 0 }));
  }

  addContact(world: WorldName, day: string, { strategy, treatment }: Candidate, value: number): void {
    const nothing = { draftCount: 0, liveCount: 0, draftValue: 0, liveValue: 0 };
    const { channel, queue } = treatment;
    const { strategyId } = strategy;
    const volume = ensure(this.volumes, `${day}|${channel}`, () => ({ day, channel, ...nothing }));
    const total = ensure(this.strategies, strategyId, () => ({ strategyId, ...nothing }));
    for (const line of [volume, total]) {
      line[`${world}Count`] += 1;
      line[`${world}Value`] += value;
    }
    const load = this.queues.get(`${day}|${queue}`);
    if (load !== undefined) load[`${world}Count`] += 1;
  }

  addConflict(strategyId: string, kind: Exclude<keyof StrategyConflict, 'strategyId'>, count = 1): void {
    const none = { lostCount: 0, tookCount: 0, contactLimitCount: 0, exhaustedCount: 0 };
    ensure(this.conflicts, strategyId, () => ({ strategyId, ...none }))[kind] += count;
  }

  /** @param code why the strategy never reached the customer, by the reason that came furthest on any day; that of null when it did */
  addCustomer(change: Change, code: ReasonCode): void {
    this.changes[change] += 1;
    if (UNMEANT.has(code)) return;
    this.audienceCount += 1;
    if (code === codeOf(null)) this.reachedCount += 1;
    else this.nothing.set(reasonOf(code), (this.nothing.get(reasonOf(code)) ?? 0) + 1);
  }

  build(notPlayed: NotPlayed): SimulationReport {
    const { same, gained, lost, switched } = this.changes;
    return {
      volumes: sorted(this.volumes),
      queues: sorted(this.queues),
      strategies: sorted(this.strategies),
      conflicts: sorted(this.conflicts),
      audienceCount: this.audienceCount,
      reachedCount: this.reachedCount,
      nothingCountByReason: Object.fromEntries(this.nothing),
      sameCount: same,
      gainedCount: gained,
      lostCount: lost,
      switchedCount: switched,
      ...notPlayed,
    };
  }
}

/** How what a customer gets differs between the worlds. */
export function changeOf(draft: World, live: World, customer: number): Change {
  let [draftCount, liveCount, isSame] = [0, 0, true];
  for (let day = 0; day < draft.days.length; day += 1) {
    const [mine, theirs] = [draft.chosen(day, customer), live.chosen(day, customer)];
    if (mine !== undefined) draftCount += 1;
    if (theirs !== undefined) liveCount += 1;
    const isEqual =
      mine?.strategy.version === theirs?.strategy.version &&
      mine?.action.actionId === theirs?.action.actionId &&
      mine?.treatment.channel === theirs?.treatment.channel;
    if (!isEqual) isSame = false;
  }
  if (isSame) return 'same';
  if (liveCount === 0) return 'gained';
  return draftCount === 0 ? 'lost' : 'switched';
}

function ensure<T>(lines: Map<string, T>, key: string, make: () => T): T {
  const line = lines.get(key) ?? make();
  lines.set(key, line);
  return line;
}

const sorted = <T>(lines: Map<string, T>): T[] =>
  [...lines].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, line]) => line);
