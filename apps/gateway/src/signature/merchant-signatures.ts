import { verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { httpbis, type SignatureParameters, type VerifyingKey } from 'http-message-signatures';
import { unauthenticated } from '../access/access-errors';
import { Peers } from '../peers/peers';
import { matchesDigest } from './content-digest';
import { CoveredComponents, type SignedRequest } from './covered-components';
import { MerchantKeys } from './merchant-keys';
import { checkParameters, CLOCK_SKEW_MAX_S, type CheckedParameters } from './signature-parameters';

/** A request with its body as it came. */
export interface ReceivedRequest extends Omit<SignedRequest, 'hasBody'> {
  body: Buffer;
}

/** What the one signature of a request turned out to be. */
interface Finding {
  parameters: CheckedParameters;
  merchantId: string;
}

/** Proves that a merchant sent a request, just now and once. Source: RFC 9421, RFC 9530. */
@Injectable()
export class MerchantSignatures {
  constructor(
    private readonly keys: MerchantKeys,
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws SIGNATURE_MISSING, SIGNATURE_INVALID, SIGNATURE_PARAMETERS_INVALID, SIGNATURE_STALE, SIGNATURE_FROM_FUTURE,
   * SIGNATURE_COVERS_TOO_LITTLE, SIGNATURE_KEY_UNKNOWN, SIGNATURE_REPLAYED, DIGEST_MISMATCH, MERCHANT_SUSPENDED
   */
  async verify(request: ReceivedRequest): Promise<Actor> {
    requireSignature(request.headers);
    const components = new CoveredComponents({ ...request, hasBody: request.body.length > 0 });
    const finding = await this.verifySignature(request, components);
    components.requireEnough();
    const digest = request.headers['content-digest'];
    if (digest !== undefined && !matchesDigest(String(digest), request.body)) {
      throw unauthenticated('DIGEST_MISMATCH', 'The body is not the one that Content-Digest is of.');
    }
    await this.useOnce(finding.parameters);
    return { id: finding.merchantId, kind: 'merchant', roles: [], orgPath: '' };
  }

  private async verifySignature(request: ReceivedRequest, components: CoveredComponents): Promise<Finding> {
    const findings: Finding[] = [];
    let lookups = 0;
    const keyLookup = async (parameters: SignatureParameters): Promise<VerifyingKey> => {
      lookups += 1;
      if (lookups > 1) throw unauthenticated('SIGNATURE_INVALID', 'One signature is expected.');
      const checked = checkParameters(parameters, this.clock.now());
      const { merchantId, publicKey } = await this.keys.get(checked.keyId);
      findings.push({ parameters: checked, merchantId });
      return { algs: ['ed25519'], verify: async (data, signature) => verify(null, data, publicKey, signature) };
    };
    const { method, targetUri: url } = request;
    const headers = request.headers as Record<string, string | string[]>;
    const settings = {
      all: true,
      keyLookup,
      componentParser: components.resolve,
      // Its age was checked with the parameters.
      notAfter: Number.MAX_SAFE_INTEGER,
      tolerance: CLOCK_SKEW_MAX_S,
    };
    const isGenuine = await httpbis.verifyMessage(settings, { method, url, headers }).catch((error: unknown) => {
      if (error instanceof DomainError) throw error;
      throw unauthenticated('SIGNATURE_INVALID', 'The signature cannot be read.', error);
    });
    const [finding] = findings;
    if (isGenuine !== true || !finding)
      throw unauthenticated('SIGNATURE_INVALID', 'The signature is not of this request.');
    return finding;
  }

  private async useOnce({ keyId, nonce, acceptableUntil }: CheckedParameters): Promise<void> {
    // The skew covers the difference between this clock and that of the service which remembers.
    const expiresAt = new Date(acceptableUntil.getTime() + CLOCK_SKEW_MAX_S * 1000);
    try {
      await this.peers.merchants.registerSignature({ keyId, nonce, expiresAt });
    } catch (error) {
      if (error instanceof DomainError && error.reason === 'SIGNATURE_REPLAYED') {
        throw unauthenticated('SIGNATURE_REPLAYED', 'This signature was used before. Sign the request again.');
      }
      throw error;
    }
  }
}

/** @throws SIGNATURE_MISSING */
export function requireSignature(headers: SignedRequest['headers']): void {
  if (headers.signature && headers['signature-input']) return;
  throw unauthenticated('SIGNATURE_MISSING', 'Sign the request: see docs/merchant-signing.md.');
}
