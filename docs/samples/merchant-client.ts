import { createHash, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A merchant's system: every request is signed by its key. Nothing but Node is needed. Source: RFC 9421, RFC 9530. */
export class MerchantClient {
  private readonly privateKey: KeyObject;

  /** @param privateKeyPem Ed25519, PKCS #8 */
  constructor(
    private readonly gatewayUrl: string,
    private readonly keyId: string,
    privateKeyPem: string,
  ) {
    this.privateKey = createPrivateKey(privateKeyPem);
  }

  get(path: string): Promise<Response> {
    const url = new URL(path, this.gatewayUrl).href;
    return fetch(url, { headers: this.signed('GET', url, {}) });
  }

  /** A write; keep its idempotency key until it was answered, for the same key again gives the first answer. */
  post(path: string, content: object, idempotencyKey: string = randomUUID()): Promise<Response> {
    const url = new URL(path, this.gatewayUrl).href;
    const body = JSON.stringify(content);
    const digest = createHash('sha256').update(body).digest('base64');
    const covered = { 'content-digest': `sha-256=:${digest}:`, 'idempotency-key': idempotencyKey };
    const headers = { 'content-type': 'application/json', ...this.signed('POST', url, covered) };
    return fetch(url, { method: 'POST', headers, body });
  }

  /** The covered headers with the signature over them, the method and the address. */
  private signed(method: string, url: string, covered: Record<string, string>): Record<string, string> {
    const lines = { '@method': method, '@target-uri': url, ...covered };
    const names = Object.keys(lines).map((name) => `"${name}"`);
    const created = Math.floor(Date.now() / 1_000);
    // A nonce is good once: a repeated request is signed anew.
    const times = `created=${created};expires=${created + 60};nonce="${randomUUID()}"`;
    const params = `(${names.join(' ')});${times};keyid="${this.keyId}"`;
    const base = Object.entries({ ...lines, '@signature-params': params }).map(
      ([name, value]) => `"${name}": ${value}`,
    );
    const signature = sign(null, Buffer.from(base.join('\n')), this.privateKey).toString('base64');
    return { ...covered, 'signature-input': `tidegate=${params}`, signature: `tidegate=:${signature}:` };
  }
}

/** As merchant-redeem.sh: node --import tsx docs/samples/merchant-client.ts <url> <key id> <key file> <code> <store> <clerk> <amount>. */
async function main([gatewayUrl, keyId, keyFile, code, storeId, clerkId, amount]: string[]): Promise<void> {
  if (!gatewayUrl || !keyId || !keyFile) throw new Error('usage: <gateway url> <key id> <private key file> ...');
  const client = new MerchantClient(gatewayUrl, keyId, readFileSync(keyFile, 'utf8'));
  const sale = { code, storeId, clerkId, orderAmountMinor: Number(amount) };
  const response = await client.post('/merchant/v1/redemptions', sale, process.env.IDEMPOTENCY_KEY);
  console.log(await response.text());
  console.log(response.status);
}

if (process.argv[1]?.endsWith('merchant-client.ts')) void main(process.argv.slice(2));
