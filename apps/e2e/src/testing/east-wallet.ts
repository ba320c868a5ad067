import { eventually } from '@tidegate/testing';
import type { Bank } from './bank';
import type { HttpCaller } from './http-caller';
import type { MerchantSystem } from './merchant-system';
import { stockBody } from './stock';

/** A stock of the branch and claims of it: one redeemed and settled, one held, one on its way to a friend, two unused. */
export async function redeem(
  bank: Bank,
  head: HttpCaller,
  east: HttpCaller,
  tea: MerchantSystem,
  customerId: string,
): Promise<Record<string, string>> {
  const terms = { orgPath: 'hq/east', isTransferable: true, isShareable: true, perCustomerLimit: 5 };
  await east.post('/admin/v1/stocks', stockBody('east-packet', terms));
  const app = await bank.customer(customerId);
  const claim = async (): Promise<string> =>
    (await app.post<{ instance: { instanceId: string } }>('/app/v1/stocks/east-packet/claims')).instance.instanceId;
  const codeOf = async (instanceId: string): Promise<string> =>
    (await app.post<{ code: string }>(`/app/v1/wallet/${instanceId}/redemption-code`)).code;
  const { redemption } = await tea.http.post<{ redemption: { redeemedAt: string; redemptionId: string } }>(
    '/merchant/v1/redemptions',
    tea.sale(await codeOf(await claim())),
  );
  const tillDecisionId = await offerAtTill(tea, redemption.redemptionId);
  const settled = await settle(bank, head, east, redemption.redeemedAt);
  const { holdId } = await tea.http.post<{ holdId: string }>(
    '/merchant/v1/holds',
    tea.sale(await codeOf(await claim())),
  );
  const given = await claim();
  const { giftId, token } = await app.post<{ giftId: string; token: string }>(`/app/v1/wallet/${given}/gifts`);
  const { link } = await app.post<{ link: { linkId: string } }>('/app/v1/stocks/east-packet/share-links');
  return {
    stockId: 'east-packet',
    linkId: link.linkId,
    redemptionId: redemption.redemptionId,
    tillDecisionId,
    ...settled,
    holdId,
    giftId,
    giftToken: token,
    instanceId: given,
    spareInstanceId: await claim(),
    unusedInstanceId: await claim(),
  };
}

/** The strategy may just have been published. */
const offerAtTill = (tea: MerchantSystem, redemptionId: string): Promise<string> =>
  eventually(async () => {
    const path = `/merchant/v1/redemptions/${redemptionId}/next-best-actions`;
    const { actions } = await tea.http.post<{ actions: { decisionId: string }[] }>(path);
    expect(actions).toHaveLength(1);
    return actions[0]!.decisionId;
  });

/** The head office settles the redemption, the branch adjusts it and reconciles what the merchant sent. */
async function settle(
  bank: Bank,
  head: HttpCaller,
  east: HttpCaller,
  redeemedAt: string,
): Promise<Record<string, string>> {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(redeemedAt));
  const { businessDate } = await head.get<{ businessDate: string }>(`/admin/v1/business-days/${date}`);
  const run = { businessDate, isForced: true };
  const { batches } = await head.post<{ batches: { batchId: string }[] }>('/admin/v1/settlements', run);
  const batchId = batches[0]!.batchId;
  const releaser = await bank.staff('head-releaser', ['checker']);
  const { payout } = await releaser.post<{ payout: { payoutId: string } }>('/admin/v1/payouts', {
    batchIds: [batchId],
  });
  const merchantId = 'tea-house';
  const adjustment = { merchantId, amountMinor: 5, currency: 'CNY', funder: 'bank', comment: 'goodwill' };
  await east.post('/admin/v1/adjustments', adjustment);
  const days = { businessDateFrom: businessDate, businessDateTo: businessDate };
  const books = { merchantId, ...days, content: 'line_id,amount_minor\nnot-ours,5\n' };
  const { reconciliation } = await east.post<{ reconciliation: { reconciliationId: string } }>(
    '/admin/v1/reconciliations',
    books,
  );
  const { differences } = await east.get<{ differences: { differenceId: string }[] }>('/admin/v1/differences');
  const { reconciliationId } = reconciliation;
  return { batchId, payoutId: payout.payoutId, reconciliationId, differenceId: differences[0]!.differenceId };
}
