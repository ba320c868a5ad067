import { createHmac, timingSafeEqual } from 'node:crypto';
import { notFound, refused } from '@tidegate/errors';
import { moveInstance, passedOn, requireNotExpired, withoutValue, type Instance } from './instance';
import { account, moveValue, type LedgerTransaction } from './ledger';

const GIFT_MS = 24 * 3600 * 1000;

export type GiftState = 'open' | 'taken' | 'cancelled' | 'expired';

/** A benefit on its way to somebody else 转送. */
export interface Gift {
  giftId: string;
  instanceId: string;
  stockId: string;
  fromCustomerId: string;
  toCustomerId: string;
  state: GiftState;
  offeredAt: Date;
  expiresAt: Date;
}

/** A gift and its instance after a move, and what the ledger says of it. */
export interface GiftMove {
  instance: Instance;
  gift: Gift;
  ledgerTransaction: LedgerTransaction;
}

/** The secret in a gift link, derived so that it is stored nowhere. */
export const giftToken = (giftId: string, key: Buffer): string =>
  createHmac('sha256', key).update(`gift|${giftId}`).digest('base64url').slice(0, 32);

/**
 * Puts an instance on its way for a day, or until it expires.
 * @throws INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, NOT_TRANSFERABLE
 */
export function offerGift(instance: Instance, giftId: string, now: Date): GiftMove {
  requireTransferable(instance);
  const moved = moveInstance(instance, 'offer_gift');
  requireNotExpired(instance, now);
  const { instanceId, stockId, customerId, remainingMinor, currency } = instance;
  return {
    instance: moved,
    gift: {
      giftId,
      instanceId,
      stockId,
      fromCustomerId: customerId,
      toCustomerId: '',
      state: 'open',
      offeredAt: now,
      expiresAt: new Date(Math.min(now.getTime() + GIFT_MS, instance.expiresAt.getTime())),
    },
    ledgerTransaction: moveValue(
      { transactionId: `gift-offer-${giftId}`, kind: 'gift', reference: instanceId, postedAt: now },
      { from: account.customer(customerId), to: account.onWay(customerId), amountMinor: remainingMinor, currency },
    ),
  };
}

/** Brings a gift that nobody took back into the wallet. */
export function returnGift(
  { gift, instance }: { gift: Gift; instance: Instance },
  { state, now }: { state: 'cancelled' | 'expired'; now: Date },
): GiftMove {
  const { instanceId, customerId, remainingMinor, currency } = instance;
  return {
    instance: moveInstance(instance, 'return_gift'),
    gift: { ...gift, state },
    ledgerTransaction: moveValue(
      { transactionId: `gift-return-${gift.giftId}`, kind: 'gift', reference: instanceId, postedAt: now },
      { from: account.onWay(customerId), to: account.customer(customerId), amountMinor: remainingMinor, currency },
    ),
  };
}

/**
 * Gives the benefit to whoever holds the link, once.
 * @throws GIFT_NOT_FOUND (wrong token), GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED, GIFT_TO_SELF
 */
export function acceptGift(
  { gift, instance }: { gift: Gift; instance: Instance },
  { customerId, token, key, now }: { customerId: string; token: string; key: Buffer; now: Date },
): GiftMove & { received: Instance } {
  const expected = Buffer.from(giftToken(gift.giftId, key));
  const given = Buffer.from(token);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw giftNotFound();
  requireOpenGift(gift, now);
  if (customerId === gift.fromCustomerId) throw giftToSelf();
  const { remainingMinor, currency } = instance;
  const instanceId = `gift-${gift.giftId}`;
  return {
    instance: withoutValue(moveInstance(instance, 'accept_gift')),
    received: passedOn(instance, { instanceId, customerId, requestId: gift.giftId, now }),
    gift: { ...gift, state: 'taken', toCustomerId: customerId },
    ledgerTransaction: moveValue(
      { transactionId: `gift-${gift.giftId}`, kind: 'gift', reference: instance.instanceId, postedAt: now },
      {
        from: account.onWay(gift.fromCustomerId),
        to: account.customer(customerId),
        amountMinor: remainingMinor,
        currency,
      },
    ),
  };
}

/**
 * Passes a benefit straight on to another customer 直接转送.
 * @throws INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, NOT_TRANSFERABLE, GIFT_TO_SELF
 */
export function transfer(
  instance: Instance,
  { transferId, toCustomerId, now }: { transferId: string; toCustomerId: string; now: Date },
): { instance: Instance; received: Instance; ledgerTransaction: LedgerTransaction } {
  requireTransferable(instance);
  if (toCustomerId === instance.customerId) throw giftToSelf();
  const given = moveInstance(instance, 'transfer');
  requireNotExpired(instance, now);
  const { remainingMinor, currency } = instance;
  const instanceId = `transfer-${transferId}`;
  return {
    instance: withoutValue(given),
    received: passedOn(instance, { instanceId, customerId: toCustomerId, requestId: transferId, now }),
    ledgerTransaction: moveValue(
      { transactionId: instanceId, kind: 'transfer', reference: instance.instanceId, postedAt: now },
      {
        from: account.customer(instance.customerId),
        to: account.customer(toCustomerId),
        amountMinor: remainingMinor,
        currency,
      },
    ),
  };
}

function requireTransferable(instance: Instance): void {
  if (!instance.isTransferable) throw refused('NOT_TRANSFERABLE', 'This benefit cannot be given away.');
}

const giftToSelf = () => refused('GIFT_TO_SELF', 'A gift goes to somebody else.');

/**
 * What an open gift still may become.
 * @throws GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED
 */
export function requireOpenGift(gift: Gift, now: Date): void {
  if (gift.state === 'taken') throw refused('GIFT_TAKEN', 'This gift was taken.');
  if (gift.state === 'cancelled') throw refused('GIFT_CANCELLED', 'This gift was taken back.');
  if (gift.state === 'expired' || now >= gift.expiresAt) throw refused('GIFT_EXPIRED', 'This gift has expired.');
}

export const giftNotFound = () => notFound('GIFT_NOT_FOUND', 'There is no such gift.');
