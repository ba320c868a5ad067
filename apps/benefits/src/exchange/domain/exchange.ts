import { createHash } from 'node:crypto';
import { DomainError, notFound, refused } from '@tidegate/errors';
import type { Persons } from '../../domain/person';
import { localDay } from '../../domain/stock';
import type { ExchangeOffer, ExchangeSide } from './exchange-offer';

export type ExchangeState = 'open' | 'done' | 'refused';

const RETRY_MS_MAX = 5 * 60 * 1000;
const FIRST_RETRY_MS = 1_000;

/** One exchange 兑换: the given side is taken when it opens; it ends with the other side granted, or the given side back. */
export interface Exchange {
  /** Derived from customer and request id: a repeat finds it. */
  exchangeId: string;
  offerId: string;
  customerId: string;
  orgPath: string;
  timeZone: string;
  give: ExchangeSide;
  get: ExchangeSide;
  /** The local day whose limits it counts in. */
  day: string;
  state: ExchangeState;
  reason: string;
  /** The benefits that are given and got, as many as their side counts; none for points. */
  givenInstanceIds: readonly string[];
  gotInstanceIds: readonly string[];
  attemptCount: number;
  nextAttemptAt: Date;
  createdAt: Date;
  settledAt: Date | null;
}

export interface ExchangeCommand {
  exchangeId: string;
  offer: ExchangeOffer;
  customerId: string;
  /** None when points are given. */
  instanceIds: readonly string[];
}

/** The same customer and request id always make the same exchange. */
export const exchangeIdOf = (customerId: string, requestId: string): string =>
  createHash('sha256').update(`exchange|${customerId}|${requestId}`).digest('base64url').slice(0, 32);

/** What an exchange counts in: its offer, on its local day. */
export type ExchangePlace = Pick<Exchange, 'offerId' | 'day' | 'customerId'>;

export const placeOf = ({ offer, customerId }: ExchangeCommand, now: Date): ExchangePlace => ({
  offerId: offer.definition.definitionId,
  day: localDay(now, offer.terms.timeZone),
  customerId,
});

/** Keys of the counts an exchange is in. */
export const countKeysOf = ({ offerId, day, customerId }: ExchangePlace) => ({
  all: `${offerId}|${day}`,
  customer: `${offerId}|${day}|${customerId}`,
});

/** Keys of the counts that the limit per customer adds up: those of all profiles of the person, his own first. */
export const personCountKeysOf = (place: ExchangePlace, persons: Persons): string[] =>
  [place.customerId, ...persons.othersOf(place.customerId)].map(
    (customerId) => countKeysOf({ ...place, customerId }).customer,
  );

/** How often an offer was used on a day, over all and by the person, under all his profiles. */
export interface UsedToday {
  byAll: number;
  byPerson: number;
}

/**
 * Opens an exchange: its limits are counted and the given side is to be taken with it.
 * @throws DAILY_LIMIT_REACHED, CUSTOMER_DAILY_LIMIT_REACHED
 */
export function openExchange(command: ExchangeCommand, used: UsedToday, now: Date): Exchange {
  const { exchangeId, offer, instanceIds } = command;
  const { definition, terms } = offer;
  if (terms.dailyLimitPerCustomer > 0 && used.byPerson >= terms.dailyLimitPerCustomer) {
    throw refused('CUSTOMER_DAILY_LIMIT_REACHED', 'This offer cannot be used more often today.');
  }
  if (terms.dailyLimit > 0 && used.byAll >= terms.dailyLimit) {
    throw refused('DAILY_LIMIT_REACHED', 'All of today’s has been exchanged.');
  }
  return {
    exchangeId,
    ...placeOf(command, now),
    orgPath: definition.orgPath,
    timeZone: terms.timeZone,
    give: terms.give,
    get: terms.get,
    state: 'open',
    reason: '',
    givenInstanceIds: instanceIds,
    gotInstanceIds: [],
    attemptCount: 0,
    nextAttemptAt: new Date(now.getTime() + FIRST_RETRY_MS),
    createdAt: now,
    settledAt: null,
  };
}

/** How granting the other side ended. */
export type GrantOutcome =
  { outcome: 'granted'; instanceIds: readonly string[] } | { outcome: 'refused' | 'failed'; reason: string };

/** The exchange after an attempt to grant its other side; what may pass is tried again for as long as it takes. */
export function settleExchange(exchange: Exchange, attempt: GrantOutcome, now: Date): Exchange {
  const attemptCount = exchange.attemptCount + 1;
  if (attempt.outcome === 'granted') {
    const gotInstanceIds = attempt.instanceIds;
    return { ...exchange, state: 'done', gotInstanceIds, reason: '', attemptCount, settledAt: now };
  }
  const { reason } = attempt;
  if (attempt.outcome === 'refused') return { ...exchange, state: 'refused', reason, attemptCount, settledAt: now };
  const pauseMs = Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** Math.min(attemptCount, 20));
  return { ...exchange, reason, attemptCount, nextAttemptAt: new Date(now.getTime() + pauseMs) };
}

/**
 * What the caller is told of an exchange.
 * @throws the reason it was refused for; REQUEST_ID_REUSED when the id was used for another offer or other benefits
 */
export function answerOf(exchange: Exchange, asked: { offerId: string; instanceIds: readonly string[] }): Exchange {
  const given = new Set(exchange.givenInstanceIds);
  const isGiven = asked.instanceIds.length === given.size && asked.instanceIds.every((id) => given.has(id));
  const isSame = exchange.offerId === asked.offerId && isGiven;
  if (!isSame) {
    throw new DomainError({
      code: 'ALREADY_EXISTS',
      reason: 'REQUEST_ID_REUSED',
      message: 'This request id was used with other content.',
    });
  }
  if (exchange.state === 'refused') {
    throw refused(exchange.reason, 'The exchange was refused; what was given is back.', {
      exchangeId: exchange.exchangeId,
    });
  }
  return exchange;
}

export const offerNotOpen = () => notFound('OFFER_NOT_OPEN', 'There is no such offer now.');
