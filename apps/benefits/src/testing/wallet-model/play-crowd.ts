import { eventually, type TestService } from '@tidegate/testing';
import { OwedRewardRepository } from '../../granting/repositories/owed-reward.repository';
import { OwedRewardWorker } from '../../granting/owed-reward.worker';
import { PointsRepository } from '../../points/repositories/points.repository';
import { SweepExpiredPointsUseCase } from '../../points/use-cases/sweep-expired-points/sweep-expired-points.use-case';
import { GiftRepository } from '../../repositories/gift.repository';
import { HoldRepository } from '../../repositories/hold.repository';
import { InstanceRepository } from '../../repositories/instance.repository';
import { StockRepository } from '../../repositories/stock.repository';
import { SweepExpiredUseCase } from '../../use-cases/sweep-expired/sweep-expired.use-case';
import type { WalletFixture } from '../wallet.fixture';
import { emptyModel, type ModelState } from './model-state';
import { explain } from './explain';
import { pass } from './play';
import { all } from './all';
import type { WalletClients } from './clients';
import { stocksAt } from './model-stocks';
import type { Crowd, Step } from './steps';
import { counted, viewOf, WalletRun } from './wallet-run';

export type Replicas = readonly [WalletFixture, WalletFixture];
type Clients = readonly [WalletClients, WalletClients];

/** A sequence under way: the service's side, and the states the model may be in after what was told so far. */
interface Player {
  run: WalletRun;
  states: ModelState[];
  /** What they had come to when they were last heard of. */
  rewards: string;
}

/** Rewards that are tried again wait a second at first, and never so long. */
const RETRY_MS = 1_500;
const LATER_MS = 3_600_000;
const ROUNDS_MAX = 100;

let runCount = 0;

/**
 * Plays sequences at once, each with customers and stocks of its own, in step: time is one for all of them.
 * @throws Error that tells what no order of the requests explains
 */
export async function playCrowd(replicas: Replicas, clients: Clients, { sequences, pausesMs }: Crowd): Promise<void> {
  const [{ service, clock }] = replicas;
  const stocks = stocksAt(clock.now().getTime());
  const players = sequences.map((): Player => {
    const run = new WalletRun(replicas, clients, `run${(runCount += 1)}`, stocks);
    return { run, states: [emptyModel(run.now, stocks)], rewards: counted({}) };
  });
  await service.mongo.transaction(async (tx) => {
    const repository = service.app.get(StockRepository);
    for (const stock of players.flatMap(({ run }) => run.stocks(stocks))) await repository.add(stock, tx);
  });
  await all(players.map(({ run }, index) => run.share(sequences[index]!)));
  const length = Math.max(...sequences.map((steps) => steps.length));
  for (let turn = 0; turn < length; turn += 1) {
    await all(players.map((player, index) => playStep(player, sequences[index]![turn])));
    await grantOwed(replicas, players);
    await all(players.map(hearOfRewards));
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
  const isNews = requests.some((request) => request.do === 'void' || request.do === 'set_state');
  // Of a pause and an opening at once the stock itself tells which came last.
  if (isNews && player.states.length > 0) player.states = await run.hearOfStocks(player.states);
  if (player.states.length === 0) {
    throw new Error(['no order explains', ...lines(told), 'after one of', ...lines(states)].join('\n'));
  }
}

/** What rewards came to tells which of the orders it was. */
async function hearOfRewards(player: Player): Promise<void> {
  const isSame = player.states.every(({ rewards }) => counted(rewards) === player.rewards);
  if (!isSame) player.states = await player.run.hearOfRewards(player.states);
  player.rewards = counted(player.states[0]!.rewards);
}

const lines = (things: unknown[]): string[] => things.map((thing) => JSON.stringify(thing));

/** Until nothing is owed. What was crowded out is tried again a moment later, which the clock must come to. */
async function grantOwed(replicas: Replicas, players: Player[]): Promise<void> {
  const [{ service, clock }] = replicas;
  const [worker, rewards] = [service.app.get(OwedRewardWorker), service.app.get(OwedRewardRepository)];
  const isOwed = async (): Promise<boolean> =>
    (await rewards.listDue(new Date(clock.now().getTime() + LATER_MS), 1)).length > 0;
  for (let round = 0; await isOwed(); round += 1) {
    if (round >= ROUNDS_MAX) throw new Error('rewards are still owed');
    if ((await worker.runOnce()) === 0) await passAll(replicas, players, RETRY_MS);
  }
}

/** Lets time pass for both replicas, and both sweep at once until nothing is due. */
async function passAll(replicas: Replicas, players: Player[], ms: number): Promise<void> {
  const [{ service, clock }] = replicas;
  clock.advance(ms);
  await eventually(
    async () => {
      await all(
        replicas.flatMap(({ service: { app } }) => [
          app.get(SweepExpiredUseCase).execute(),
          app.get(SweepExpiredPointsUseCase).execute(),
        ]),
      );
      expect(await listDue(service, clock.now())).toEqual([]);
    },
    { timeoutMs: 180_000 },
  );
  for (const player of players) player.states = player.states.map((state) => pass(state, ms));
}

/** Holds and gifts before what comes back of them: a sweep of the background may be between two reads. */
async function listDue({ app }: TestService, now: Date): Promise<string[]> {
  const coming = await Promise.all([
    app.get(HoldRepository).listTimedOut(now, 1),
    app.get(GiftRepository).listExpired(now, 1),
  ]);
  return [
    ...coming.flat(),
    ...(await app.get(InstanceRepository).listExpired(now, 1)),
    ...(await app.get(PointsRepository).listExpired(now, 1)),
  ];
}

async function expectAgreement({ run, states }: Player): Promise<void> {
  const [real, expected] = [await run.view(), states.map(viewOf)];
  if (expected.length === 1) expect(real).toEqual(expected[0]);
  else expect(expected).toContainEqual(real);
}
