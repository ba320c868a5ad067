import type { Actor } from '@tidegate/observability';
import type { JWTPayload } from 'jose';
import { unauthenticated } from './access-errors';

/** A token's holder and how long it may act. */
export interface TokenHolder {
  actor: Actor;
  expiresAt: Date;
}

const KINDS: readonly string[] = ['staff', 'customer', 'service'];
const ROLES_MAX = 50;
const NAME = /^[\x21-\x7e]{1,128}$/;
const ORG_PATH = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}(\/[A-Za-z0-9][A-Za-z0-9_.-]{0,63}){0,7}$/;

/**
 * Reads who the holder is from verified claims: sub, kind (staff, customer or service), roles, org (staff).
 * @throws TOKEN_CLAIMS_INVALID
 */
export function holderOf(claims: JWTPayload): TokenHolder {
  const { sub, exp, kind, roles = [], org = '' } = claims as JWTPayload & Record<'kind' | 'roles' | 'org', unknown>;
  if (typeof sub !== 'string' || !NAME.test(sub)) throw claimsInvalid('sub');
  if (typeof exp !== 'number') throw claimsInvalid('exp');
  if (typeof kind !== 'string' || !KINDS.includes(kind)) throw claimsInvalid('kind');
  if (!Array.isArray(roles) || roles.length > ROLES_MAX || !roles.every((role) => NAME.test(String(role)))) {
    throw claimsInvalid('roles');
  }
  const hasOrg = typeof org === 'string' && ORG_PATH.test(org);
  if (kind === 'staff' ? !hasOrg : org !== '' && !hasOrg) throw claimsInvalid('org');
  const actor = { id: sub, kind: kind as Actor['kind'], roles: roles.map(String), orgPath: String(org) };
  return { actor, expiresAt: new Date(exp * 1000) };
}

const claimsInvalid = (claim: string) =>
  unauthenticated('TOKEN_CLAIMS_INVALID', `The token's claim ${claim} is missing or not as it should be.`);
