import { readFileSync } from 'node:fs';
import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { DevKeys } from './dev-keys';

/** Makes a bearer token for a person or a program of the demo bank. */
export type IssueDevToken = (claims: JWTPayload & { sub: string }) => Promise<string>;

const LIFETIME = '12h';

/** An issuer that signs with the deployment's development keys. @throws Error when the keys are not for development. */
export async function devTokenIssuer(keysFile: string): Promise<IssueDevToken> {
  const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as Partial<DevKeys>;
  if (keys.isDevelopment !== true || keys.tokenSigning === undefined) {
    throw new Error(`${keysFile} holds no development keys: no tokens are issued with it.`);
  }
  const jwk = keys.tokenSigning as JWK;
  const key = await importJWK(jwk, 'EdDSA');
  const header = { alg: 'EdDSA', typ: 'JWT', kid: jwk.kid };
  return (claims) =>
    new SignJWT(claims)
      .setProtectedHeader(header)
      .setIssuer('tidegate-dev')
      .setAudience('tidegate')
      .setIssuedAt()
      .setExpirationTime(LIFETIME)
      .sign(key);
}
