import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import type { DomainError } from '@tidegate/errors';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../benefits-services';
import { BenefitsModule } from '../../benefits.module';
import type { Stock } from '../../domain/stock';
import { BenefitGranter } from '../../granting/benefit-granter';
import { PointsBook } from '../../points/repositories/points-book';
import { aStock } from '../../testing/stock.factory';
import type { ExchangeTerms } from '../domain/exchange-offer';
import { SettleExchangesUseCase } from '../use-cases/settle-exchanges/settle-exchanges.use-case';
import { anExchangeOffer } from './exchange.factory';

/** Benefits that are given, and the replica that is asked. */
interface Given {
  instanceId?: string;
  instanceIds?: string[];
  service?: TestService;
}

/** Two replicas of the exchange with a clock of their own, and short words for what its tests do. */
export class ExchangeFixture {
  private constructor(
    readonly clock: FakeClock,
    readonly first: TestService,
    readonly second: TestService,
  ) {}

  static async start(): Promise<ExchangeFixture> {
    const clock = new FakeClock();
    const first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
    const second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
    return new ExchangeFixture(clock, first, second);
  }

  async stop(): Promise<void> {
    await this.second.stop();
    await this.first.stop();
  }

  get benefits() {
    return this.first.client(BenefitsServiceService);
  }

  exchanges(service = this.first) {
    return service.client(ExchangeServiceService);
  }

  async openStock(stockId: string, overrides: Partial<Stock> = {}): Promise<void> {
    const stock = { ...aStock({ stockId, perCustomerLimit: 0, ...overrides }), claimedCount: 0 };
    await this.benefits.createStock({ requestId: stockId, stock });
  }

  /** Makes and approves an offer; returns when both replicas know it. */
  async offer(definitionId: string, terms: Partial<ExchangeTerms>): Promise<void> {
    const offer = anExchangeOffer(terms, { definitionId });
    await this.exchanges().createExchangeOffer({ requestId: definitionId, offer });
    const checker = this.first.client(ExchangeServiceService, { id: 'checker' });
    await checker.moveExchangeOffer({ requestId: definitionId, definitionId, move: 'approve' });
    for (const service of [this.first, this.second]) {
      await eventually(async () => {
        const probe = this.swap(definitionId, 'nobody', 'probe', { instanceId: 'none', service });
        expect(await probe.catch((error: DomainError) => error.reason)).not.toBe('OFFER_NOT_OPEN');
      });
    }
  }

  swap(offerId: string, customerId: string, requestId: string, given: Given = {}) {
    const { instanceId = '', instanceIds = [], service } = given;
    return this.exchanges(service).exchange({ requestId, offerId, customerId, instanceId, instanceIds });
  }

  async givePoints(customerId: string, points: number): Promise<void> {
    const [book, move] = [this.first.app.get(PointsBook), { customerId, reference: 'test' }];
    await this.first.mongo.transaction(async (tx) => {
      const batch = await book.open([move], this.clock.now(), tx);
      batch.reward(move, { points, orgPath: 'hq', expiresAt: new Date('2027-01-01Z') });
      await book.save(batch, tx);
    });
  }

  async pointsOf(customerId: string): Promise<number> {
    return (await this.first.client(PointsServiceService).getPointsBalance({ customerId })).points;
  }

  async holdingsOf(customerId: string) {
    const page = { customerId, pageSize: 0, pageToken: '', state: '', group: '' };
    return (await this.benefits.listWallet(page)).instances;
  }

  async exchangesOf(customerId: string) {
    return (await this.exchanges().listExchanges({ customerId, pageSize: 0, pageToken: '' })).exchanges;
  }

  async trialBalance(): Promise<number> {
    return (await this.benefits.getTrialBalance({ at: undefined })).trialBalanceMinor;
  }

  /** How the other side is granted, by replica. */
  get granters(): [BenefitGranter, BenefitGranter] {
    return [this.first.app.get(BenefitGranter), this.second.app.get(BenefitGranter)];
  }

  /** Ends exchanges that are open and due, on one replica. */
  settle({ app }: TestService): Promise<void> {
    return app.get(SettleExchangesUseCase).execute();
  }
}
