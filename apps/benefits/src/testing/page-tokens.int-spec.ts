import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { FansServiceService } from '@tidegate/contracts/benefits/v1/fans';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { encodePageToken } from '@tidegate/mongo';
import { startWallet, type WalletFixture } from './wallet.fixture';

// Goal: a damaged page token is told to be one, by every list that goes by time.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());

it.each([[['x', 'y']], [['2026-03-02T02:00:00.000Z']], [['', '']]])('refuses a token of %j', async (keys: string[]) => {
  const { service, benefits } = wallet;
  const page = { pageSize: 5, pageToken: encodePageToken(keys) };
  const own = { customerId: 'c-1', ...page };
  const span = { from: undefined, to: undefined };
  const lists: [string, Promise<unknown>][] = [
    ['stocks', benefits.listStocks(page)],
    ['wallet', benefits.listWallet({ ...own, state: '', group: '' })],
    ['group', benefits.listWallet({ ...own, state: '', group: 'available' })],
    ['redemptions', benefits.listRedemptions({ merchantId: '', ...span, ...page })],
    ['postings', benefits.listPostings({ account: 'customer:', ...span, ...page })],
    ['pools', service.client(CodePoolsServiceService).listCodePools(page)],
    ['exchanges', service.client(ExchangeServiceService).listExchanges(own)],
    ['offers', service.client(ExchangeServiceService).listExchangeOffers(page)],
    ['follows', service.client(FansServiceService).listFollows(own)],
    ['entries', service.client(PointsServiceService).listPointsEntries(own)],
    ['rewards', service.client(RewardsServiceService).listRewards(own)],
    ['links', service.client(SharesServiceService).listShareLinks(own)],
  ];
  const reasons = await Promise.all(
    lists.map(async ([name, list]) => [name, await list.then(() => 'none').catch((error) => error.reason)]),
  );
  expect(reasons).toEqual(lists.map(([name]) => [name, 'PAGE_TOKEN_INVALID']));
});
