import { readFileSync, writeFileSync } from 'node:fs';
import { importJWK, SignJWT, type JWK } from 'jose';
import type { DevKeys } from './dev-keys';

/** Whom a token is for; the claims that the gateway reads. */
export interface DevTokenClaims {
  sub: string;
  kind: 'staff' | 'customer' | 'service';
  roles?: string[];
  /** Organisation path, e.g. `hq/east`; staff need one. */
  org?: string;
}

/** Makes a bearer token for a person or a program of the demo bank, good for twelve hours. */
export type IssueDevToken = (claims: DevTokenClaims) => Promise<string>;

const LIFETIME = '12h';
const staff = (role: string): DevTokenClaims => ({ sub: `dev-${role}`, kind: 'staff', roles: [role], org: 'hq' });

/** The head office's people and the program that tells facts, for trying the platform by hand. */
export const DEV_PEOPLE: Readonly<Record<string, DevTokenClaims>> = {
  admin: staff('admin'),
  maker: staff('maker'),
  checker: staff('checker'),
  agent: staff('agent'),
  intake: { sub: 'dev-intake', kind: 'service', roles: ['intake'], org: 'hq' },
};

/** An issuer that signs with the deployment's development keys; null when the keys are not for development. */
export async function devTokenIssuer(keysFile: string): Promise<IssueDevToken | null> {
  const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as Partial<DevKeys>;
  if (keys.isDevelopment !== true || keys.tokenSigning === undefined) return null;
  const jwk = keys.tokenSigning as JWK;
  const key = await importJWK(jwk, 'EdDSA');
  const header = { alg: 'EdDSA', typ: 'JWT', kid: jwk.kid };
  return ({ sub, ...claims }) =>
    new SignJWT({ roles: [], ...claims })
      .setProtectedHeader(header)
      .setIssuer('tidegate-dev')
      .setAudience('tidegate')
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(key);
}

/** Writes one token for each of {@link DEV_PEOPLE} to a file that only its owner reads. */
export async function writeDevTokens(file: string, issue: IssueDevToken): Promise<Record<string, string>> {
  const made = await Promise.all(Object.entries(DEV_PEOPLE).map(async ([name, claims]) => [name, await issue(claims)]));
  const tokens = Object.fromEntries(made) as Record<string, string>;
  writeFileSync(file, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  return tokens;
}
