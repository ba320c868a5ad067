import { OnnxModel } from '../../apps/arbitration/src/adapters/onnx-model';
import { AdaptiveModel } from '../../apps/arbitration/src/domain/models/adaptive-model';
import type { OnnxContract } from '../../apps/arbitration/src/domain/models/onnx-contract';
import { historyLength, readAdaptiveConfig, readBankRows, readModelFile, type BankRow } from './bank-rows';
import {
  CAMPAIGN,
  GAIN_CAPACITIES,
  rankerOf,
  replayCampaign,
  seededRandom,
  type Ranker,
  type ReplayOptions,
  type ReplayResult,
} from './campaign-replay';

const SEEDS = [1, 2, 3, 4, 5];
const STATIC = 'term-deposit-static';

/** Replays the campaign after the history with each way of ranking and prints what it reached. */
const main = async (): Promise<void> => {
  const rows = readBankRows();
  const run = (ranker: Ranker, options: Partial<ReplayOptions> = {}): Promise<ReplayResult> =>
    replayCampaign(rows, ranker, { ...CAMPAIGN, historyLength: historyLength(rows), seed: 1, ...options });

  const adaptive = [];
  let model = new AdaptiveModel(readAdaptiveConfig());
  for (const seed of SEEDS) {
    model = new AdaptiveModel(readAdaptiveConfig());
    adaptive.push(await run(rankerOf(model), { seed }));
  }
  const random = [];
  for (const seed of SEEDS) random.push(await run(randomRanker(seed)));

  console.log(
    `${rows.length} customers, ${historyLength(rows)} of them history, ${adaptive[0]?.subscribers} subscribers after it\n`,
  );
  console.log(['ranking'.padEnd(24), ...GAIN_CAPACITIES.map((c) => `${100 * c} %`.padStart(7)), ' reached'].join(''));
  print('adaptive', adaptive);
  print('adaptive, all known', [await run(rankerOf(new AdaptiveModel(readAdaptiveConfig())), { knows: 'everyone' })]);
  print('static', [await run(await staticRanker(), { explorationShare: 0 })]);
  print('file order', [await run(fileOrder, { explorationShare: 0 })]);
  print('random', random);
  console.log(`\nadaptive, reached by seed: ${adaptive.map(({ reachedShare }) => percent(reachedShare)).join(' ')}`);
  console.log(`adaptive, reached by window: ${adaptive[0]?.reachedByWindow.join(' ')}`);
  console.log(JSON.stringify(model.report(8), null, 2));
};

const staticRanker = async (): Promise<Ranker> => {
  const { contract } = JSON.parse(readModelFile(`${STATIC}.json`).toString('utf8')) as { contract: OnnxContract };
  const model = await OnnxModel.load(readModelFile(`${STATIC}.onnx`), contract);
  const score: Ranker['score'] = async (window) => {
    const scores = await model.scoreBatch(window.map(({ attributes }) => attributes));
    return scores.map((one) => one ?? 0);
  };
  return { score, learn: () => undefined };
};

const fileOrder: Ranker = { score: (window) => window.map((_, i) => -i), learn: () => undefined };

const randomRanker = (seed: number): Ranker => {
  const random = seededRandom(seed + 1000);
  return { score: (window: readonly BankRow[]) => window.map(() => random()), learn: () => undefined };
};

const print = (name: string, results: readonly ReplayResult[]): void => {
  const mean = (of: (result: ReplayResult) => number): string =>
    percent(results.reduce((sum, result) => sum + of(result), 0) / results.length).padStart(7);
  const gains = GAIN_CAPACITIES.map((_, i) => mean(({ gains: all }) => all[i] ?? 0));
  console.log([name.padEnd(24), ...gains, ` ${mean(({ reachedShare }) => reachedShare)}`].join(''));
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

void main();
