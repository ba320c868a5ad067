import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import type { ExpandedRule } from '@tidegate/rules';
import type { QuotaFacts, StockFacts } from '../domain/strategy-parts';
import {
  BENEFITS_CLIENT,
  CUSTOMERS_CLIENT,
  QUOTAS_CLIENT,
  type BenefitsClient,
  type CustomersClient,
  type QuotasClient,
} from './peers';

/** A check waits for its neighbours no longer; the maker is told to try again. */
const DEADLINE_MS = 5_000;
/** Of the whole base, on the columnar copy. */
const COUNT_DEADLINE_MS = 15_000;

const FOREIGN_STOCK: StockFacts = { isInScope: false, isOpen: false, claimEndsAt: null, leftCount: 0 };
const FOREIGN_QUOTA: QuotaFacts = { isInScope: false, limitAmount: 0, freeAmount: 0, period: 'total' };

/** What other services say of the parts of a strategy: benefit stocks, quotas, and how many customers a rule selects. */
@Injectable()
export class StrategyNeighbours {
  constructor(
    @Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
    @Inject(QUOTAS_CLIENT) private readonly quotas: QuotasClient,
  ) {}

  /** Stocks that there are. @throws the peer's errors */
  findStocks(stockIds: readonly string[]): Promise<Map<string, StockFacts>> {
    return gather(stockIds, FOREIGN_STOCK, async (stockId) => {
      const { stock } = await this.benefits.getStock({ stockId }, { deadlineMs: DEADLINE_MS });
      if (stock === undefined) return undefined;
      return {
        isInScope: true,
        isOpen: stock.state === 'open',
        claimEndsAt: stock.claimEndsAt ?? null,
        leftCount: stock.totalLimit - stock.claimedCount,
      };
    });
  }

  /** Quotas that there are. @throws the peer's errors */
  findQuotas(quotaIds: readonly string[]): Promise<Map<string, QuotaFacts>> {
    return gather(quotaIds, FOREIGN_QUOTA, async (quotaId) => {
      const { quota } = await this.quotas.getQuota({ quotaId }, { deadlineMs: DEADLINE_MS });
      if (quota === undefined) return undefined;
      const { limitAmount, reservedAmount, usedAmount, period } = quota;
      return { isInScope: true, limitAmount, freeAmount: limitAmount - reservedAmount - usedAmount, period };
    });
  }

  /** @throws the peer's errors */
  async countCustomers(rule: ExpandedRule): Promise<number> {
    const request = { rule: { ...rule }, sampleSize: 0, orgPath: '' };
    const { count } = await this.customers.previewSegment(request, { deadlineMs: COUNT_DEADLINE_MS });
    return count;
  }
}

/** Asks for each once; what there is not is left out, what is another organisation's is said to be. */
async function gather<T>(
  ids: readonly string[],
  foreign: T,
  ask: (id: string) => Promise<T | undefined>,
): Promise<Map<string, T>> {
  const answers = await Promise.all(
    [...new Set(ids)].map(async (id): Promise<[string, T][]> => {
      try {
        const answer = await ask(id);
        return answer === undefined ? [] : [[id, answer]];
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code === 'NOT_FOUND') return [];
        if (error.reason === 'ORG_OUT_OF_SCOPE') return [[id, foreign]];
        throw error;
      }
    }),
  );
  return new Map(answers.flat());
}
