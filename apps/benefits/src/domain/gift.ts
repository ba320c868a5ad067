import { createHmac, timingSafeEqual } from 'node:crypto';
import { notFound, refused } from '@tidegate/errors';
import { moveInstance, requireNotExpired, type Instance } from './instance';
import { account, balanced, credit, debit, type LedgerTransaction } from './ledger';

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

/** The secret in a gift link, derived so that it is stored nowhere. */
export const giftToken = (giftId: string, key: Buffer): string =>
  createHmac('sha256', key).update(`gift|${giftId}`).digest('base64url').slice(0, 32);

/**
 * Puts an instance on its way for a day, or until it expires.
 * @throws INSTANCE_NOT_AVAILABLE, INSTANCE_EXPIRED, NOT_TRANSFERABLE
 */
export function offerGift(instance: Instance, giftId: string, now: Date): { instance: Instance; gift: Gift } {
  if (!instance.isTransferable) throw refused('NOT_TRANSFERABLE', 'This benefit cannot be given away.');
  const moved = moveInstance(instance, 'offer_gift');
  requireNotExpired(instance, now);
  return {
    instance: moved,
    gift: {
      giftId,
      instanceId: instance.instanceId,
      stockId: instance.stockId,
      fromCustomerId: instance.customerId,
      toCustomerId: '',
      state: 'open',
      offeredAt: now,
      expiresAt: new Date(Math.min(now.getTime() + GIFT_MS, instance.expiresAt.getTime())),
    },
  };
}

/**
 * Gives the instance to whoever holds the link, once.
 * @throws GIFT_NOT_FOUND (wrong token), GIFT_TAKEN, GIFT_CANCELLED, GIFT_EXPIRED, GIFT_TO_SELF
 */
export function acceptGift(
  { gift, instance }: { gift: Gift; instance: Instance },
  { customerId, token, key, now }: { customerId: string; token: string; key: Buffer; now: Date },
): { instance: Instance; gift: Gift; ledgerTransaction: LedgerTransaction } {
  const expected = Buffer.from(giftToken(gift.giftId, key));
  const given = Buffer.from(token);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw giftNotFound();
  requireOpenGift(gift, now);
  if (customerId === gift.fromCustomerId) throw refused('GIFT_TO_SELF', 'A gift goes to somebody else.');
  const { faceValueMinor, currency } = instance;
  return {
    instance: { ...moveInstance(instance, 'accept_gift'), customerId },
    gift: { ...gift, state: 'taken', toCustomerId: customerId },
    ledgerTransaction: balanced({
      transactionId: `gift-${gift.giftId}`,
      kind: 'gift',
      reference: instance.instanceId,
      postings: [
        debit(account.customer(gift.fromCustomerId), faceValueMinor, currency),
        credit(account.customer(customerId), faceValueMinor, currency),
      ],
      postedAt: now,
    }),
  };
}

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
