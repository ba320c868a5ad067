import { count, money, words } from '../format';
import { markup, type Markup } from '../markup';
import type { SettlementFacts, StoryFacts } from '../story-facts';
import { note, part, section, table } from './section';

export const moneySection = ({ settlement, ledger, flashSale }: StoryFacts): Markup =>
  section(
    'Settlement and ledger',
    '结算与总账',
    `Redemptions of ${settlement.businessDates.join(', ')} were settled per merchant from the ledger, each with a statement.`,
    [
      part('Settlement batches', '结算批次', batchTable(settlement)),
      part('Who bears the cost', '成本分摊', shareTable(settlement, flashSale.currency)),
      part(
        'Accounts',
        '试算平衡',
        table(
          ['Account class', 'Debit 借', 'Credit 贷'],
          ledger.accounts.map(({ account, currency, debitMinor, creditMinor }) => [
            words(account),
            money(debitMinor, currency),
            money(creditMinor, currency),
          ]),
        ),
      ),
      note(
        markup`${count(ledger.postings)} postings; debits minus credits over all accounts: <b>${ledger.trialBalanceMinor}</b>.`,
      ),
    ],
  );

const batchTable = ({ batches }: SettlementFacts): Markup =>
  table(
    ['Merchant 商户', 'Redemptions', 'Statement lines 对账单', 'Amount', 'State'],
    batches.map(({ merchant, redemptionCount, statementLines, amountMinor, currency, state }) => [
      merchant,
      count(redemptionCount),
      count(statementLines),
      money(amountMinor, currency),
      state,
    ]),
  );

function shareTable({ batches }: SettlementFacts, currency: string): Markup {
  const sums = new Map<string, number>();
  for (const { funder, partyId, amountMinor } of batches.flatMap(({ shares }) => shares)) {
    const key = `${words(funder)} ${partyId}`;
    sums.set(key, (sums.get(key) ?? 0) + amountMinor);
  }
  return table(
    ['Funder', 'Amount'],
    [...sums].sort().map(([funder, amountMinor]) => [funder, money(amountMinor, currency)]),
  );
}
