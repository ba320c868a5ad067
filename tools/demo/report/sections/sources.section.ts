import { count, rateText, seconds } from '../format';
import { markup, type Markup } from '../markup';
import type { StoryFacts } from '../story-facts';
import { part, section, table } from './section';

export const sourcesSection = ({ loads, checks }: StoryFacts): Markup =>
  section(
    'What was loaded, and how the numbers were checked',
    '数据与核对',
    'Everything went in and came out through the public HTTP API.',
    [
      table(
        ['What', 'How many', 'Time', 'Rate'],
        loads.map(({ what, count: amount, seconds: time }) => [
          what,
          count(amount),
          seconds(time),
          rateText(amount, time),
        ]),
      ),
      part('Checks that passed', '核对', markup`<ul>${checks.map((check) => markup`<li>${check}</li>`)}</ul>`),
      part('Sources', '数据来源', SOURCES),
    ],
  );

const SOURCES = markup`<ul>
<li>Bank Marketing: S. Moro, P. Rita, P. Cortez (2014), UCI Machine Learning Repository, doi 10.24432/C5K306, CC BY 4.0. Customers of a Portuguese bank and the result of its telemarketing, in order of time.</li>
<li>Berka: P. Berka, M. Sochorova, PKDD’99 Discovery Challenge, financial data set of a Czech bank.</li>
<li>Merchants, stores, red packets, complaints, withdrawn consents and what came of the branch leads belong to the story; no data set tells of them.</li>
</ul>`;
