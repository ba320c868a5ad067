import { CustomersServiceService, StartImportRequest } from '@tidegate/contracts/customers/v1/customers';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';
import { PAID } from './reward-definitions';

/** A payment that the core system tells, twice, from its intake to the points: it is filed once and earns once. */
export async function intakeFlow(
  platform: TestPlatform,
  hasPoints: (customerId: string, amount: number) => Promise<void>,
): Promise<CrashFlow> {
  const customers = careful(await platform.client('customers', CustomersServiceService, 20_000));

  const join = async (externalId: string): Promise<string> => {
    const mapping = [{ column: 'id', target: 'external_id' }];
    const start = { requestId: externalId, fileName: `${externalId}.csv`, mapping, defaultOrgPath: 'hq' };
    const { importId } = (await customers.startImport(StartImportRequest.fromPartial(start))).import!;
    const content = Buffer.from(`id\n${externalId}\n`);
    await customers.appendImportChunk({ importId, sequence: 0, content, isLast: true });
    return comesTo(async () => {
      const [found] = (await customers.findCustomerIds({ externalIds: [externalId], orgPath: '' })).customers;
      expect(found?.externalId).toBe(externalId);
      return found!.customerId;
    });
  };

  return {
    name: 'a payment that the core system tells, and that earns points',
    services: ['customers', 'benefits'],
    prepare: async (id) => {
      const customerId = await join(id);
      const data = { amountMinor: 10_000, currency: 'CNY', operation: 'card_payment', channel: 'pos' };
      const payment = { id, source: '/core-bank', type: 'transaction', subject: id, time: new Date(), data };
      return async () => {
        for (let told = 1; told <= 2; told += 1) {
          const { refused } = await customers.ingestEvents({ events: [payment] });
          expect(refused).toEqual([]);
        }
        await hasPoints(customerId, PAID);
        const page = { customerId, pageSize: 10, pageToken: '' };
        const filed = async () =>
          (await customers.listTimeline(page)).entries.filter(({ type }) => type === payment.type);
        expect(await filed()).toHaveLength(1);
      };
    },
  };
}
