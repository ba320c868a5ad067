/** What the variables of a text stand for. A value that is not known renders as nothing. */
export interface TemplateContext {
  readonly customer: {
    readonly externalId?: string;
    readonly orgPath?: string;
    readonly stage?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  };
  /** Only where a person speaks: a human channel's script. */
  readonly agent?: { readonly name: string };
  /** Only where a fact may be the reason: the text of a treatment. */
  readonly fact?: Readonly<Record<string, unknown>>;
}

/** What a text may name. */
export interface TemplateScope {
  /** False where others read what is said to the customer: at a merchant's till. */
  hasCustomer?: boolean;
  hasAgent?: boolean;
  hasFact?: boolean;
}

/** One thing wrong with a text. */
export interface TemplateFault {
  code: 'VARIABLE_UNKNOWN' | 'BRACES_UNBALANCED';
  /** The variable, or the text from the stray braces on. */
  at: string;
}

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;
// The same keys as in a rule's attributes.<key>.
const ATTRIBUTE = /^customer\.attributes\.([\p{L}_][\p{L}\p{N}_.-]{0,63})$/u;
const CUSTOMER_FIELD = /^customer\.(externalId|orgPath|stage)$/;
const FACT = /^fact((?:\.[A-Za-z_][A-Za-z0-9_-]*){1,5})$/;
const AGENT_NAME = 'agent.name';

const isKnown = (name: string, { hasCustomer = true, hasAgent = false, hasFact = false }: TemplateScope): boolean =>
  (hasCustomer && (CUSTOMER_FIELD.test(name) || ATTRIBUTE.test(name))) ||
  (hasAgent && name === AGENT_NAME) ||
  (hasFact && FACT.test(name));

/** What keeps a text from being rendered: variables that there are not, and braces without a partner. */
export function templateFaults(text: string, scope: TemplateScope = {}): TemplateFault[] {
  const faults: TemplateFault[] = [];
  for (const [, name = ''] of text.matchAll(VARIABLE)) {
    if (!isKnown(name, scope)) faults.push({ code: 'VARIABLE_UNKNOWN', at: name });
  }
  const rest = text.replace(VARIABLE, '');
  const stray = rest.search(/\{\{|\}\}/);
  if (stray >= 0) faults.push({ code: 'BRACES_UNBALANCED', at: rest.slice(stray, stray + 40) });
  return faults;
}

const ownValue = (object: unknown, key: string): unknown =>
  typeof object === 'object' && object !== null && Object.hasOwn(object, key)
    ? (object as Record<string, unknown>)[key]
    : undefined;

type Read = (context: TemplateContext) => unknown;

/** What is text, and what is read of one customer, in turn. */
type Part = string | Read;

function readerOf(name: string): Read {
  if (name === AGENT_NAME) return ({ agent }) => agent?.name;
  const field = CUSTOMER_FIELD.exec(name)?.[1];
  if (field !== undefined) return ({ customer }) => ownValue(customer, field);
  const key = ATTRIBUTE.exec(name)?.[1];
  if (key !== undefined) return ({ customer }) => ownValue(customer.attributes, key);
  const path = FACT.exec(name)?.[1]?.slice(1).split('.');
  return path === undefined ? () => undefined : ({ fact }) => path.reduce<unknown>(ownValue, fact);
}

/** Texts are few and rendered for many. */
const TEXTS_MAX = 1_000;
const known = new Map<string, readonly Part[]>();

function partsOf(text: string): readonly Part[] {
  let parts = known.get(text);
  if (parts === undefined) {
    // With one group, text and names of variables come in turn.
    parts = text.split(VARIABLE).map((part, index) => (index % 2 === 0 ? part : readerOf(part)));
    if (known.size >= TEXTS_MAX) known.clear();
    known.set(text, parts);
  }
  return parts;
}

/** Puts the values in, once: a value that itself looks like a variable stays text. Plain text; escape it where it is shown. */
export function renderTemplate(text: string, context: TemplateContext): string {
  let rendered = '';
  for (const part of partsOf(text)) rendered += typeof part === 'string' ? part : shown(part(context));
  return rendered;
}

const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
