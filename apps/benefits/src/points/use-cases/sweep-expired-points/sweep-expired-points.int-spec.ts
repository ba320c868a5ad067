import { FoldLedgerUseCase } from '../../../ledger/use-cases/fold-ledger/fold-ledger.use-case';
import { balanceOf, LedgerTotals } from '../../../ledger/domain/totals';
import { LedgerRepository } from '../../../repositories/ledger.repository';
import { startWallet, type WalletFixture } from '../../../testing/wallet.fixture';
import { PointsBook } from '../../repositories/points-book';
import { PointsRepository } from '../../repositories/points.repository';
import { SweepExpiredPointsUseCase } from './sweep-expired-points.use-case';

// Goal: points that expire leave their accounts, and the ledger stays exact however long the sweep of them lasts.

const HOUR_MS = 3_600_000;
let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

it('posts each batch at its own time, so that none falls behind a checkpoint that was made meanwhile', async () => {
  const { service, clock, benefits } = wallet;
  const [book, points, ledger] = [PointsBook, PointsRepository, LedgerRepository].map((each) =>
    service.app.get<unknown>(each),
  ) as [PointsBook, PointsRepository, LedgerRepository];
  const sweep = service.app.get(SweepExpiredPointsUseCase);
  const execute = sweep.execute.bind(sweep);
  // The one in the background stands still.
  jest.spyOn(sweep, 'execute').mockResolvedValue();
  const moves = Array.from({ length: 260 }, (_, index) => ({ customerId: `c-${index}`, reference: 'test' }));
  const lot = { points: 10, orgPath: 'hq', expiresAt: new Date(clock.now().getTime() + HOUR_MS) };
  await service.mongo.transaction(async (tx) => {
    const batch = await book.open(moves, clock.now(), tx);
    for (const move of moves) batch.reward(move, lot);
    await book.save(batch, tx);
  });
  clock.advance(2 * HOUR_MS);
  const list = points.listExpired.bind(points);
  let batchCount = 0;
  jest.spyOn(points, 'listExpired').mockImplementation(async (...asked) => {
    if ((batchCount += 1) === 2) {
      clock.advance(2 * HOUR_MS);
      await wallet.claimOne('somebody');
      expect(await service.app.get(FoldLedgerUseCase).execute()).toBeGreaterThan(0);
    }
    return list(...asked);
  });
  await execute();
  expect(batchCount).toBe(2);
  expect(await points.listExpired(clock.now(), 1)).toEqual([]);
  const sums = new LedgerTotals();
  for await (const transactions of ledger.streamAll()) for (const { postings } of transactions) sums.add(postings);
  const trial = await benefits.getTrialBalance({ at: undefined });
  expect(trial).toMatchObject({ trialBalanceMinor: 0, postingCount: sums.postingCount });
  expect(trial.accounts).toEqual(sums.byClass().map(balanceOf));
});
