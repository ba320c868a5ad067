import { barRows, type BarRow } from '../charts/bar-rows';
import { count, words } from '../format';
import { markup, type Markup } from '../markup';
import { PALETTE } from '../palette';
import type { FunnelFacts, StoryFacts } from '../story-facts';
import { part, section } from './section';

export function funnelSection({ funnel, campaign }: StoryFacts): Markup {
  const screened = Object.entries(campaign.screened);
  return section(
    'The gate: who was considered, and why not chosen',
    '渠道仲裁漏斗',
    'Every candidate leaves the gate chosen or with one reason. Customers that a name list had screened out are counted with it.',
    [
      ...[...funnel]
        .sort((a, b) => b.considered - a.considered)
        .map((row) => part(row.strategyId, channelTerm(row.channel), funnelChart(row))),
      ...(screened.length === 0
        ? []
        : [
            part(
              'Screened out of the name lists',
              '名单筛除',
              barRows('Screened out by reason', byCount(screened).map(reasonRow)),
            ),
          ]),
    ],
  );
}

const STAGES = [
  ['considered', 'Considered 考虑'],
  ['chosen', 'Chosen 选中'],
  ['delivered', 'Delivered 送达'],
  ['reached', 'Reached 触达'],
  ['responded', 'Responded 响应'],
  ['converted', 'Converted 转化'],
] as const;

function funnelChart(row: FunnelFacts): Markup {
  const stages = STAGES.map(([stage, label]) => ({
    label,
    value: row[stage],
    text: count(row[stage]),
    color: PALETTE.bar,
  }));
  const reasons = Object.entries(row.countByReason).filter(([reason]) => reason !== 'CHOSEN');
  return markup`${barRows(`Funnel of ${row.strategyId} on ${row.channel}`, stages)}${
    reasons.length === 0
      ? ''
      : barRows(`Reasons of ${row.strategyId} on ${row.channel}`, byCount(reasons).map(reasonRow))
  }`;
}

const byCount = (reasons: [string, number][]): [string, number][] => reasons.sort((a, b) => b[1] - a[1]);

const reasonRow = ([reason, value]: [string, number]): BarRow => ({
  label: words(reason),
  value,
  text: count(value),
  color: PALETTE.stopped,
});

const TERMS: Record<string, string> = { remote_bank: '远程银行', branch: '网点', app: '手机银行', sms: '短信' };

const channelTerm = (channel: string): string => `${words(channel)} ${TERMS[channel] ?? ''}`;
