/** What is known of the leads of one customer and strategy: when a person last had him in hand. */
export interface ListTouch {
  strategyId: string;
  customerId: string;
  touchedAtMs: number;
  leadId: string;
  seatId: string;
}

/** The later of two; events come in any order and more than once. */
export const laterTouch = (known: ListTouch | undefined, news: ListTouch): ListTouch =>
  known !== undefined && known.touchedAtMs >= news.touchedAtMs ? known : news;

/** The latest touch of each customer and strategy that is news. */
export function newTouches(known: ReadonlyMap<string, ListTouch>, news: readonly ListTouch[]): ListTouch[] {
  const latest = new Map<string, ListTouch>();
  for (const each of news) {
    const key = touchKey(each);
    const before = latest.get(key) ?? known.get(key);
    if (laterTouch(before, each) === each) latest.set(key, each);
  }
  return [...latest.values()];
}

export const touchKey = ({ strategyId, customerId }: Pick<ListTouch, 'strategyId' | 'customerId'>): string =>
  `${strategyId}|${customerId}`;
