import { Inject, Injectable } from '@nestjs/common';
import { BenefitsServiceService, type Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { DomainError } from '@tidegate/errors';
import { createClient, type Client } from '@tidegate/grpc';
import { continueTrace, runInContext, type Actor } from '@tidegate/observability';
import { ServiceEnv } from '@tidegate/service';
import { GONE, type BenefitStock } from './domain/benefit-stock';

const BENEFITS_CLIENT = Symbol('benefits client');
const DEADLINE_MS = 2_000;
const SELF: Actor = { id: 'arbitration', kind: 'service', roles: [], orgPath: '' };

export const benefitsClientProvider = {
  provide: BENEFITS_CLIENT,
  useFactory: (env: ServiceEnv) =>
    createClient(BenefitsServiceService, env.peerUrl('benefits'), { deadlineMs: DEADLINE_MS }),
  inject: [ServiceEnv],
};

/** What `benefits` says of a stock now. */
@Injectable()
export class StockPeer {
  constructor(@Inject(BENEFITS_CLIENT) private readonly client: Client<typeof BenefitsServiceService>) {}

  /** A stock that is not there is GONE. @throws PEER_UNAVAILABLE, PEER_TIMED_OUT */
  async get(stockId: string): Promise<BenefitStock> {
    try {
      const { stock } = await runInContext({ traceparent: continueTrace(undefined), actor: SELF }, () =>
        this.client.getStock({ stockId }),
      );
      return stock === undefined ? GONE : toBenefitStock(stock);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return GONE;
      throw error;
    }
  }
}

const toBenefitStock = (stock: Stock): BenefitStock => ({
  isOpen: stock.state === 'open',
  leftCount: unitsInAll(stock) - stock.claimedCount,
  claimStartsAt: stock.claimStartsAt ?? null,
  claimEndsAt: stock.claimEndsAt ?? null,
  partIds: stock.bundleStockIds,
  isWhole: stock.isBundleWhole,
});

const unitsInAll = ({ totalLimit, budgetMinor, faceValueMinor }: Stock): number =>
  budgetMinor > 0 && faceValueMinor > 0 ? Math.min(totalLimit, Math.floor(budgetMinor / faceValueMinor)) : totalLimit;
