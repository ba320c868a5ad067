import { isRetryable } from '@tidegate/errors';
import { createClient, type Client, type GrpcService } from '@tidegate/grpc';
import { asActor, eventually, headOffice, startLossyProxy, type LossyProxy } from '@tidegate/testing';
import { OwedRewardWorker } from '../../granting/owed-reward.worker';
import type { WalletFixture } from '../wallet.fixture';

/** In flight at once: the answers of one connection that is cut. */
const ROUND = 250;
/** Of each round, those that are asked once more past the proxy. */
const ASKED_AGAIN = 50;
const TRIES_MAX = 20;
const WAIT = { timeoutMs: 120_000, everyMs: 50 };

type Books = Record<string, number>;

/** Calls of one gRPC service whose answers are lost. */
export interface Loser<S extends GrpcService> {
  /**
   * Sends a request for everybody through a proxy that loses every answer; each is repeated on a new connection, and some
   * once more. One more customer, whose answer is not lost, shows what a call does to the books: everybody does that once.
   * Returns what each was told, and the last what that customer was.
   */
  lose<T>(rpc: keyof S & string, send: (client: Client<S>, index: number) => Promise<T>): Promise<T[]>;
}

/** A crowd of callers of the wallet who never get a first answer. */
export class LostReplies {
  readonly played = new Set<string>();
  private readonly closers: (() => void)[] = [];

  private constructor(
    private readonly wallet: WalletFixture,
    private readonly count: number,
    private readonly proxy: LossyProxy,
  ) {}

  static async start(wallet: WalletFixture, count: number): Promise<LostReplies> {
    return new LostReplies(wallet, count, await startLossyProxy(wallet.service.url));
  }

  of<S extends GrpcService>(service: S, actor = headOffice): Loser<S> {
    const open = (url: string): Client<S> => {
      const channel = createClient(service, url, { deadlineMs: 120_000 });
      this.closers.push(() => channel.close());
      return asActor<S>(channel, actor);
    };
    const [lossy, direct] = [open(this.proxy.url), open(this.wallet.service.url)];
    return {
      lose: async (rpc, send) => {
        this.played.add(rpc);
        const before = await this.books();
        const shown = await send(direct, this.count);
        const effect = difference(await this.settledBooks(), before);
        const told = await this.loseAll(
          (index) => insist(() => send(lossy, index)),
          (index) => insist(() => send(direct, index)),
        );
        const expected = sum(before, effect, this.count + 1);
        await eventually(async () => expect([rpc, await this.books()]).toEqual([rpc, expected]), WAIT);
        return [...told, shown];
      },
    };
  }

  async stop(): Promise<void> {
    for (const close of this.closers) close();
    await this.proxy.stop();
  }

  private async loseAll<T>(ask: (index: number) => Promise<T>, askAgain: (index: number) => Promise<T>): Promise<T[]> {
    const answers: T[] = [];
    for (let from = 0; from < this.count; from += ROUND) {
      const round = Array.from({ length: Math.min(ROUND, this.count - from) }, (_, index) => from + index);
      const lostBefore = this.proxy.lostCount();
      this.proxy.loseNext(round.length);
      const told = await Promise.all(round.map(ask));
      expect(this.proxy.lostCount() - lostBefore).toBe(round.length);
      expect(await Promise.all(round.slice(0, ASKED_AGAIN).map(askAgain))).toEqual(told.slice(0, ASKED_AGAIN));
      answers.push(...told);
    }
    return answers;
  }

  /** The books when what is owed has been granted. */
  private async settledBooks(): Promise<Books> {
    while ((await this.wallet.service.app.get(OwedRewardWorker).runOnce()) > 0);
    return this.books();
  }

  /** What every class of accounts holds, debits less credits. */
  private async books(): Promise<Books> {
    const { accounts, trialBalanceMinor } = await this.wallet.benefits.getTrialBalance({ at: undefined });
    expect(trialBalanceMinor).toBe(0);
    return Object.fromEntries(
      accounts.map(({ account, currency, debitMinor, creditMinor }) => [
        `${account} ${currency}`,
        debitMinor - creditMinor,
      ]),
    );
  }
}

/** Repeats what was crowded out: with so many at once, those that write the same thing may be. */
async function insist<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!isRetryable(error) || attempt >= TRIES_MAX) throw error;
    }
  }
}

const combine = (a: Books, b: Books, by: (a: number, b: number) => number): Books =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => [name, by(a[name] ?? 0, b[name] ?? 0)]),
  );
const difference = (after: Books, before: Books): Books => combine(after, before, (a, b) => a - b);
const sum = (before: Books, effect: Books, times: number): Books => combine(before, effect, (a, b) => a + times * b);
