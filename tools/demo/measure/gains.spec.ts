import { gainsOf, type GainsWindow } from './gains';

/** Ten customers, lines 1 to 10; 2, 5 and 9 subscribed. */
const SUBSCRIBED = new Set([2, 5, 9]);
const hasSubscribed = (line: number): boolean => SUBSCRIBED.has(line);

/** Members in the order of the ranking in force; the static model prefers low lines. */
const windowOf = (ranking: number[], overrides: Partial<GainsWindow> = {}): GainsWindow => ({
  size: 10,
  subscriberCount: 3,
  members: ranking.map((line, i) => ({ line, rank: i + 1, shadowPropensity: 1 / line })),
  ...overrides,
});
const RANKING = [5, 9, 1, 2, 3, 4, 6, 7, 8, 10];

describe('gains', () => {
  it('are the subscribers among the first of each order', () => {
    const [gain] = gainsOf([windowOf(RANKING)], [0.2], hasSubscribed);
    expect(gain).toEqual({
      capacityShare: 0.2,
      arbitration: 2 / 3,
      staticModel: 1 / 3,
      fileOrder: 1 / 3,
      random: expect.closeTo(0.2, 12) as number,
    });
  });

  it('do not depend on the order in which members are given', () => {
    const window = windowOf(RANKING);
    const shuffled = { ...window, members: [...window.members].reverse() };
    expect(gainsOf([shuffled], [0.1, 0.3, 0.5], hasSubscribed)).toEqual(
      gainsOf([window], [0.1, 0.3, 0.5], hasSubscribed),
    );
  });

  it('cut every window by itself', () => {
    const [gain] = gainsOf([windowOf(RANKING), windowOf([...RANKING].reverse())], [0.2], hasSubscribed);
    expect(gain?.arbitration).toBeCloseTo(2 / 6, 12);
  });

  it('count subscribers who could not be contacted as not reached', () => {
    const window = windowOf(RANKING.filter((line) => line !== 9));
    const [all] = gainsOf([window], [1], hasSubscribed);
    expect(all).toEqual({ capacityShare: 1, arbitration: 2 / 3, staticModel: 2 / 3, fileOrder: 2 / 3, random: 2 / 3 });
  });

  it('of nothing are nothing', () => {
    const [gain] = gainsOf([], [0.5], hasSubscribed);
    expect(gain).toEqual({ capacityShare: 0.5, arbitration: 0, staticModel: 0, fileOrder: 0, random: 0 });
  });
});
