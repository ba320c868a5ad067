import { reachedShareOf } from './demo-report';
import { count, milliseconds, money, percent, rateText, seconds, words } from './format';
import { NO_LIFT } from './sections/effect.section';
import type { StoryFacts } from './story-facts';

/** The report as lines for a terminal. */
export function consoleReport(facts: StoryFacts): string[] {
  return [
    ...heading('Loaded'),
    ...facts.loads.map(({ what, count: amount, seconds: time }) =>
      row(what, `${count(amount).padStart(9)}  ${seconds(time).padStart(7)}  ${rateText(amount, time)}`),
    ),
    ...heading('Share of the real subscribers reached'),
    ...gainLines(facts),
    ...heading('Leads by disposition'),
    ...countLines(facts.leads),
    ...[...facts.funnel]
      .sort((a, b) => b.considered - a.considered)
      .flatMap((funnel) => [
        ...heading(`Funnel of ${funnel.strategyId} on ${words(funnel.channel)}`),
        row('considered / chosen', `${count(funnel.considered)} / ${count(funnel.chosen)}`),
        row('delivered / reached', `${count(funnel.delivered)} / ${count(funnel.reached)}`),
        row('responded / converted', `${count(funnel.responded)} / ${count(funnel.converted)}`),
        ...countLines(funnel.countByReason),
      ]),
    ...momentLines(facts),
    ...walletLines(facts),
    ...effectLines(facts),
    ...heading('Checks'),
    ...facts.checks.map((check) => `  ${check}`),
  ];
}

const heading = (title: string): string[] => ['', title, '─'.repeat(title.length)];
const row = (label: string, value: string): string => `  ${label.padEnd(34)} ${value}`;

const countLines = (counts: Record<string, number>): string[] =>
  Object.entries(counts)
    .sort((a, b) => b[1] - a[1])
    .map(([reason, value]) => row(words(reason), count(value).padStart(9)));

function gainLines(facts: StoryFacts): string[] {
  const { campaign } = facts;
  const cells = (values: string[]): string => values.map((value) => value.padStart(12)).join('');
  return [
    row('capacity', cells(['arbitration', 'static', 'file order', 'random'])),
    ...campaign.gains.map((gain) =>
      row(
        percent(gain.capacityShare, 0),
        cells([gain.arbitration, gain.staticModel, gain.fileOrder, gain.random].map((share) => percent(share))),
      ),
    ),
    row(
      'really called by the seats',
      `${percent(reachedShareOf(facts))} (${count(campaign.reachedCount)} of ${count(campaign.subscriberCount)})`,
    ),
  ];
}

const momentLines = ({ moments }: StoryFacts): string[] => [
  ...heading('Moments of truth, fact to decision'),
  row('decided', count(moments.count).padStart(9)),
  row('half / 90 % / 99 % within', [moments.p50Ms, moments.p90Ms, moments.p99Ms].map(milliseconds).join(' / ')),
];

function walletLines({ flashSale, wallet, settlement, ledger }: StoryFacts): string[] {
  const { currency, calls, earlyCalls, repeats } = flashSale;
  const rushCalls = calls - earlyCalls - repeats;
  return [
    ...heading('Flash sale, redemptions, settlement, ledger'),
    row('stock / callers / claimed', [flashSale.stock, flashSale.callers, flashSale.claimed].map(count).join(' / ')),
    ...countLines(flashSale.refusedByReason),
    row('rush', `${seconds(flashSale.seconds)}, ${rateText(rushCalls, flashSale.seconds)}`),
    row('gifts accepted / taken back', `${count(wallet.giftsAccepted)} / ${count(wallet.giftsTakenBack)}`),
    row('redeemed', `${count(wallet.redemptionCount)}, ${money(wallet.redemptionAmountMinor, currency)}`),
    row('settled', `${count(settlement.batches.length)} batches, ${money(settlement.amountMinor, currency)}`),
    row('ledger', `${count(ledger.postings)} postings, trial balance ${ledger.trialBalanceMinor}`),
  ];
}

function effectLines({ effect }: StoryFacts): string[] {
  const lift = effect.hasLift
    ? `${percent(effect.lift, 2)} (${percent(effect.ciLow, 2)} to ${percent(effect.ciHigh, 2)})`
    : 'none can be shown';
  return [
    ...heading('Effect against the holdout'),
    row('treated / control', `${count(effect.treated)} / ${count(effect.control)}`),
    row('sample ratio, p', effect.sampleRatioP.toFixed(3)),
    row('lift', lift),
    `  ${effect.explanation}`,
    ...(effect.hasLift ? [] : [`  ${NO_LIFT}`]),
  ];
}
