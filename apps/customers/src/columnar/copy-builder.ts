import { Injectable } from '@nestjs/common';
import { logger } from '@tidegate/observability';
import { ruleCustomer } from '../domain/rule-facts';
import { CustomerRepository } from '../repositories/customer.repository';
import { FactRepository } from '../repositories/fact.repository';
import { FeedRepository } from '../repositories/feed.repository';
import { FEED_RETENTION_SECONDS } from '../repositories/feed.schema';
import { IntakeLogRepository } from '../repositories/intake-log.repository';
import { ColumnarStore } from './columnar-store';
import { columnarEvent, CopyFollower, OVERLAP_MS } from './copy-follower';
import { openDuckDb } from './duckdb';

const ROWS_PER_STEP = 5_000;
/** A day before the feed forgets. */
const AGE_MAX_MS = (FEED_RETENTION_SECONDS - 24 * 3600) * 1000;

const log = logger('columnar');

/** Opens the columnar copy, and builds it from the database when it is missing or too far behind. */
@Injectable()
export class CopyBuilder {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly facts: FactRepository,
    private readonly intakeLog: IntakeLogRepository,
    private readonly feed: FeedRepository,
  ) {}

  /** @param isClosed ends a long build when the service stops */
  async open(path: string | undefined, isClosed: () => boolean): Promise<CopyFollower> {
    const store = await ColumnarStore.open(await openDuckDb(path), await this.feed.identity());
    try {
      if (store.watermark && Date.now() - store.watermark.getTime() < AGE_MAX_MS) {
        return new CopyFollower(store, this.feed, this.customers, this.intakeLog, store.watermark);
      }
      await this.build(store, isClosed);
      const mayRepeatUntil = new Date(Date.now() + OVERLAP_MS);
      return new CopyFollower(store, this.feed, this.customers, this.intakeLog, mayRepeatUntil);
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  private async build(store: ColumnarStore, isClosed: () => boolean): Promise<void> {
    const startedAt = new Date();
    let rows = 0;
    await store.reset();
    for await (const customers of this.customers.all(ROWS_PER_STEP)) {
      if (isClosed()) throw new Error('the service stops');
      await store.apply({ customers: customers.map(ruleCustomer), events: [], mayRepeat: false });
      rows += customers.length;
    }
    for await (const facts of this.facts.all(ROWS_PER_STEP)) {
      if (isClosed()) throw new Error('the service stops');
      await store.apply({ customers: [], events: facts.map(columnarEvent), mayRepeat: false });
      rows += facts.length;
    }
    await store.apply({ customers: [], events: [], mayRepeat: false, watermark: startedAt });
    log.info({ rows, tookMs: Date.now() - startedAt.getTime() }, 'the columnar copy was built');
  }
}
