import { importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';

export const DEV_ISSUER = 'tidegate-dev';
export const DEV_AUDIENCE = 'tidegate';

/** Whom a development token is for. */
export interface DevTokenInput {
  subject: string;
  kind: string;
  roles: string[];
  orgPath: string;
  ttlSeconds: number;
}

const PUBLIC_MEMBERS = ['kty', 'crv', 'x', 'y', 'n', 'e', 'kid', 'alg'] as const;

/** Signs bearer tokens with the deployment's development key; there is none in production. */
export class DevIssuer {
  private constructor(
    private readonly privateKey: CryptoKey | Uint8Array,
    readonly publicJwk: JWK,
    readonly algorithm: string,
  ) {}

  /** @throws Error when the key is no private JWK with an algorithm */
  static async create(privateJwk: JWK): Promise<DevIssuer> {
    const { alg } = privateJwk;
    if (!alg || !privateJwk.d) throw new Error('tokenSigning must be a private JWK that names its algorithm');
    const publicJwk = Object.fromEntries(
      PUBLIC_MEMBERS.flatMap((member) => (privateJwk[member] === undefined ? [] : [[member, privateJwk[member]]])),
    ) as JWK;
    return new DevIssuer(await importJWK(privateJwk, alg), { ...publicJwk, use: 'sig' }, alg);
  }

  async issue(input: DevTokenInput, now: Date): Promise<{ token: string; expiresAt: Date }> {
    const { subject, kind, roles, orgPath, ttlSeconds } = input;
    const issuedAt = Math.floor(now.getTime() / 1000);
    const token = await new SignJWT({ kind, roles, ...(orgPath && { org: orgPath }) })
      .setProtectedHeader({ alg: this.algorithm, typ: 'JWT', kid: this.publicJwk.kid })
      .setIssuer(DEV_ISSUER)
      .setAudience(DEV_AUDIENCE)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + ttlSeconds)
      .sign(this.privateKey);
    return { token, expiresAt: new Date((issuedAt + ttlSeconds) * 1000) };
  }
}
