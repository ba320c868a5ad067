import { barRows } from '../charts/bar-rows';
import { count, words } from '../format';
import { markup, type Markup } from '../markup';
import { PALETTE } from '../palette';
import type { BriefFacts, StoryFacts } from '../story-facts';
import { part, section, table } from './section';

export function leadsSection({ leads, approval, brief }: StoryFacts): Markup {
  const rows = Object.entries(leads).sort((a, b) => b[1] - a[1]);
  return section(
    'Strategies and leads',
    '策略与线索',
    `Strategies went live by four eyes: the maker's own approval was refused (${words(approval.ownApprovalReason)}). Seats of the remote bank and of ` +
      'the branches took the leads that came of them.',
    [
      table(
        ['Strategy', 'Version', 'Drafted by', 'Approved by'],
        approval.strategies.map(({ name, version, createdBy, reviewedBy }) => [name, version, createdBy, reviewedBy]),
      ),
      part(
        'Leads by disposition',
        '线索处置结果',
        barRows(
          'Leads by disposition',
          rows.map(([disposition, value]) => ({
            label: words(disposition),
            value,
            text: count(value),
            color: disposition === 'converted' ? PALETTE.arbitration : PALETTE.random,
          })),
        ),
      ),
      part('What one agent saw', '坐席工作台', briefCard(brief)),
    ],
  );
}

const briefCard = ({ title, disposition, why, opening, talkingPoints, timeline }: BriefFacts): Markup =>
  table(
    ['', ''],
    [
      ['Lead', `${title}, closed as ${words(disposition)}`],
      ['Why this customer', lines(why)],
      ['Opening 开场白', opening],
      ['Talking points 话术', lines(talkingPoints)],
      ['Timeline 时间线', lines(timeline)],
    ],
    [1],
  );

const lines = (texts: readonly string[]): Markup => markup`${texts.map((text) => markup`<div>${text}</div>`)}`;
