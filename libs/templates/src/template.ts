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

function valueOf(name: string, { customer, agent, fact }: TemplateContext): unknown {
  if (name === AGENT_NAME) return agent?.name;
  const field = CUSTOMER_FIELD.exec(name)?.[1];
  if (field !== undefined) return ownValue(customer, field);
  const key = ATTRIBUTE.exec(name)?.[1];
  if (key !== undefined) return ownValue(customer.attributes, key);
  const path = FACT.exec(name)?.[1];
  return path?.slice(1).split('.').reduce<unknown>(ownValue, fact);
}

/** Puts the values in, once: a value that itself looks like a variable stays text. Plain text; escape it where it is shown. */
export function renderTemplate(text: string, context: TemplateContext): string {
  return text.replace(VARIABLE, (_whole, name: string) => {
    const value = valueOf(name, context);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  });
}
