import { LedgerChecksServiceService } from '@tidegate/contracts/benefits/v1/ledger_checks';
import type { TestPlatform } from '../testing/test-platform';
import { careful, comesTo, type CrashFlow } from './crash-flow';

/** A check of the whole ledger: another worker goes on where one stopped, and what it finds is nothing. */
export async function ledgerCheckFlow(platform: TestPlatform): Promise<CrashFlow> {
  const checks = careful(await platform.client('benefits', LedgerChecksServiceService, 20_000));
  return {
    name: 'a check of the ledger',
    services: ['benefits'],
    stride: 3,
    prepare: (id) =>
      Promise.resolve(async () => {
        const { checkId } = (await checks.startLedgerCheck({ requestId: id })).check!;
        await comesTo(async () => {
          const { check } = await checks.getLedgerCheck({ checkId });
          expect(check).toMatchObject({ state: 'completed', differenceCount: 0, failureReason: '' });
        });
      }),
  };
}
