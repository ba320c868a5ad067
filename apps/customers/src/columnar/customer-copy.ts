import { join } from 'node:path';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { logger } from '@tidegate/observability';
import { PeriodicTasks, ServiceEnv } from '@tidegate/service';
import { CustomersConfig } from '../customers.config';
import { FeedRepository } from '../repositories/feed.repository';
import type { ColumnarStore } from './columnar-store';
import { CopyBuilder } from './copy-builder';
import { CopyFollower } from './copy-follower';

/** Changes of this process are taken in soon, so that the next question waits for little. */
const FOLLOW_DELAY_MS = 300;
/** Changes of other replicas, when nobody asks. */
const FOLLOW_EVERY_MS = 5_000;

const log = logger('columnar');

/**
 * This process's columnar copy of customers and facts, for questions about the whole base. It is opened when the first one
 * comes, built from the database when it is missing or too old, and follows the feed from then on.
 */
@Injectable()
export class CustomerCopy implements OnModuleInit, OnModuleDestroy {
  private follower: Promise<CopyFollower> | undefined;
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly env: ServiceEnv,
    private readonly config: CustomersConfig,
    private readonly builder: CopyBuilder,
    private readonly feed: FeedRepository,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.feed.onChange(() => this.followSoon());
    this.tasks.every(FOLLOW_EVERY_MS, 'columnar copy', async () => {
      if (this.follower !== undefined) await this.follow();
    });
  }

  /**
   * The copy with every change that was committed before this call.
   * @throws COPY_BEHIND when it cannot catch up in time, e.g. while it is being built
   */
  async fresh(): Promise<ColumnarStore> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(copyBehind()), this.config.freshWithinMs);
    });
    try {
      await Promise.race([this.follow(), late]);
    } finally {
      clearTimeout(timer);
    }
    return (await this.opened()).store;
  }

  async onModuleDestroy(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await this.running?.catch(() => undefined);
    const follower = await this.follower?.catch(() => undefined);
    await follower?.store.close();
  }

  /** A step that begins after this call; callers that come while one is running share the one after it. */
  private follow(): Promise<void> {
    this.next ??= (this.running ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.running = this.next;
        this.next = undefined;
        return this.step();
      });
    return this.next;
  }

  private async step(): Promise<void> {
    if (this.isClosed) return;
    await (await this.opened()).follow();
  }

  private opened(): Promise<CopyFollower> {
    const opening = (this.follower ??= this.open());
    opening.catch(() => {
      // The next question tries again.
      if (this.follower === opening) this.follower = undefined;
    });
    return opening;
  }

  private async open(): Promise<CopyFollower> {
    const path = this.env.dataDir === undefined ? undefined : join(this.env.dataDir, 'customers.duckdb');
    return this.builder.open(path, () => this.isClosed);
  }

  private followSoon(): void {
    if (this.follower === undefined || this.timer !== undefined || this.isClosed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.follow().catch((err: unknown) => log.warn({ err }, 'the columnar copy could not follow; it will try again'));
    }, FOLLOW_DELAY_MS);
    this.timer.unref();
  }
}

const copyBehind = (): DomainError =>
  new DomainError({
    code: 'UNAVAILABLE',
    reason: 'COPY_BEHIND',
    message: 'The columnar copy is still catching up. Try again shortly.',
    retryAfterMs: 2_000,
  });
