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
}

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
