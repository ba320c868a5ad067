import { storyFacts } from '../testing/story-facts.factory';
import { checkFacts } from './check-facts';
import { consoleReport } from './console-report';
import { demoReportOf } from './demo-report';
import { htmlPage } from './html-page';

describe('the demo report', () => {
  it('has exactly the agreed shape', () => {
    const gain = { capacityShare: 0.1, arbitration: 0.1, staticModel: 0.1, fileOrder: 0.1, random: 0.1 };
    const shapeOf = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
      if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
    };
    expect(shapeOf(demoReportOf(storyFacts()))).toEqual({
      customers: 'number',
      events: 'number',
      reachedShare: 'number',
      gains: [shapeOf(gain)],
      leads: { converted: 'number', not_interested: 'number' },
      mot: { count: 'number', p50Ms: 'number', p99Ms: 'number' },
      flashSale: { stock: 'number', callers: 'number', claimed: 'number', refused: 'number' },
      redemptions: { count: 'number', amountMinor: 'number' },
      settlement: { batches: 'number', amountMinor: 'number' },
      ledger: { postings: 'number', trialBalanceMinor: 'number' },
      holdout: {
        treated: 'number',
        control: 'number',
        lift: 'null',
        ciLow: 'null',
        ciHigh: 'null',
        sampleRatioP: 'number',
      },
    });
    expect(demoReportOf(storyFacts())).toMatchObject({ reachedShare: 0.3, settlement: { batches: 1 } });
  });

  it('shows a lift only when there is one', () => {
    const { effect } = storyFacts();
    const shown = storyFacts({ effect: { ...effect, hasLift: true, lift: 0.05, ciLow: 0.01, ciHigh: 0.09 } });
    expect(demoReportOf(shown).holdout).toMatchObject({ lift: 0.05, ciLow: 0.01, ciHigh: 0.09 });
    expect(consoleReport(shown).join('\n')).toContain('5.00 % (1.00 % to 9.00 %)');
    expect(consoleReport(storyFacts()).join('\n')).toContain('none can be shown');
  });

  it('is one page that asks nothing of the network and lets no text become markup', () => {
    const { campaign } = storyFacts();
    const model = { ...campaign.model, features: [{ name: '<img src=x onerror=y>', weight: 1 }] };
    const page = htmlPage(storyFacts({ campaign: { ...campaign, model } }));
    expect(page).not.toMatch(/(src|href|url\()\s*=?\s*["'(]?(https?:)?\/\//);
    expect(page).not.toContain('<img');
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;img src=x onerror=y&gt;');
    expect(page).not.toMatch(/undefined|NaN|\[object/);
    expect(page.match(/<svg/g)?.length).toBe(page.match(/<\/svg>/g)?.length);
  });
});

describe('checks', () => {
  it('pass when everything agrees', () => {
    expect(checkFacts(storyFacts()).length).toBeGreaterThan(5);
  });

  const { flashSale, ledger, settlement, campaign, moments } = storyFacts();
  it.each([
    ['an unbalanced ledger', { ledger: { ...ledger, trialBalanceMinor: 1 } }, 'Trial balance and zero differ: 1 and 0'],
    ['an oversold stock', { flashSale: { ...flashSale, claimed: 501, refused: 2_699 } }, 'claimed and stock differ'],
    ['a caller without answer', { flashSale: { ...flashSale, refused: 2_699 } }, 'and callers differ'],
    ['a wrong settlement', { settlement: { ...settlement, amountMinor: 119_000 } }, 'Settled amount and redeemed'],
    ['a lost moment', { moments: { ...moments, count: 701 } }, 'decided and considered differ: 701 and 700'],
    ['a lead too many', { leads: { converted: 121, not_interested: 880 } }, 'Leads worked'],
    ['a lost conversion', { campaign: { ...campaign, reachedCount: 119 } }, 'converted leads differ: 119 and 120'],
  ])('find %s', (_what, overrides, message) => {
    expect(() => checkFacts(storyFacts(overrides))).toThrow(message);
  });
});
