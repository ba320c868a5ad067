/** A member of a campaign window that could be contacted, with what the models said before any outcome was known. */
export interface ScoredLine {
  line: number;
  /** Place in the ranking in force, from 1. */
  rank: number;
  /** Propensity by the static model in the shadow place. */
  shadowPropensity: number;
}

export interface GainsWindow {
  /** Lines of the window, whether they could be contacted or not: a share of capacity is a share of these. */
  size: number;
  members: readonly ScoredLine[];
  /** Real subscribers among all lines of the window. */
  subscriberCount: number;
}

/** Shares of all subscribers that were among the first `capacityShare` of each window, by four ways of choosing. */
export interface Gain {
  capacityShare: number;
  arbitration: number;
  staticModel: number;
  fileOrder: number;
  /** The mean over all draws, not one draw. */
  random: number;
}

export const REPORTED_CAPACITIES = [0.1, 0.2, 0.3, 0.5] as const;

/** Gains summed over windows; each window is cut by itself, because its seats work only it. */
export function gainsOf(
  windows: readonly GainsWindow[],
  capacityShares: readonly number[],
  hasSubscribed: (line: number) => boolean,
): Gain[] {
  const subscribers = windows.reduce((sum, window) => sum + window.subscriberCount, 0);
  const orders = windows.map((window) => orderedWindow(window, hasSubscribed));
  return capacityShares.map((capacityShare) => {
    const shareOf = (reached: (order: OrderedWindow, places: number) => number): number => {
      const sum = orders.reduce((total, order) => total + reached(order, Math.floor(order.size * capacityShare)), 0);
      return subscribers === 0 ? 0 : sum / subscribers;
    };
    return {
      capacityShare,
      arbitration: shareOf(({ byRank }, places) => countOf(byRank, places)),
      staticModel: shareOf(({ byShadow }, places) => countOf(byShadow, places)),
      fileOrder: shareOf(({ byLine }, places) => countOf(byLine, places)),
      random: shareOf(({ byLine }, places) => expectedOf(byLine, places)),
    };
  });
}

/** Whether each member subscribed, in three orders. */
interface OrderedWindow {
  size: number;
  byRank: boolean[];
  byShadow: boolean[];
  byLine: boolean[];
}

function orderedWindow({ size, members }: GainsWindow, hasSubscribed: (line: number) => boolean): OrderedWindow {
  const resultsBy = (order: (a: ScoredLine, b: ScoredLine) => number): boolean[] =>
    [...members].sort((a, b) => order(a, b) || a.line - b.line).map(({ line }) => hasSubscribed(line));
  return {
    size,
    byRank: resultsBy((a, b) => a.rank - b.rank),
    byShadow: resultsBy((a, b) => b.shadowPropensity - a.shadowPropensity),
    byLine: resultsBy(() => 0),
  };
}

const countOf = (results: readonly boolean[], places: number): number =>
  results.slice(0, places).filter(Boolean).length;

/** Mean number of subscribers among `places` members drawn at random without repetition. */
const expectedOf = (results: readonly boolean[], places: number): number =>
  results.length === 0 ? 0 : (Math.min(places, results.length) / results.length) * results.filter(Boolean).length;
