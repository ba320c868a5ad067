import { DomainError } from '@tidegate/errors';

/** The caller did not prove who it is. */
export const unauthenticated = (reason: string, message: string, cause?: unknown): DomainError =>
  new DomainError({ code: 'UNAUTHENTICATED', reason, message, cause });

/** The caller is known and may not do this. */
export const denied = (reason: string, message: string): DomainError =>
  new DomainError({ code: 'PERMISSION_DENIED', reason, message });
