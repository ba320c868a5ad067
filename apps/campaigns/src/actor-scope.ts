import { DomainError, invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { holdsDuty, rolesOf, type Duty } from './domain/duty';
import { isUsableBy } from './domain/org-path';

/** Strategies, lists and the catalogue are the bank's own. @throws STAFF_ONLY */
export function requireStaff(actor: Actor): void {
  if (actor.kind === 'staff' || actor.kind === 'service') return;
  throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'STAFF_ONLY', message: 'This is for staff of the bank.' });
}

/** @throws STAFF_ONLY, ORG_OUT_OF_SCOPE */
export function requireWork(actor: Actor, orgPath: string): void {
  requireStaff(actor);
  requireOrgScope(actor, orgPath);
}

/**
 * Who may draft, review, publish, pause: by role and organisation. The service asks again what the gateway asked.
 * @throws STAFF_ONLY, ORG_OUT_OF_SCOPE, DUTY_NOT_HELD
 */
export function requireDuty(actor: Actor, duty: Duty, orgPath: string): void {
  requireWork(actor, orgPath);
  if (actor.kind !== 'staff' || holdsDuty(actor.roles, duty)) return;
  const roles = rolesOf(duty).join(', ');
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'DUTY_NOT_HELD',
    message: `This needs one of the roles ${roles}.`,
    metadata: { duty },
  });
}

/** Reading the catalogue: what is below the reader, and what those above set for use. @throws STAFF_ONLY, ORG_OUT_OF_SCOPE */
export function requireUse(actor: Actor, owner: string): void {
  requireStaff(actor);
  if (actor.kind === 'staff' && isUsableBy(owner, actor.orgPath)) return;
  requireOrgScope(actor, owner);
}

/** The path that a list is limited to; undefined for none. @throws STAFF_ONLY */
export function listScope(actor: Actor): string | undefined {
  requireStaff(actor);
  return actor.kind === 'staff' ? actor.orgPath : undefined;
}

/**
 * Where something new belongs: where it is said to, else where its maker does.
 * @throws VALIDATION_FAILED, STAFF_ONLY, ORG_OUT_OF_SCOPE, DUTY_NOT_HELD
 */
export function ownerOf(actor: Actor, requested: string, field: string): string {
  const orgPath = requested || actor.orgPath;
  if (orgPath === '') throw invalid([{ field, description: 'say where it belongs' }]);
  requireDuty(actor, 'draft', orgPath);
  return orgPath;
}
