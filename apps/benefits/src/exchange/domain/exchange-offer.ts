import type { Defined } from '../../definitions/domain/definition';

/** One side of a rate. */
export interface ExchangeSide {
  kind: string;
  /** For points. */
  points: number;
  /** For a benefit. */
  stockId: string;
  /** For points that are got. */
  pointsValidMonths: number;
  /** For a benefit: how many of it. */
  count: number;
}

/** So many of a benefit are on one side at most: all of them move in one commit. */
export const SIDE_COUNT_MAX = 20;

/** How many benefits are on a side; 0 is one, and so is what offers of earlier versions do not say. */
export const unitsOf = ({ kind, count }: ExchangeSide): number => (kind === 'benefit' ? count || 1 : 0);

/** A side as others see it. */
export const shownSide = (side: ExchangeSide): ExchangeSide => ({ ...side, count: unitsOf(side) });

/** The rate of an offer and how often it may be used; see exchange.proto. */
export interface ExchangeTerms {
  give: ExchangeSide;
  get: ExchangeSide;
  /** 0 for none. */
  dailyLimit: number;
  dailyLimitPerCustomer: number;
  timeZone: string;
}

export type ExchangeOffer = Defined<ExchangeTerms>;

/** An offer as others see it. */
export const shownOffer = ({ definition, terms }: ExchangeOffer) => ({
  definition,
  terms: { ...terms, give: shownSide(terms.give), get: shownSide(terms.get) },
});
