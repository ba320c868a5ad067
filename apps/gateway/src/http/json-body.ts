import { isUtf8 } from 'node:buffer';
import { DomainError } from '@tidegate/errors';

/** Deeper objects would pass the limit of what protobuf readers follow. */
export const JSON_DEPTH_MAX = 20;
const DANGEROUS_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body that every later step can rely on: UTF-8, bounded depth, finite numbers, no keys that reach
 * prototypes, no NUL in keys. An empty body is undefined.
 * @throws MALFORMED_JSON
 */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw malformed('The body is not UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw malformed('The body is not JSON.');
  }
  requireSafe(value);
  return value;
}

// With its own stack: a caller chooses the depth.
function requireSafe(root: unknown): void {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, depth } = top;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= JSON_DEPTH_MAX) throw malformed(`The body is nested deeper than ${JSON_DEPTH_MAX} levels.`);
    for (const key in value) {
      if (DANGEROUS_KEYS.has(key) || key.includes('\0')) throw malformed('The body has a key that is not allowed.');
      const child = (value as Record<string, unknown>)[key];
      if (typeof child === 'number' && !Number.isFinite(child)) throw malformed('A number is too large.');
      if (typeof child === 'object') stack.push({ value: child, depth: depth + 1 });
    }
  }
}

const malformed = (message: string): DomainError =>
  new DomainError({ code: 'INVALID_ARGUMENT', reason: 'MALFORMED_JSON', message });
