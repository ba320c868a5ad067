import { reachedShareOf } from './demo-report';
import { count, milliseconds, money, percent } from './format';
import { Markup, markup } from './markup';
import { STYLE } from './palette';
import { campaignSection } from './sections/campaign.section';
import { effectSection } from './sections/effect.section';
import { funnelSection } from './sections/funnel.section';
import { leadsSection } from './sections/leads.section';
import { moneySection } from './sections/money.section';
import { momentsSection } from './sections/moments.section';
import { sourcesSection } from './sections/sources.section';
import { walletSection } from './sections/wallet.section';
import type { StoryFacts } from './story-facts';

/** The whole report as one page that asks nothing of the network. */
export function htmlPage(facts: StoryFacts): string {
  const sections = [
    campaignSection,
    leadsSection,
    funnelSection,
    momentsSection,
    walletSection,
    moneySection,
    effectSection,
    sourcesSection,
  ];
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tidegate: what the demo bank’s campaigns were worth</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header class="page"><div>
<h1>What the campaigns were worth <span lang="zh">演示报告</span></h1>
<p>Insight → strategy → arbitration → execution → review, on real data, played ${facts.finishedAt.slice(0, 16).replace('T', ' ')} UTC.</p>
</div></header>
<main>
<div class="tiles">${tiles(facts)}</div>
${sections.map((build) => build(facts))}
</main>
</body>
</html>
`;
  return page.text;
}

function tiles(facts: StoryFacts): Markup[] {
  const { flashSale, wallet, moments, ledger } = facts;
  const all: [string, string][] = [
    [count(facts.customers), 'customers 客户'],
    [count(facts.events), 'events taken in 事件'],
    [percent(reachedShareOf(facts)), `of subscribers reached, calling ${percent(facts.campaign.seatShare, 0)} 触达`],
    [count(sumOf(facts.leads)), 'leads worked by the seats 线索'],
    [milliseconds(moments.p99Ms), 'fact to decision, 99 % 关键时刻'],
    [`${count(flashSale.claimed)} / ${count(flashSale.callers)}`, 'claims / callers 抢购'],
    [money(wallet.redemptionAmountMinor, flashSale.currency), 'redeemed and settled 核销与结算'],
    [String(ledger.trialBalanceMinor), 'trial balance 试算平衡'],
  ];
  return all.map(([value, label]) => markup`<div class="tile"><b>${value}</b><span>${label}</span></div>`);
}

const sumOf = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, value) => sum + value, 0);
