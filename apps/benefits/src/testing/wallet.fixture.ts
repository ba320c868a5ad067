import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import type { Client } from '@tidegate/grpc';
import { FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import type { Stock } from '../domain/stock';
import { LedgerRepository } from '../repositories/ledger.repository';
import { aStock } from './stock.factory';

type BenefitsClient = Client<typeof BenefitsServiceService>;

/** A benefits service with a clock of its own, and short words for what wallet tests do. */
export interface WalletFixture {
  service: TestService;
  clock: FakeClock;
  benefits: BenefitsClient;
  /** Opens a stock of its own and claims one for the customer. */
  claimOne(customerId: string, stock?: Partial<Stock>): Promise<string>;
  codeFor(instanceId: string, customerId: string): Promise<string>;
  /** Debits minus credits over the whole ledger. */
  trialBalance(): Promise<number>;
  balance(account: string, currency?: string): Promise<number>;
}

let stockCount = 0;

/** A wallet of its own, or another replica of one, by the same clock or by one that differs. */
export async function startWallet({
  clock = new FakeClock(),
  replicaOf,
}: { clock?: FakeClock; replicaOf?: WalletFixture } = {}): Promise<WalletFixture> {
  const shareWith = replicaOf?.service;
  const service = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith });
  const benefits = service.client(BenefitsServiceService);
  return {
    service,
    clock,
    benefits,
    claimOne: async (customerId, overrides = {}) => {
      const stockId = `wallet-${(stockCount += 1)}`;
      const stock = { ...aStock({ stockId, ...overrides }), claimedCount: 0 };
      await benefits.createStock({ requestId: stockId, stock });
      const { instance } = await benefits.claimBenefit({ requestId: stockId, stockId, customerId, decisionId: '' });
      return instance!.instanceId;
    },
    codeFor: async (instanceId, customerId) =>
      (await benefits.issueRedemptionCode({ instanceId, customerId, withNumber: false })).code,
    trialBalance: async () => (await benefits.getTrialBalance({ at: undefined })).trialBalanceMinor,
    balance: async (account, currency = 'CNY') => {
      const { debitMinor, creditMinor } = await service.app.get(LedgerRepository).sumAccount(account, currency);
      return debitMinor - creditMinor;
    },
  };
}

/** Counts how each of many concurrent calls ended: `done` or the error's reason. */
export async function tally(calls: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(calls)) {
    const outcome = result.status === 'fulfilled' ? 'done' : (result.reason as { reason: string }).reason;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
