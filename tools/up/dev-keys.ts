import { generateKeyPairSync, randomBytes, type JsonWebKey } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The secrets of a development deployment; secrets are 32 random bytes in Base64. */
export interface DevKeys {
  isDevelopment: true;
  /** Private Ed25519 JWK of the development token issuer. */
  tokenSigning: JsonWebKey;
  codeSigning: string;
  webhookSigning: string;
  fieldEncryption: string;
}

/** Fresh random secrets. */
export function generateDevKeys(): DevKeys {
  const secret = () => randomBytes(32).toString('base64');
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return {
    isDevelopment: true,
    tokenSigning: { ...jwk, alg: 'EdDSA', use: 'sig', kid: `dev-${randomBytes(4).toString('hex')}` },
    codeSigning: secret(),
    webhookSigning: secret(),
    fieldEncryption: secret(),
  };
}

/**
 * Makes the file, readable by its owner only, unless it exists: changing the keys would make stored personal data
 * unreadable. True when it was made.
 * @throws Error in production, which must bring its own keys.
 */
export function ensureDevKeys(file: string, nodeEnv: string): boolean {
  if (nodeEnv === 'production') {
    throw new Error('Development keys are refused in production: set TIDEGATE_KEYS_FILE to your own keys.');
  }
  if (existsSync(file)) {
    chmodSync(file, 0o600);
    return false;
  }
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(generateDevKeys(), null, 2)}\n`, { mode: 0o600 });
  try {
    // A link, unlike a rename, never replaces keys that another process made meanwhile.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}
