import { columns } from '../charts/columns';
import { lineChart } from '../charts/line-chart';
import { reachedShareOf } from '../demo-report';
import { count, percent } from '../format';
import type { Markup } from '../markup';
import { PALETTE } from '../palette';
import type { CampaignFacts, StoryFacts } from '../story-facts';
import { note, part, section, table } from './section';

export function campaignSection(facts: StoryFacts): Markup {
  const { campaign } = facts;
  const reached = reachedShareOf(facts);
  return section(
    'Term-deposit campaign through the remote bank',
    '定期存款营销 · 远程银行',
    `${count(campaign.historyCount)} past calls taught the model. The other customers came in the file's order of time, in ${
      campaign.windows.length
    } windows, and the seats could call ${percent(campaign.seatShare, 0)} of each. A customer's result was known to nobody before a seat ` +
      'closed the lead; only called customers taught the model. The duration of a call, the day and the month were never shown to it.',
    [
      gainsChart(campaign, reached),
      part('Share of the real subscribers reached', '覆盖率', gainsTable(campaign)),
      part('Subscribers in each window, and those the seats called', '逐窗口触达', windowsChart(campaign)),
      part('What the model looks at', '模型权重', modelTable(campaign)),
      note(
        `The seats called ${count(campaign.reachedCount)} of ${count(campaign.subscriberCount)} subscribers (${percent(reached)}), exploration included. ` +
          'Ranking curves leave exploration out. Each window is cut by itself, and customers in the control group or without consent count as not reached in every way of choosing.',
      ),
    ],
  );
}

function gainsChart(campaign: CampaignFacts, reached: number): Markup {
  const line = (name: string, color: string, of: 'arbitration' | 'staticModel' | 'fileOrder' | 'random') => ({
    name,
    color,
    isDashed: of === 'random' || of === 'fileOrder',
    points: campaign.curve.map((gain) => ({ x: gain.capacityShare, y: gain[of] })),
  });
  return lineChart({
    title: 'Gains curve: share of subscribers reached against share of capacity',
    xLabel: 'Share of each window that can be called 产能',
    yLabel: 'Subscribers reached 触达',
    series: [
      line('Arbitration, adaptive 自适应', PALETTE.arbitration, 'arbitration'),
      line('Static model, shadow 静态', PALETTE.staticModel, 'staticModel'),
      line('File order 文件顺序', PALETTE.fileOrder, 'fileOrder'),
      line('At random 随机', PALETTE.random, 'random'),
    ],
    marks: [{ x: campaign.seatShare, y: reached, label: `really called ${percent(reached)}`, color: PALETTE.reached }],
  });
}

const gainsTable = ({ gains }: CampaignFacts): Markup =>
  table(
    ['Capacity', 'Arbitration', 'Static model', 'File order', 'At random'],
    gains.map((gain) => [
      percent(gain.capacityShare, 0),
      ...[gain.arbitration, gain.staticModel, gain.fileOrder, gain.random].map((share) => percent(share)),
    ]),
  );

const windowsChart = ({ windows }: CampaignFacts): Markup =>
  columns(
    'Subscribers in each window and those reached',
    [
      { name: 'Subscribers 真实认购', color: PALETTE.stopped },
      { name: 'Called by the seats 坐席触达', color: PALETTE.arbitration },
    ],
    windows.map(({ name, subscribers, reached }) => ({ label: name, values: [subscribers, reached] })),
  );

const modelTable = ({ model }: CampaignFacts): Markup =>
  table(
    ['Feature', `Weight after ${count(model.lessons)} known outcomes`],
    model.features.map(({ name, weight }) => [name, weight.toFixed(3)]),
  );
