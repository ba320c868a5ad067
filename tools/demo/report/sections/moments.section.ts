import { OUTFLOW_QUANTILE, SALARY_OPERATION, SALARY_QUANTILE } from '../../data/moment-thresholds';
import { barRows } from '../charts/bar-rows';
import { heatGrid } from '../charts/heat-grid';
import { count, milliseconds, money, percent } from '../format';
import { markup, type Markup } from '../markup';
import { PALETTE } from '../palette';
import type { RfmFacts, StoryFacts } from '../story-facts';
import { note, part, section, table } from './section';

export function momentsSection({ moments, rfm }: StoryFacts): Markup {
  const latencies = [
    ['Half of them within', moments.p50Ms],
    ['90 % within', moments.p90Ms],
    ['99 % within', moments.p99Ms],
    ['The slowest', moments.maxMs],
  ] as const;
  return section(
    'Moments of truth',
    '关键时刻 MOT',
    'The transactions of a Czech bank came in as events, in order of time. A large outflow asks a branch to call; a large salary credit ' +
      'shows a message in the app. The clock runs from the acceptance of the fact to the decision about it.',
    [
      table(
        ['Rule', 'Threshold', 'Why there'],
        [
          ['Large outflow 大额流出 → branch', money(moments.outflowMinor, 'CZK'), above(OUTFLOW_QUANTILE, 'debits')],
          [
            'Large salary credit 大额代发 → app',
            money(moments.salaryMinor, 'CZK'),
            above(SALARY_QUANTILE, `credits of the kind “${SALARY_OPERATION}”`),
          ],
        ],
        [2],
      ),
      part(
        `Latency of ${count(moments.count)} moments`,
        '时延',
        barRows(
          'Latency from fact to decision',
          latencies.map(([label, value]) => ({ label, value, text: milliseconds(value), color: PALETTE.bar })),
        ),
      ),
      note(
        `Branch seats worked ${count(moments.branchLeads)} of these leads, and ${count(moments.messagesRead)} messages were read in the app. The data set ` +
          'marks no salaries: money collected from another bank is the nearest to one, and rules see the amount as the platform got it.',
      ),
      part('Customers by recency and frequency', 'RFM 客户价值', rfmGrid(rfm)),
      markup`<p>Quintiles of ${count(rfm.customerCount)} customers with transactions, as of ${rfm.asOf}; 5 is best. Monetary quintiles are summed over.</p>`,
    ],
  );
}

const above = (quantile: number, what: string): string =>
  `exceeded by ${percent(1 - quantile, 0)} of the data's own ${what}, rounded to thousands`;

function rfmGrid({ cells }: RfmFacts): Markup {
  const sums = new Map<string, { column: number; row: number; value: number }>();
  for (const { recency, frequency, customerCount } of cells) {
    const key = `${recency}|${frequency}`;
    const held = sums.get(key) ?? { column: recency, row: frequency, value: 0 };
    sums.set(key, { ...held, value: held.value + customerCount });
  }
  return heatGrid('Customers by recency and frequency quintile', 'Recency 最近一次', 'Frequency 频次', [
    ...sums.values(),
  ]);
}
