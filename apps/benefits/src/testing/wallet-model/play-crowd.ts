import { eventually, type TestService } from '@tidegate/testing';
import { GiftRepository } from '../../repositories/gift.repository';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockRepository } from '../../repositories/stock.repository';
import { SweepExpiredUseCase } from '../../use-cases/sweep-expired/sweep-expired.use-case';
import type { WalletFixture } from '../wallet.fixture';
import { emptyModel, type ModelState, type ModelStock } from './model-state';
import { explain, pass } from './play';
import type { Crowd, Step } from './steps';
import { viewOf, WalletRun } from './wallet-run';

export type Replicas = readonly [WalletFixture, WalletFixture];

/** A sequence under way: the service's side, and the states the model may be in after what was told so far. */
interface Player {
  run: WalletRun;
  states: ModelState[];
}

let runCount = 0;

/**
 * Plays sequences at once, each with customers and stocks of its own, in step: time is one for all of them.
 * @throws Error that tells what no order of the requests explains
 */
export async function playCrowd(
  replicas: Replicas,
  { sequences, pausesMs }: Crowd,
  stocksAt: (now: number) => Record<string, ModelStock>,
): Promise<void> {
  const [{ service, clock }] = replicas;
  const stocks = stocksAt(clock.now().getTime());
  const players = sequences.map((): Player => {
    const run = new WalletRun(replicas, `run${(runCount += 1)}`);
    return { run, states: [emptyModel(run.now, stocks)] };
  });
  await service.mongo.transaction(async (tx) => {
    const repository = service.app.get(StockRepository);
    for (const stock of players.flatMap(({ run }) => run.stocks(stocks))) await repository.add(stock, tx);
  });
  const length = Math.max(...sequences.map((steps) => steps.length));
  for (let turn = 0; turn < length; turn += 1) {
    await all(players.map((player, index) => playStep(player, sequences[index]![turn])));
    const pauseMs = pausesMs[turn] ?? 0;
    if (pauseMs > 0) await passAll(replicas, players, pauseMs);
  }
  await passAll(replicas, players, 0);
  await all(players.map(expectAgreement));
}

async function playStep(player: Player, step: Step | undefined): Promise<void> {
  if (!step) return;
  const { run, states } = player;
  const tied = step.wishes.flatMap((wish) => run.tie(wish, states[0]!) ?? []);
  const requests = step.isFirstTwice ? [...tied, ...tied.slice(0, 1)] : tied;
  const answers = await Promise.all(requests.map((request, index) => run.send(request, index)));
  const told = requests.map((request, index) => ({ request, answer: answers[index]! }));
  player.states = explain(states, told);
  if (player.states.length === 0) {
    throw new Error(`no order explains ${JSON.stringify({ told, before: states }, null, 1)}`);
  }
  if (answers.includes('void')) await run.hearOfReplenished(player.states[0]!);
}

/** Lets time pass for both replicas, and both sweep at once until nothing is due. */
async function passAll(replicas: Replicas, players: Player[], ms: number): Promise<void> {
  const [{ service, clock }] = replicas;
  clock.advance(ms);
  await eventually(
    async () => {
      await all(replicas.map((replica) => replica.service.app.get(SweepExpiredUseCase).execute()));
      expect(await listDue(service, clock.now())).toEqual([]);
    },
    { timeoutMs: 60_000 },
  );
  for (const player of players) player.states = player.states.map((state) => pass(state, ms));
}

/** Holds and gifts before what comes back of them: a sweep of the background may be between two reads. */
async function listDue({ app }: TestService, now: Date): Promise<string[]> {
  const coming = await Promise.all([
    app.get(HoldRepository).listTimedOut(now, 1),
    app.get(GiftRepository).listExpired(now, 1),
  ]);
  return [...coming.flat(), ...(await app.get(InstanceRepository).listExpired(now, 1))];
}

async function expectAgreement({ run, states }: Player): Promise<void> {
  const [real, expected] = [await run.view(), states.map(viewOf)];
  if (expected.length === 1) expect(real).toEqual(expected[0]);
  else expect(expected).toContainEqual(real);
}

/** As Promise.all, but nothing is left under way when one has failed. */
async function all<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
