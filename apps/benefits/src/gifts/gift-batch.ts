import { notFound } from '@tidegate/errors';
import {
  acceptGift,
  giftNotFound,
  offerGift,
  requireOpenGift,
  returnGift,
  type Gift,
  type GiftMove,
} from '../domain/gift';
import type { Instance } from '../domain/instance';
import type { ChangeCause } from '../domain/state-changed';
import type { Stock } from '../domain/stock';
import type { TakerBook } from '../granting/taker-book';
import type { GiftAnswer, GiftCommand } from './gift-command';

/** What one command changed; `received` is the taker's new instance. */
export interface GiftChange extends GiftMove {
  before: Instance;
  cause: ChangeCause;
  received?: Instance;
}

/** When, and the key that gift links are made with. */
export interface GiftMoment {
  now: Date;
  key: Buffer;
}

type Only<D extends GiftCommand['do']> = Extract<GiftCommand, { do: D }>;

/** What the commands of one group commit read, and how they change it so far. */
export class GiftBatch {
  readonly changes: GiftChange[] = [];

  constructor(
    private readonly loaded: {
      instances: Map<string, Instance>;
      gifts: Map<string, Gift>;
      stocks: ReadonlyMap<string, Stock>;
    },
    readonly takers: TakerBook,
    private readonly moment: GiftMoment,
  ) {}

  /** @throws as the rules of each; of a refused command nothing stays */
  decide(command: GiftCommand): GiftAnswer {
    switch (command.do) {
      case 'offer':
        return this.offer(command);
      case 'accept':
        return this.accept(command);
      case 'cancel':
        return this.cancel(command);
      case 'expire':
        return this.expire(command);
    }
  }

  /** Every changed instance in its last state. */
  instancesToSave(): Instance[] {
    const ids = new Set(this.changes.map(({ instance }) => instance.instanceId));
    return [...ids].map((instanceId) => this.loaded.instances.get(instanceId)!);
  }

  private offer({ giftId, instanceId, customerId }: Only<'offer'>): GiftAnswer {
    const before = this.loaded.instances.get(instanceId);
    if (before?.customerId !== customerId) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
    return this.apply({ before, cause: 'gift_offered', ...offerGift(before, giftId, this.moment.now) });
  }

  private accept({ giftId, token, customerId }: Only<'accept'>): GiftAnswer {
    const found = this.find(giftId);
    const accepted = acceptGift(found, { customerId, token, ...this.moment });
    this.takers.take(this.loaded.stocks.get(found.gift.stockId)!, customerId);
    const { gift } = this.apply({ before: found.instance, cause: 'transferred', ...accepted });
    return { gift, instance: accepted.received };
  }

  private cancel({ giftId, customerId }: Only<'cancel'>): GiftAnswer {
    const found = this.find(giftId);
    if (found.gift.fromCustomerId !== customerId) throw giftNotFound();
    requireOpenGift(found.gift, this.moment.now);
    return this.giveBack(found, 'cancelled');
  }

  /** Leaves a gift alone that another replica was quicker with. */
  private expire({ giftId }: Only<'expire'>): GiftAnswer {
    const found = this.find(giftId);
    const isDue = found.gift.state === 'open' && found.gift.expiresAt <= this.moment.now;
    return isDue ? this.giveBack(found, 'expired') : found;
  }

  private giveBack(found: GiftAnswer, state: 'cancelled' | 'expired'): GiftAnswer {
    const returned = returnGift(found, { state, now: this.moment.now });
    return this.apply({ before: found.instance, cause: 'gift_returned', ...returned });
  }

  private find(giftId: string): GiftAnswer {
    const gift = this.loaded.gifts.get(giftId);
    const instance = gift && this.loaded.instances.get(gift.instanceId);
    if (!gift || !instance) throw giftNotFound();
    return { gift, instance };
  }

  private apply(change: GiftChange): GiftAnswer {
    this.changes.push(change);
    const { gift, instance } = change;
    this.loaded.gifts.set(gift.giftId, gift);
    this.loaded.instances.set(instance.instanceId, instance);
    return { gift, instance };
  }
}
