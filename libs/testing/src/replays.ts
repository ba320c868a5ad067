import { setTimeout as delay } from 'node:timers/promises';
import { Subscriptions } from '@tidegate/messaging';
import type { EventType } from '@tidegate/mongo';
import { endStateOf, type EndState, type LeftOut } from './end-state';
import { eventually } from './eventually';
import type { TestService } from './test-service';

/** Disorders tried of each story; REPLAY_SHUFFLES=20 for the long run. */
const SHUFFLES = Number(process.env['REPLAY_SHUFFLES'] ?? 2);
/** Told at once; then the consumers may take them up, so that disorder is not only within one transaction. */
const WAVE = 6;
const WAVE_POLLS_MAX = 10;
const POLL_MS = 50;
/** What a service does of its own accord, such as granting what it owes, has begun by then. */
const REST_MS = 2_000;
/** What comes before what it needs comes again after a pause. */
const PATIENCE = { timeoutMs: 90_000, everyMs: POLL_MS };

/** One event as its publisher tells it. */
export interface ToldEvent {
  type: EventType<unknown>;
  data: unknown;
}

export const told = <T>(type: EventType<T>, data: T): ToldEvent => ({ type: type as EventType<unknown>, data });

/** A service in a namespace of its own, with all that stands before the first event. */
export interface ReplayedService {
  service: TestService;
  /** What happens then, in order; each event is a message of its own. */
  events: ToldEvent[];
  /** What its consumers have done at other services, if they do that. */
  elsewhere?: () => Record<string, string[]>;
  stop(): Promise<void>;
}

export interface ReplayOptions {
  /** Durable consumer → collections in which the events must leave something. */
  leaves: Record<string, string[]>;
  /** Collection → fields that are by their nature another in another order; a comment says why. */
  unlike?: Record<string, string[]>;
  /** Collections that say how work was parted, not what came of it. */
  ignored?: string[];
}

/**
 * Declares the tests that the consumers of a service end in the state that the events in order lead to, also when they get
 * each of them twice and out of order. A consumer or an event type of it that has no part in the story fails them too.
 */
export function endsTheSameHoweverTold(
  start: () => Promise<ReplayedService>,
  { leaves, unlike = {}, ignored = [] }: ReplayOptions,
): void {
  const within = async <T>(use: (run: Run) => Promise<T>): Promise<T> => {
    const replayed = await start();
    try {
      return await use(new Run(replayed, { unlike, ignored }));
    } finally {
      await replayed.stop();
    }
  };
  let expected: EndState | undefined;

  it('tells a story that every consumer has its part in', () =>
    within(async (run) => {
      const types = run.messages.map(({ type }) => type.$type);
      expect(run.inlets.filter(({ type }) => !types.includes(type))).toEqual([]);
      expect(Object.keys(leaves).sort()).toEqual([...new Set(run.inlets.map(({ consumer }) => consumer))].sort());
      const before = await run.end();
      await run.tellInOrder();
      const end = await run.end(REST_MS);
      const untouched = Object.values(leaves)
        .flat()
        .filter((name) => JSON.stringify(end[name]) === JSON.stringify(before[name]));
      expect(untouched).toEqual([]);
      expected = end;
    }));

  it.each(Array.from({ length: SHUFFLES }, (_, index) => index + 1))(
    'ends the same twice and out of order (%i)',
    (seed) =>
      within(async (run) => {
        expect(expected).toBeDefined();
        await run.end();
        await run.tellTwice(seed);
        await eventually(async () => expect(await run.end()).toEqual(expected));
      }),
  );
}

/** One service that is told the story. */
class Run {
  readonly messages: (ToldEvent & { id: string })[];
  private readonly startedAt = new Date(Date.now() - 60_000);

  constructor(
    private readonly replayed: ReplayedService,
    private readonly left: LeftOut,
  ) {
    this.messages = replayed.events.map((one, index) => ({ ...one, id: `told-${index}` }));
  }

  get inlets(): { consumer: string; type: string }[] {
    return this.replayed.service.app.get(Subscriptions).list();
  }

  /** Each type of event when those before have had their effect. */
  async tellInOrder(): Promise<void> {
    for (const [index, message] of this.messages.entries()) {
      if (message.type !== this.messages[index - 1]?.type) await this.idle();
      await this.publish(message);
    }
  }

  async tellTwice(seed: number): Promise<void> {
    const list = shuffled([...this.messages, ...this.messages], seed);
    for (let from = 0; from < list.length; from += WAVE) {
      for (const message of list.slice(from, from + WAVE)) await this.publish(message);
      for (let polls = 0; polls < WAVE_POLLS_MAX && (await this.leftCount()) > 0; polls += 1) await delay(POLL_MS);
    }
  }

  /** Waits until every message has had its effect and what the service itself told as well. */
  async idle(): Promise<void> {
    await eventually(async () => expect(await this.leftCount()).toBe(0), PATIENCE);
  }

  /** The state in which it comes to rest and stays so long, with no message in the dead letters. */
  async end(restMs = 0): Promise<EndState> {
    const { service, elsewhere } = this.replayed;
    const { bus } = service;
    let [last, changedAtMs] = ['', 0];
    return eventually(async () => {
      await this.idle();
      const stored = await endStateOf(service.mongo, this.startedAt, this.left);
      const state = { ...stored, ...elsewhere?.() };
      const text = JSON.stringify(state);
      const isAtRest = text === last;
      if (!isAtRest) [last, changedAtMs] = [text, Date.now()];
      expect([isAtRest, Date.now() - changedAtMs >= restMs]).toEqual([true, true]);
      expect((await bus.manager.streams.info(bus.deadLetterStream)).state.messages).toBe(0);
      return state;
    }, PATIENCE);
  }

  private publish({ type, data, id }: ToldEvent & { id: string }): Promise<void> {
    return this.replayed.service.publish(type, id, [data], id);
  }

  private async leftCount(): Promise<number> {
    const { bus, mongo } = this.replayed.service;
    const unsent = await mongo.outbox.listPending(new Date(), 1);
    const consumers = await bus.manager.consumers.list(bus.eventStream).next();
    return consumers.reduce(
      (sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending,
      unsent.length,
    );
  }
}

/** The same shuffle for the same seed, so that a failure repeats. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
  const keyed = items.map((item) => ({ item, key: next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
