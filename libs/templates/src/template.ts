/** What the variables of a text stand for. A value that is not known renders as nothing. */
export interface TemplateContext {
  readonly customer: {
    readonly externalId?: string;
    readonly stage?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  };
  /** Only where a person speaks: a human channel's script. */
  readonly agent?: { readonly name: string };
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
const CUSTOMER_FIELDS = ['customer.externalId', 'customer.stage'];
const AGENT_NAME = 'agent.name';

const isKnown = (name: string, hasAgent: boolean): boolean =>
  CUSTOMER_FIELDS.includes(name) || ATTRIBUTE.test(name) || (hasAgent && name === AGENT_NAME);

/**
 * What keeps a text from being rendered: variables that there are not, and braces without a partner.
 * @param hasAgent whether a person speaks the text, so that `{{agent.name}}` has a meaning
 */
export function templateFaults(text: string, hasAgent: boolean): TemplateFault[] {
  const faults: TemplateFault[] = [];
  for (const [, name = ''] of text.matchAll(VARIABLE)) {
    if (!isKnown(name, hasAgent)) faults.push({ code: 'VARIABLE_UNKNOWN', at: name });
  }
  const rest = text.replace(VARIABLE, '');
  const stray = rest.search(/\{\{|\}\}/);
  if (stray >= 0) faults.push({ code: 'BRACES_UNBALANCED', at: rest.slice(stray, stray + 40) });
  return faults;
}

function valueOf(name: string, context: TemplateContext): unknown {
  if (name === 'customer.externalId') return context.customer.externalId;
  if (name === 'customer.stage') return context.customer.stage;
  if (name === AGENT_NAME) return context.agent?.name;
  const key = ATTRIBUTE.exec(name)?.[1];
  const attributes = context.customer.attributes;
  return key !== undefined && attributes !== undefined && Object.hasOwn(attributes, key) ? attributes[key] : undefined;
}

/** Puts the values in, once: a value that itself looks like a variable stays text. Plain text; escape it where it is shown. */
export function renderTemplate(text: string, context: TemplateContext): string {
  return text.replace(VARIABLE, (_whole, name: string) => {
    const value = valueOf(name, context);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  });
}
