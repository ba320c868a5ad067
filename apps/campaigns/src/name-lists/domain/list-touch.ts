/** What is known of one customer and strategy: when a person last had him in hand, or he last answered. */
export interface ListTouch {
  strategyId: string;
  customerId: string;
  touchedAtMs: number;
  /** Empty where no person was there. */
  leadId: string;
  seatId: string;
}

/** The later of two, of one moment the one that names a lead; events come in any order and more than once. */
export function laterTouch(known: ListTouch | undefined, news: ListTouch): ListTouch {
  if (known === undefined || known.touchedAtMs < news.touchedAtMs) return news;
  return known.touchedAtMs === news.touchedAtMs && known.leadId < news.leadId ? news : known;
}

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
