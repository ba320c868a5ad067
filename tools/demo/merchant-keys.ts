import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningKey } from './http/sign-request';

export interface MerchantKeyPair extends SigningKey {
  publicKeyPem: string;
}

/** The key a merchant of the story signs with: made once and kept in the data folder, for its owner only. */
export function merchantKeys(dataDir: string, merchantId: string): MerchantKeyPair {
  const folder = join(dataDir, 'merchant-keys');
  const file = join(folder, `${merchantId}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as MerchantKeyPair;
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const pair: MerchantKeyPair = {
    keyId: `${merchantId}-1`,
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(pair, null, 2)}\n`, { mode: 0o600 });
  return pair;
}
