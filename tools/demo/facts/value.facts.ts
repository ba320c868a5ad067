import { merchants, RED_PACKET } from '../cast';
import { merchantKeys } from '../merchant-keys';
import { FLASH_SALE } from '../plan';
import type { FlashSaleFacts, LedgerFacts, SettlementFacts, WalletFacts } from '../report/story-facts';
import { APP_ACTIVE, type SaleTally } from '../steps/flash-sale.step';
import type { GiftTally } from '../steps/gifts.step';
import type { MisuseTally } from '../steps/redemptions.step';
import type { World } from '../world';

export async function flashSaleFacts({ journal, review, money }: World): Promise<FlashSaleFacts> {
  const tally = journal.get<SaleTally>('flash-sale');
  const stock = await money.getStock(RED_PACKET.stockId);
  const { refusedByReason } = await review.getBenefitReport(RED_PACKET.stockId);
  return {
    name: stock.name,
    rule: APP_ACTIVE,
    audience: tally.audience,
    stock: stock.totalLimit,
    callers: FLASH_SALE.callers,
    calls: tally.calls,
    earlyCalls: tally.earlyCalls,
    repeats: tally.repeats,
    claimed: stock.claimedCount,
    refused: tally.refusedCallers,
    refusedByReason,
    seconds: tally.seconds,
    concurrency: FLASH_SALE.concurrency,
    faceValueMinor: stock.faceValueMinor,
    currency: stock.currency,
  };
}

export async function walletFacts({ journal, review, money }: World): Promise<WalletFacts> {
  const gifts = journal.get<GiftTally>('gifts');
  const misuse = journal.get<MisuseTally>('till-misuse');
  const report = await review.getBenefitReport(RED_PACKET.stockId);
  const redemptions = await money.listRedemptions();
  return {
    giftsOffered: gifts.offered,
    giftsAccepted: report.transferred,
    giftsTakenBack: gifts.takenBack,
    refusals: { ...gifts.refusals, ...misuse.refusals },
    redemptionCount: redemptions.length,
    redemptionAmountMinor: redemptions.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    reviewedAmountMinor: report.redeemedAmountMinor,
    heldAndCommitted: journal.get<number>('held-and-committed'),
    voided: misuse.voided,
  };
}

/** Read as each merchant reads it: the own batches with their statements. */
export async function settlementFacts(world: World): Promise<SettlementFacts> {
  const batches: SettlementFacts['batches'] = [];
  const dates = new Set<string>();
  for (const { merchantId, name } of merchants) {
    const api = world.merchant(merchantKeys(world.context.dataDir, merchantId));
    for (const batch of await api.listBatches()) {
      const { batchId, businessDate, redemptionCount, amountMinor, currency, state, shares } = batch;
      dates.add(businessDate);
      const lines = await api.listStatementLines(batchId);
      batches.push({
        merchant: name,
        redemptionCount,
        amountMinor,
        currency,
        state,
        shares,
        statementLines: lines.length,
        statementAmountMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0),
      });
    }
  }
  const amountMinor = batches.reduce((sum, batch) => sum + batch.amountMinor, 0);
  return { businessDates: [...dates].sort(), amountMinor, batches };
}

export async function ledgerFacts({ money }: World): Promise<LedgerFacts> {
  const { accounts, trialBalanceMinor, postingCount } = await money.getTrialBalance();
  return { postings: postingCount, trialBalanceMinor, accounts };
}
