import { LostReplies, type Books } from '@tidegate/testing';
import { OwedRewardWorker } from '../../granting/owed-reward.worker';
import type { WalletFixture } from '../wallet.fixture';

const AT_ONCE = 250;

/** A crowd of callers of the wallet who never get a first answer. */
export const startLostReplies = ({ service, benefits }: WalletFixture, count: number): Promise<LostReplies> =>
  LostReplies.start({
    url: service.url,
    count,
    atOnce: AT_ONCE,
    /** What every class of accounts holds, debits less credits. */
    books: async (): Promise<Books> => {
      const { accounts, trialBalanceMinor } = await benefits.getTrialBalance({ at: undefined });
      expect(trialBalanceMinor).toBe(0);
      return Object.fromEntries(
        accounts.map(({ account, currency, debitMinor, creditMinor }) => [
          `${account} ${currency}`,
          debitMinor - creditMinor,
        ]),
      );
    },
    /** What is owed has been granted. */
    settle: async () => {
      while ((await service.app.get(OwedRewardWorker).runOnce()) > 0);
    },
  });
