import { isRetryable } from '@tidegate/errors';
import { createClient, type Client, type GrpcService } from '@tidegate/grpc';
import { eventually } from './eventually';
import { startLossyProxy, type LossyProxy } from './lossy-proxy';
import { asActor, headOffice } from './test-service';

/** Of each round, those that are asked once more past the proxy. */
const ASKED_AGAIN = 50;
const TRIES_MAX = 20;
const WAIT = { timeoutMs: 120_000, everyMs: 50 };

/** What calls leave behind, by name; nothing may be left out. */
export type Books = Record<string, number>;

/** Whose answers are lost, and how to tell that nothing happened twice. */
export interface LostRepliesOptions {
  /** Of the service that answers. */
  url: string;
  /** Lost answers of every rpc. */
  count: number;
  /** In flight at once: the answers of one connection that is cut. */
  atOnce: number;
  /** Everything that a second effect of a call would change. */
  books(): Promise<Books>;
  /** Resolves when nothing is left to be done of the calls that were answered. */
  settle(): Promise<void>;
}

/** Calls of one gRPC service whose answers are lost. */
export interface Loser<S extends GrpcService> {
  /**
   * Sends a request for everybody through a proxy that loses every answer; each is repeated on a new connection, and some
   * once more. One more caller, whose answer is not lost, shows what a call does to the books: everybody does that once.
   * Returns what each was told, and the last what that caller was.
   */
  lose<T>(rpc: keyof S & string, send: (client: Client<S>, index: number) => Promise<T>): Promise<T[]>;
}

/** A crowd of callers of a service who never get a first answer. */
export class LostReplies {
  readonly played = new Set<string>();
  private readonly closers: (() => void)[] = [];

  private constructor(
    private readonly options: LostRepliesOptions,
    private readonly proxy: LossyProxy,
  ) {}

  static async start(options: LostRepliesOptions): Promise<LostReplies> {
    return new LostReplies(options, await startLossyProxy(options.url));
  }

  of<S extends GrpcService>(service: S, actor = headOffice): Loser<S> {
    const open = (url: string): Client<S> => {
      const channel = createClient(service, url, { deadlineMs: 120_000 });
      this.closers.push(() => channel.close());
      return asActor<S>(channel, actor);
    };
    const { url, count } = this.options;
    const [lossy, direct] = [open(this.proxy.url), open(url)];
    return {
      lose: async (rpc, send) => {
        this.played.add(rpc);
        const before = await this.options.books();
        const shown = await send(direct, count);
        await this.options.settle();
        const effect = difference(await this.options.books(), before);
        const told = await this.loseAll(
          (index) => insist(() => send(lossy, index)),
          (index) => insist(() => send(direct, index)),
        );
        const expected = withoutNothing(sum(before, effect, count + 1));
        await eventually(async () => {
          expect([rpc, withoutNothing(await this.options.books())]).toEqual([rpc, expected]);
        }, WAIT);
        return [...told, shown];
      },
    };
  }

  async stop(): Promise<void> {
    for (const close of this.closers) close();
    await this.proxy.stop();
  }

  private async loseAll<T>(ask: (index: number) => Promise<T>, askAgain: (index: number) => Promise<T>): Promise<T[]> {
    const { count, atOnce } = this.options;
    const answers: T[] = [];
    for (let from = 0; from < count; from += atOnce) {
      const round = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) => from + index);
      const lostBefore = this.proxy.lostCount();
      this.proxy.loseNext(round.length);
      const told = await Promise.all(round.map(ask));
      expect(this.proxy.lostCount() - lostBefore).toBe(round.length);
      expect(await Promise.all(round.slice(0, ASKED_AGAIN).map(askAgain))).toEqual(told.slice(0, ASKED_AGAIN));
      answers.push(...told);
    }
    return answers;
  }
}

/** Every rpc of the services that writes, by name: its request carries a request id. */
export const writeRpcsOf = (services: readonly GrpcService[]): string[] =>
  services.flatMap((service) =>
    Object.entries(service)
      .filter(([, { requestDeserialize }]) => 'requestId' in (requestDeserialize(Buffer.alloc(0)) as object))
      .map(([name]) => name),
  );

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
const withoutNothing = (books: Books): Books =>
  Object.fromEntries(Object.entries(books).filter(([, amount]) => amount !== 0));
