import type { AdaptiveModel } from '../../apps/arbitration/src/domain/models/adaptive-model';
import type { BankRow } from './bank-rows';

export const GAIN_CAPACITIES = [0.1, 0.2, 0.3, 0.5] as const;

/** What ranks a window, and what it is told afterwards. */
export interface Ranker {
  score(window: readonly BankRow[]): number[] | Promise<number[]>;
  learn(row: BankRow): void;
}

export interface ReplayOptions {
  historyLength: number;
  windowSize: number;
  seatShare: number;
  /** Part of the seats' calls that goes to customers drawn from those the ranking left out. */
  explorationShare: number;
  seed: number;
  /** Whose outcomes become known after a window. */
  knows: 'called' | 'everyone';
}

export interface ReplayResult {
  subscribers: number;
  /** Share of all subscribers that the seats really called. */
  reachedShare: number;
  /** Share of all subscribers among the first 10, 20, 30, 50 % of each window by the ranking alone. */
  gains: number[];
  reachedByWindow: number[];
  /** Lines whose customers were called, counted from 0. */
  called: number[];
}

export const CAMPAIGN: Omit<ReplayOptions, 'historyLength' | 'seed'> = {
  windowSize: 2500,
  seatShare: 0.2,
  explorationShare: 0.1,
  knows: 'called',
};

export const rankerOf = (model: AdaptiveModel): Ranker => ({
  score: (window) => window.map(({ attributes }) => model.score(attributes)),
  learn: ({ attributes, isSubscribed }) => {
    model.learn(attributes, isSubscribed);
  },
});

/**
 * Works the lines after the history window by window. A window is ranked once, before any of its outcomes is known; its outcomes are
 * told after it, in the order of the file.
 */
export const replayCampaign = async (
  rows: readonly BankRow[],
  ranker: Ranker,
  options: ReplayOptions,
): Promise<ReplayResult> => {
  const random = seededRandom(options.seed);
  for (const row of rows.slice(0, options.historyLength)) ranker.learn(row);

  const reachedByWindow: number[] = [];
  const calledLines: number[] = [];
  const gained = GAIN_CAPACITIES.map(() => 0);
  let subscribers = 0;
  for (let from = options.historyLength; from < rows.length; from += options.windowSize) {
    const window = rows.slice(from, from + options.windowSize);
    const scores = await ranker.score(window);
    const ranked = window.map((_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    const seats = Math.floor(window.length * options.seatShare);
    const explored = Math.floor(seats * options.explorationShare);
    const called = [
      ...ranked.slice(0, seats - explored),
      ...draw(ranked.slice(seats - explored), explored, random),
    ].sort((a, b) => a - b);

    const countIn = (indices: readonly number[]): number => indices.filter((i) => window[i]?.isSubscribed).length;
    GAIN_CAPACITIES.forEach((capacity, i) => {
      gained[i] = (gained[i] ?? 0) + countIn(ranked.slice(0, Math.floor(window.length * capacity)));
    });
    reachedByWindow.push(countIn(called));
    calledLines.push(...called.map((i) => from + i));
    subscribers += window.filter(({ isSubscribed }) => isSubscribed).length;
    for (const row of options.knows === 'everyone' ? window : called.flatMap((i) => window[i] ?? [])) ranker.learn(row);
  }
  const reached = reachedByWindow.reduce((sum, count) => sum + count, 0);
  return {
    subscribers,
    reachedShare: reached / subscribers,
    gains: gained.map((count) => count / subscribers),
    reachedByWindow,
    called: calledLines,
  };
};

const draw = (from: number[], count: number, random: () => number): number[] => {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const at = Math.floor(random() * left.length);
    return left.splice(at, 1)[0] ?? 0;
  });
};

/** Mulberry32: small, fast, the same numbers for the same seed everywhere. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};
