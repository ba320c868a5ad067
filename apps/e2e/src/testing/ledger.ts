import { eventually } from '@tidegate/testing';
import type { LedgerCheck } from '@tidegate/contracts/benefits/v1/ledger_checks';
import type { Json } from '../../../../tools/demo/http/json';
import type { HttpCaller } from './http-caller';

/** An account's balance on its normal side, now or at a past time. */
export async function balanceOf(reader: HttpCaller, account: string, currency = 'CNY', at?: Date): Promise<number> {
  const query = new URLSearchParams({ account, currency, ...(at && { at: at.toISOString() }) });
  const { balance } = await reader.get<{ balance: { balanceMinor: number } }>(
    `/admin/v1/ledger/account-balance?${query.toString()}`,
  );
  return Number(balance.balanceMinor);
}

/** The trial balance is zero over some postings, and a check that rebuilds every balance finds nothing. */
export async function expectSoundLedger(checker: HttpCaller): Promise<void> {
  const trial = await checker.get<{ trialBalanceMinor: number; postingCount: number }>(
    '/admin/v1/ledger/trial-balance',
  );
  expect([Number(trial.trialBalanceMinor), Number(trial.postingCount) > 0]).toEqual([0, true]);
  const { check } = await checker.post<{ check: { checkId: string } }>('/admin/v1/ledger/checks');
  const finished = await eventually(
    async () => {
      const path = `/admin/v1/ledger/checks/${check.checkId}`;
      const { check: read } = await checker.get<{ check: Json<LedgerCheck> }>(path);
      expect(read.state).not.toBe('running');
      return read;
    },
    { timeoutMs: 90_000, everyMs: 200 },
  );
  expect(finished).toMatchObject({ state: 'completed', differences: [] });
  expect(Number(finished.differenceCount)).toBe(0);
  expect(Number(finished.postingsRead)).toBeGreaterThanOrEqual(Number(trial.postingCount));
  expect(Number(finished.accountsCompared)).toBeGreaterThan(0);
}
