import { notFound } from '@tidegate/errors';
import { BIG_OUTFLOW, BIRTHDAY, CARD_NOT_ACTIVATED } from './event-templates';
import { FIRST_CONTACT, HONEYMOON_WAVES, WIN_BACK } from './lifecycle-templates';
import { MATURITY, PAYROLL } from './product-templates';
import type { StrategyTemplate } from './template';

/** All templates 标准作业模式, in the order of a customer's life. */
export const TEMPLATES: readonly StrategyTemplate[] = [
  FIRST_CONTACT,
  HONEYMOON_WAVES,
  CARD_NOT_ACTIVATED,
  PAYROLL,
  MATURITY,
  BIRTHDAY,
  BIG_OUTFLOW,
  WIN_BACK,
];

/** @throws TEMPLATE_NOT_FOUND */
export function templateOf(templateId: string): StrategyTemplate {
  const template = TEMPLATES.find((each) => each.templateId === templateId);
  if (template === undefined) throw notFound('TEMPLATE_NOT_FOUND', 'There is no such template.', { templateId });
  return template;
}
