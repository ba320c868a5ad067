import { unauthenticated } from '../access/access-errors';

/** The parts of a request that a signature may cover, as they came over the wire. */
export interface SignedRequest {
  method: string;
  /** Absolute URI as the caller sees it. */
  targetUri: string;
  headers: Record<string, string | string[] | undefined>;
  hasBody: boolean;
}

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Resolves components one by one and remembers which were covered. Source: RFC 9421 section 2. */
export class CoveredComponents {
  private readonly covered = new Set<string>();

  constructor(private readonly request: SignedRequest) {}

  /** @throws SIGNATURE_INVALID for a component that is repeated, has parameters, is missing or is not offered here */
  readonly resolve = (name: string, parameters: Map<string, unknown>): string[] => {
    if (parameters.size > 0) throw invalid(`The component ${name} must have no parameters.`);
    if (this.covered.has(name)) throw invalid(`The component ${name} is covered twice.`);
    this.covered.add(name);
    return [name.startsWith('@') ? this.derived(name) : this.header(name)];
  };

  /** @throws SIGNATURE_COVERS_TOO_LITTLE */
  requireEnough(): void {
    const isWrite = WRITES.has(this.request.method);
    const needed = [
      '@method',
      ...(isWrite || this.request.hasBody ? ['content-digest'] : []),
      // Else the same signed body could be sent as another request.
      ...(isWrite ? ['idempotency-key'] : []),
    ];
    const missing = needed.filter((name) => !this.covered.has(name));
    const hasTarget = this.covered.has('@target-uri') || (this.covered.has('@path') && this.covered.has('@query'));
    if (!hasTarget) missing.push('@target-uri (or @path and @query)');
    if (missing.length === 0) return;
    throw unauthenticated('SIGNATURE_COVERS_TOO_LITTLE', `The signature must also cover ${missing.join(', ')}.`);
  }

  private derived(name: string): string {
    const { method, targetUri } = this.request;
    switch (name) {
      case '@method':
        return method;
      case '@target-uri':
        return targetUri;
      case '@authority':
        return new URL(targetUri).host.toLowerCase();
      case '@path':
        return this.afterAuthority().split('?', 1)[0] || '/';
      case '@query': {
        const rest = this.afterAuthority();
        return rest.includes('?') ? rest.slice(rest.indexOf('?')) : '?';
      }
      default:
        throw invalid(`The component ${name} cannot be covered here.`);
    }
  }

  private header(name: string): string {
    const value = this.request.headers[name];
    if (value === undefined) throw invalid(`The covered header ${name} is missing.`);
    return (Array.isArray(value) ? value : [value]).map((line) => line.trim()).join(', ');
  }

  // As sent, not as a URL parser would normalise it.
  private afterAuthority(): string {
    return this.request.targetUri.replace(/^[a-z]+:\/\/[^/?]*/, '');
  }
}

const invalid = (message: string) => unauthenticated('SIGNATURE_INVALID', message);
