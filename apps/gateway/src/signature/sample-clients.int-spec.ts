import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KEY_ID, knowMerchant, MERCHANT_ID, privateKey } from '../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';

// Goal: what docs/merchant-signing.md shows works as it stands: the curl script and the TypeScript client redeem.

const run = promisify(execFile);
const SAMPLES = join(__dirname, '..', '..', '..', '..', 'docs', 'samples');
const folder = mkdtempSync(join(tmpdir(), 'tidegate-samples-'));
const keyFile = join(folder, 'merchant.pem');

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  knowMerchant(gateway);
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
});
afterAll(async () => {
  await gateway?.stop();
  rmSync(folder, { recursive: true });
});

const CLIENTS: [string, string, string[]][] = [
  ['curl', 'bash', [join(SAMPLES, 'merchant-redeem.sh')]],
  ['TypeScript', process.execPath, ['--import', 'tsx', join(SAMPLES, 'merchant-client.ts')]],
];

it.each(CLIENTS)('redeems with %s, and is refused with another’s key id', async (_name, program, script) => {
  const idempotencyKey = randomUUID();
  const redeem = async (keyId: string) => {
    const args = [...script, gateway.url, keyId, keyFile, '482913', 'store-1', 'clerk-1', '8800'];
    const { stdout } = await run(program, args, { env: { ...process.env, IDEMPOTENCY_KEY: idempotencyKey } });
    return stdout.trim().split('\n').at(-1);
  };
  expect(await redeem(KEY_ID)).toBe('201');
  expect(gateway.services.lastCall('merchants.redeemAtStore')).toMatchObject({
    request: {
      ...{ requestId: idempotencyKey, merchantId: MERCHANT_ID, code: '482913' },
      ...{ storeId: 'store-1', clerkId: 'clerk-1', orderAmountMinor: 8_800 },
    },
    actor: { kind: 'merchant', id: MERCHANT_ID },
  });
  // Signed anew, with another nonce: repeating is not replaying.
  expect(await redeem(KEY_ID)).toBe('201');
  const nonces = gateway.services.calls
    .filter(({ rpc }) => rpc === 'merchants.registerSignature')
    .map(({ request }) => request.nonce);
  expect(new Set(nonces).size).toBe(nonces.length);
  gateway.services.answer('merchants.getMerchantKey', () => ({ key: undefined }));
  expect(await redeem('another-key')).toBe('401');
  knowMerchant(gateway);
});
