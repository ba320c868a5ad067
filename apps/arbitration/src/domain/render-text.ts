import { renderTemplate } from '@tidegate/templates';
import type { CustomerFacts } from './customer-state';

const TEXT_MAX = 4_000;

/** What a text may name. */
export interface RenderScope {
  customer: Partial<Pick<CustomerFacts, 'externalId' | 'orgPath' | 'stage' | 'attributes'>>;
  fact: Readonly<Record<string, unknown>>;
}

/** Where others than the customer and the bank read the text: a merchant's till. */
const OVERHEARD_CHANNEL = 'merchant';

/** What a text on a channel may say: where others read it, nothing of the customer, whatever it names. */
export const scopeOf = (channel: string, scope: RenderScope): RenderScope =>
  channel === OVERHEARD_CHANNEL ? { ...scope, customer: {} } : scope;

/** A treatment's text for one customer, by the same rules that checked it when it was written; cut where it would grow too long. */
export const renderText = (text: string, scope: RenderScope): string =>
  text.includes('{{') ? renderTemplate(text, scope).slice(0, TEXT_MAX) : text;
