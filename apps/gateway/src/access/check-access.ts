import type { Actor } from '@tidegate/observability';
import { denied } from './access-errors';
import type { AccessRule } from './access-rules';

/** @throws CALLER_KIND_NOT_ALLOWED, ROLE_MISSING */
export function checkAccess(rule: AccessRule, actor: Actor): void {
  if (!rule.kinds.includes(actor.kind)) {
    throw denied('CALLER_KIND_NOT_ALLOWED', `This is for callers of kind ${rule.kinds.join(' or ')}.`);
  }
  if (rule.roles && !rule.roles.some((role) => actor.roles.includes(role))) {
    throw denied('ROLE_MISSING', `This needs one of the roles ${rule.roles.join(', ')}.`);
  }
}

/**
 * What is the whole bank's and has no organisation path of its own.
 * @throws HEAD_OFFICE_ONLY
 */
export function requireHeadOffice(actor: Actor): void {
  if (actor.orgPath !== '' && !actor.orgPath.includes('/')) return;
  throw denied('HEAD_OFFICE_ONLY', 'Only the head office may do this.');
}
