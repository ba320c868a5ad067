import { Inject, Injectable } from '@nestjs/common';
import { BenefitsServiceService, type CountedStock, type Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient, type Client } from '@tidegate/grpc';
import { continueTrace, runInContext, type Actor } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import { GONE, type BenefitStock } from './domain/benefit-stock';

const BENEFITS_CLIENT = Symbol('benefits client');
const DEADLINE_MS = 5_000;
const SELF: Actor = { id: 'arbitration', kind: 'service', roles: [], orgPath: '' };

export const benefitsClientProvider = {
  provide: BENEFITS_CLIENT,
  useFactory: (env: ServiceEnv) =>
    createClient(BenefitsServiceService, env.peerUrl('benefits'), { deadlineMs: DEADLINE_MS }),
  inject: [ServiceEnv],
};

/** What `benefits` says of stocks now. */
@Injectable()
export class StockPeer {
  constructor(@Inject(BENEFITS_CLIENT) private readonly client: Client<typeof BenefitsServiceService>) {}

  /** At most 200; one that is not there is GONE. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async getMany(stockIds: readonly string[]): Promise<Map<string, BenefitStock>> {
    const { stocks } = await runInContext({ traceparent: continueTrace(undefined), actor: SELF }, () =>
      this.client.getStocks({ stockIds: [...stockIds] }),
    );
    const told = stocks.flatMap((counted) =>
      counted.stock ? [[counted.stock.stockId, toBenefitStock(counted.stock, counted)] as const] : [],
    );
    return new Map([...stockIds.map((stockId) => [stockId, GONE] as const), ...told]);
  }
}

const toBenefitStock = (
  stock: Stock,
  { day, claimedOnDayCount, supplyLeftCount = Infinity }: CountedStock,
): BenefitStock => ({
  isOpen: stock.state === 'open',
  leftCount: Math.min(unitsInAll(stock) - stock.claimedCount, supplyLeftCount),
  dailyLimit: stock.dailyLimit,
  timeZone: stock.timeZone,
  day,
  claimedOnDayCount,
  claimStartsAt: stock.claimStartsAt ?? null,
  claimEndsAt: stock.claimEndsAt ?? null,
  partIds: stock.bundleStockIds,
  isWhole: stock.isBundleWhole,
});

const unitsInAll = ({ totalLimit, budgetMinor, faceValueMinor }: Stock): number =>
  budgetMinor > 0 && faceValueMinor > 0 ? Math.min(totalLimit, Math.floor(budgetMinor / faceValueMinor)) : totalLimit;
