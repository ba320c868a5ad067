import { Mongo } from '@tidegate/mongo';
import type { TestPlatform } from '../testing/test-platform';

const LONG_AGO = new Date('2026-01-01T00:00:00Z');

/** Lets the time of a benefit, a hold, a gift, or a customer's points be over: no test waits for minutes, or for the end of a month. */
export class PassingTime {
  private constructor(private readonly mongo: Mongo) {}

  static async at(platform: TestPlatform): Promise<PassingTime> {
    const { mongodbUri } = await platform.endpoints();
    const mongo = await Mongo.connect(mongodbUri, 'tidegate_benefits');
    platform.onStop(() => mongo.close());
    return new PassingTime(mongo);
  }

  endHold(holdId: string): Promise<void> {
    return this.change('holds', holdId, { expiresAt: LONG_AGO });
  }

  endBenefit(instanceId: string): Promise<void> {
    return this.change('instances', instanceId, { expiresAt: LONG_AGO });
  }

  endGift(giftId: string): Promise<void> {
    return this.change('gifts', giftId, { expiresAt: LONG_AGO });
  }

  endPoints(customerId: string): Promise<void> {
    return this.change('points_accounts', customerId, { 'lots.$[].expiresAt': LONG_AGO, nextExpiryAt: LONG_AGO });
  }

  /** Makes a customer who reached a level a month ago, and whose new month begins now. */
  async beginMonth(customerId: string, { planId, level }: { planId: string; level: number }): Promise<void> {
    const last = new Date();
    last.setUTCDate(0);
    const month = last.toISOString().slice(0, 7);
    const account = {
      ...{ planId, customerId, level, highestLevel: level, graceEndsAt: null, counters: [] },
      ...{ months: { [month]: 100 }, benefitMonth: month, benefitLevels: [level], nextReviewAt: LONG_AGO },
    };
    const accounts = this.mongo.connection.collection('growth_accounts');
    await accounts.insertOne({ _id: `${planId}|${customerId}` as never, ...account });
  }

  private async change(collection: string, id: string, fields: Record<string, Date>): Promise<void> {
    const filter = { _id: id as never };
    const { matchedCount } = await this.mongo.connection.collection(collection).updateOne(filter, { $set: fields });
    if (matchedCount !== 1) throw new Error(`${collection} has no ${id}`);
  }
}
