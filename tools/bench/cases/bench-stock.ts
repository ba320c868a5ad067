import { type BenefitsServiceService, Stock } from '@tidegate/contracts/benefits/v1/benefits';
import type { Client } from '../../../libs/grpc/src/index';

/** A red packet of 8.00 that is open now and paid by the bank. */
export async function openStock(
  benefits: Client<typeof BenefitsServiceService>,
  stockId: string,
  overrides: Partial<Stock> = {},
): Promise<string> {
  const stock = Stock.fromPartial({
    stockId,
    name: stockId,
    kind: 'red_packet',
    faceValueMinor: 800,
    currency: 'CNY',
    totalLimit: 1_000_000,
    perCustomerLimit: 1,
    claimStartsAt: new Date(Date.now() - 1_000),
    claimEndsAt: new Date(Date.now() + 3_600_000),
    validForSeconds: 86_400,
    isTransferable: true,
    costShares: [{ funder: 'bank', partyId: 'hq', basisPoints: 10_000 }],
    orgPath: 'hq',
    timeZone: 'Asia/Shanghai',
    ...overrides,
  });
  await benefits.createStock({ requestId: stockId, stock });
  return stockId;
}
