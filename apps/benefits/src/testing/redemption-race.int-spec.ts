import { testKeys } from '@tidegate/testing';
import { makeCode } from '../domain/redemption-code';
import { startWallet, tally, type WalletFixture } from './wallet.fixture';

// Goal: of a crowd that redeems one benefit at once, at two merchants over two replicas, one succeeds.

const TRIES = 1_000;

let replicas: [WalletFixture, WalletFixture];
beforeAll(async () => {
  const first = await startWallet();
  replicas = [first, await startWallet({ clock: first.clock, replicaOf: first })];
});
afterAll(async () => {
  for (const { service } of [...(replicas ?? [])].reverse()) await service.stop();
});

it.each([
  ['one code', () => 'shown-to-all'],
  ['a code of his own for everyone', (index: number) => `nonce${index}`],
])(`redeems once among ${TRIES} tries with %s`, async (name, nonceOf) => {
  const [first] = replicas;
  const customerId = `crowd ${name}`;
  const merchants = [`m-left ${name}`, `m-right ${name}`];
  const instanceId = await first.claimOne(customerId);
  const key = Buffer.from(testKeys.codeSigning, 'base64');
  const calls = Array.from({ length: TRIES }, (_, index) =>
    replicas[index % 2]!.benefits.redeemByCode({
      requestId: `${name}-${index}`,
      code: makeCode({ instanceId, customerId }, nonceOf(index), key, first.clock.now()).code,
      merchantId: merchants[(index >> 1) % 2]!,
      storeId: 's-1',
      clerkId: 'k-1',
      orderAmountMinor: 5_000,
      items: [],
    }),
  );
  const { done, ...refusals } = await tally(calls);
  expect(done).toBe(1);
  expect(['CODE_USED', 'INSTANCE_NOT_AVAILABLE', 'WRITE_CONFLICT']).toEqual(
    expect.arrayContaining(Object.keys(refusals)),
  );
  const owed = await Promise.all(merchants.map((merchantId) => first.balance(`payable:${merchantId}`)));
  expect(owed.sort((a, b) => a - b)).toEqual([-800, 0]);
  expect(await first.balance(`customer:${customerId}`)).toBe(0);
  expect(await first.trialBalance()).toBe(0);
});
