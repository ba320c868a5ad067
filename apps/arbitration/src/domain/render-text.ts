import type { CustomerFacts } from './customer-state';

const VARIABLE = /\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g;
const TEXT_MAX = 4_000;

/** What a text may name. */
export interface RenderScope {
  customer: Pick<CustomerFacts, 'externalId' | 'orgPath' | 'stage' | 'attributes'>;
  fact: Readonly<Record<string, unknown>>;
}

/**
 * Puts `{{customer.externalId}}`, `{{customer.attributes.city}}`, `{{fact.amount}}` into a text, once: what is put in is never read as a
 * variable again. A variable without a value leaves nothing behind.
 */
export const renderText = (text: string, scope: RenderScope): string =>
  text.includes('{{') ? text.replace(VARIABLE, (_, path: string) => valueOf(path, scope)).slice(0, TEXT_MAX) : text;

function valueOf(path: string, scope: RenderScope): string {
  const [root, ...rest] = path.split('.');
  if (root === 'fact') return textOf(walk(scope.fact, rest));
  if (root !== 'customer') return '';
  // An attribute's own name may hold dots.
  if (rest[0] === 'attributes') return textOf(ownValue(scope.customer.attributes, rest.slice(1).join('.')));
  return rest[0] === 'externalId' || rest[0] === 'orgPath' || rest[0] === 'stage' ? scope.customer[rest[0]] : '';
}

const walk = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isObject(inner) ? ownValue(inner, key) : undefined), value);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const ownValue = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
