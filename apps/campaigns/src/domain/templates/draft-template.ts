import { isHumanChannel } from '../channel';
import type { ActionDraft, Treatment } from '../action';
import type { MomentRule } from '../moment-rule';
import type { ScriptDraft } from '../script';
import type {
  StrategyTemplate,
  TemplateAction,
  TemplateDraft,
  TemplateMoment,
  TemplateOrder,
  TemplateScript,
  TemplateText,
  TemplateTreatment,
} from './template';

const LEVER_NEUTRAL = 100;
const DAY_MS = 86_400_000;

/** Everything a template makes, under ids that begin with the strategy's, so that two drafts of one template do not meet. */
export function draftTemplate(template: StrategyTemplate, order: TemplateOrder): TemplateDraft {
  const idOf = idIn(order);
  const segment = template.segment && { segmentId: idOf('segment'), ...template.segment };
  const { evaluationPlan: plan, scenario, productId, channels, holdoutBasisPoints, templateId } = template;
  const judgedAt = order.endsAt && new Date(order.endsAt.getTime() + plan.windowDays * DAY_MS);
  return {
    segment,
    scripts: template.scripts.map((script) => scriptOf(script, order, idOf)),
    actions: template.actions.map((action) => actionOf(action, template, order)),
    content: {
      name: order.name || template.name,
      segmentId: segment?.segmentId ?? '',
      actionIds: template.actions.map(({ key }) => idOf(key)),
      channels,
      momentRules: template.moments.map((moment) => momentOf(moment, idOf)),
      holdoutBasisPoints,
      explorationBasisPoints: 0,
      startsAt: order.startsAt,
      endsAt: order.endsAt,
      quota: 0,
      scenario,
      productId,
      cells: [],
      quotaUses: [],
      evaluationPlan: { ...plan, reviewAt: judgedAt },
      templateId,
    },
  };
}

const idIn =
  ({ strategyId }: TemplateOrder) =>
  (key: string): string =>
    `${strategyId}-${key}`;

/** Nobody is told of a gift that there is not. */
const said = (text: TemplateText, { benefitStockId }: TemplateOrder): string =>
  typeof text === 'string' ? text : benefitStockId === '' ? text.plain : text.withGift;

function scriptOf(
  { key, opening, talkingPoints, objections, ...script }: TemplateScript,
  order: TemplateOrder,
  idOf: (key: string) => string,
): ScriptDraft {
  return {
    ...script,
    scriptId: idOf(key),
    orgPath: order.orgPath,
    opening: said(opening, order),
    talkingPoints: talkingPoints.map((text) => said(text, order)).filter((text) => text !== ''),
    objections: objections.map(({ objection, answer }) => ({ objection, answer: said(answer, order) })),
  };
}

function actionOf(
  { key, treatments, eligibility, applicability, ...action }: TemplateAction,
  template: StrategyTemplate,
  order: TemplateOrder,
): ActionDraft {
  return {
    ...action,
    actionId: idIn(order)(key),
    treatments: treatments.map((treatment) => treatmentOf(treatment, template, order)),
    currency: order.currency,
    leverPercent: LEVER_NEUTRAL,
    eligibility: eligibility ?? null,
    applicability: applicability ?? null,
    suitability: null,
    modelSlot: '',
    orgPath: order.orgPath,
  };
}

function treatmentOf(treatment: TemplateTreatment, template: StrategyTemplate, order: TemplateOrder): Treatment {
  const { channel, title, body, scriptKey, hasBenefit = false, contextWeight = 1 } = treatment;
  const script = template.scripts.find(({ key }) => key === scriptKey);
  // What speaks of a gift is not offered once there is none left.
  const goesWithStock =
    hasBenefit || speaksOfGift(body) || (script !== undefined && textsOf(script).some(speaksOfGift));
  return {
    channel,
    title,
    body: said(body, order),
    scriptId: scriptKey === undefined ? '' : idIn(order)(scriptKey),
    queue: isHumanChannel(channel) ? order.queue : '',
    benefitStockId: goesWithStock ? order.benefitStockId : '',
    contextWeight,
  };
}

const speaksOfGift = (text: TemplateText): boolean => typeof text !== 'string';
const textsOf = ({ opening, talkingPoints, objections }: TemplateScript): TemplateText[] => [
  opening,
  ...talkingPoints,
  ...objections.map(({ answer }) => answer),
];

const momentOf = ({ actionKeys, ...moment }: TemplateMoment, idOf: (key: string) => string): MomentRule => ({
  factType: '',
  condition: null,
  dateField: '',
  offsetDays: 0,
  isYearly: false,
  cooldownDays: 0,
  maxAgeSeconds: 0,
  ...moment,
  actionIds: actionKeys.map(idOf),
});
