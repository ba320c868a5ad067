import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import type { ExpandedRule } from '@tidegate/rules';
import type { QueueFacts, QuotaFacts, StockFacts } from '../domain/strategy-parts';
import {
  asService,
  BENEFITS_CLIENT,
  CUSTOMERS_CLIENT,
  LEADS_CLIENT,
  QUOTAS_CLIENT,
  type BenefitsClient,
  type CustomersClient,
  type LeadsClient,
  type QuotasClient,
} from './peers';

/** A check waits for its neighbours no longer; the maker is told to try again. */
const DEADLINE_MS = 5_000;
/** Of the whole base, on the columnar copy. */
const COUNT_DEADLINE_MS = 15_000;
/** Asked for at once. */
const QUEUES_MAX = 200;

/**
 * What other services say of the parts of a strategy: benefit stocks, quotas, queues, and how many customers a rule selects. It asks as this
 * service: what may be used follows from the strategy's organisation, not from who asks.
 */
@Injectable()
export class StrategyNeighbours {
  constructor(
    @Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
    @Inject(QUOTAS_CLIENT) private readonly quotas: QuotasClient,
    @Inject(LEADS_CLIENT) private readonly leads: LeadsClient,
  ) {}

  /** Stocks that there are. @throws the peer's errors */
  findStocks(stockIds: readonly string[]): Promise<Map<string, StockFacts>> {
    return gather(stockIds, async (stockId) => {
      const { stock } = await this.benefits.getStock({ stockId }, { deadlineMs: DEADLINE_MS });
      if (stock === undefined) return undefined;
      return {
        orgPath: stock.orgPath,
        isOpen: stock.state === 'open',
        claimEndsAt: stock.claimEndsAt ?? null,
        leftCount: stock.totalLimit - stock.claimedCount,
      };
    });
  }

  /** Quotas that there are. @throws the peer's errors */
  findQuotas(quotaIds: readonly string[]): Promise<Map<string, QuotaFacts>> {
    return gather(quotaIds, async (quotaId) => {
      const { quota } = await this.quotas.getQuota({ quotaId }, { deadlineMs: DEADLINE_MS });
      if (quota === undefined) return undefined;
      const { orgPath, limitAmount, reservedAmount, usedAmount, period } = quota;
      return { orgPath, limitAmount, freeAmount: limitAmount - reservedAmount - usedAmount, period };
    });
  }

  /** Queues that there are. @throws the peer's errors */
  async findQueues(queues: readonly string[]): Promise<Map<string, QueueFacts>> {
    const wanted = [...new Set(queues)];
    const found = new Map<string, QueueFacts>();
    for (let from = 0; from < wanted.length; from += QUEUES_MAX) {
      const request = { queues: wanted.slice(from, from + QUEUES_MAX), pageSize: QUEUES_MAX, pageToken: '' };
      const answer = await asService(() => this.leads.listQueues(request, { deadlineMs: DEADLINE_MS }));
      for (const { queue, orgPath, channel } of answer.queues) found.set(queue, { orgPath, channel });
    }
    return found;
  }

  /** Of an organisation and those below it. @throws the peer's errors */
  async countCustomers(rule: ExpandedRule, orgPath: string): Promise<number> {
    const request = { rule: { ...rule }, sampleSize: 0, orgPath };
    const { count } = await asService(() => this.customers.previewSegment(request, { deadlineMs: COUNT_DEADLINE_MS }));
    return count;
  }
}

/** Asks for each once; what there is not is left out. */
function gather<T>(ids: readonly string[], ask: (id: string) => Promise<T | undefined>): Promise<Map<string, T>> {
  return asService(async () => {
    const answers = await Promise.all(
      [...new Set(ids)].map(async (id): Promise<[string, T][]> => {
        try {
          const answer = await ask(id);
          return answer === undefined ? [] : [[id, answer]];
        } catch (error) {
          if (error instanceof DomainError && error.code === 'NOT_FOUND') return [];
          throw error;
        }
      }),
    );
    return new Map(answers.flat());
  });
}
