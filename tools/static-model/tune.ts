import { AdaptiveModel, type AdaptiveModelConfig } from '../../apps/arbitration/src/domain/models/adaptive-model';
import type { Feature, FeatureSpec } from '../../apps/arbitration/src/domain/models/features';
import type { FtrlSettings } from '../../apps/arbitration/src/domain/models/ftrl';
import { historyLength, readAdaptiveConfig, readBankRows, type BankRow } from './bank-rows';
import { CAMPAIGN, rankerOf, replayCampaign } from './campaign-replay';

const RATES = [0.02, 0.05, 0.1, 0.2];
const BANDS: Feature[] = [
  { kind: 'numeric', name: 'age_band', attribute: 'age', edges: [30, 45, 60] },
  { kind: 'numeric', name: 'pdays_band', attribute: 'pdays', edges: [0, 91, 184, 366] },
  { kind: 'numeric', name: 'balance_band', attribute: 'balance', edges: [0, 200, 1000, 3000] },
  { kind: 'numeric', name: 'campaign_band', attribute: 'campaign', edges: [2, 4] },
  { kind: 'cross', name: 'age_housing', of: ['age_band', 'housing'] },
  { kind: 'cross', name: 'age_job', of: ['age_band', 'job'] },
  { kind: 'cross', name: 'contact_campaign', of: ['contact', 'campaign_band'] },
  { kind: 'cross', name: 'balance_housing', of: ['balance_band', 'housing'] },
  { kind: 'cross', name: 'poutcome_housing', of: ['poutcome', 'housing'] },
  { kind: 'cross', name: 'poutcome_previous', of: ['poutcome', 'previous'] },
  { kind: 'cross', name: 'housing_loan_contact', of: ['housing', 'loan', 'contact'] },
  { kind: 'cross', name: 'marital_education', of: ['marital', 'education'] },
];

/**
 * Compares feature lists and learners on the history alone: the campaign is replayed inside the first 40 % of the lines, with the
 * first 40 % of those as its own history. Printed best first, by the mean share of subscribers reached at 10, 20, 30 and 50 %.
 */
const tune = async (): Promise<void> => {
  const rows = readBankRows();
  const history = rows.slice(0, historyLength(rows));
  const base = readAdaptiveConfig();
  const tried: { label: string; merit: number }[] = [];
  for (const [list, spec] of featureLists(base.spec)) {
    for (const [name, learners] of learnerSets()) {
      tried.push({ label: `${list}, ${name}`, merit: await meritOf({ ...base, spec, learners }, history) });
    }
  }
  tried.sort((a, b) => b.merit - a.merit);
  for (const { label, merit } of tried) console.log(`${(100 * merit).toFixed(2)} %  ${label}`);
};

const featureLists = (shipped: FeatureSpec): [string, FeatureSpec][] => [
  ['no crosses', { ...shipped, features: shipped.features.filter(({ kind }) => kind !== 'cross') }],
  ['shipped', shipped],
  ['with bands', { ...shipped, features: [...shipped.features, ...BANDS] }],
];

const learnerSets = (): [string, FtrlSettings[]][] => {
  const at = (alpha: number, retention: number): FtrlSettings => ({ alpha, beta: 1, l1: 0, l2: 0, retention });
  const alone = [1, 0.999, 0.99].flatMap((retention) =>
    RATES.map((alpha): [string, FtrlSettings[]] => [`alpha ${alpha} retention ${retention}`, [at(alpha, retention)]]),
  );
  return [...alone, ['committee', RATES.map((alpha) => at(alpha, 0.999))]];
};

const meritOf = async (config: AdaptiveModelConfig, history: readonly BankRow[]): Promise<number> => {
  const merits: number[] = [];
  for (const windowSize of [500, 1000, 2500]) {
    for (const seed of [1, 2, 3]) {
      const options = { ...CAMPAIGN, windowSize, historyLength: historyLength(history), seed };
      merits.push(mean((await replayCampaign(history, rankerOf(new AdaptiveModel(config)), options)).gains));
    }
  }
  return mean(merits);
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

void tune();
