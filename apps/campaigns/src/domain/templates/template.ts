import type { Rule } from '@tidegate/rules';
import type { ActionDraft, Treatment } from '../action';
import type { MomentRule } from '../moment-rule';
import type { ScriptDraft } from '../script';
import type { StrategyContent } from '../strategy';
import type { EvaluationPlan, Scenario } from '../strategy-map';

/** A text that speaks of a benefit which can be claimed, and what stands in its place where the maker names no stock. */
export interface GiftText {
  withGift: string;
  /** Empty: nothing. */
  plain: string;
}
export type TemplateText = string | GiftText;

/** A script of a template, by the key that its actions name it by. */
export interface TemplateScript extends Pick<ScriptDraft, 'title' | 'nextStep'> {
  key: string;
  opening: TemplateText;
  talkingPoints: TemplateText[];
  objections: { objection: string; answer: TemplateText }[];
}

/** `scriptKey` in place of a script's id; the queue and the benefit are the maker's to say. */
export interface TemplateTreatment extends Pick<Treatment, 'channel' | 'title'> {
  body: TemplateText;
  scriptKey?: string;
  /** The maker's benefit stock is shown with it, for the customer to claim from; as with all that speaks of a gift. */
  hasBenefit?: boolean;
  contextWeight?: number;
}

export interface TemplateAction extends Pick<ActionDraft, 'name' | 'issue' | 'group' | 'valueMinor' | 'purpose'> {
  key: string;
  eligibility?: Rule;
  applicability?: Rule;
  treatments: TemplateTreatment[];
}

export type TemplateMoment = Partial<MomentRule> & Pick<MomentRule, 'ruleId' | 'kind'> & { actionKeys: string[] };

/** A ready pattern of work 标准作业模式: what a bank does for such customers, with the idea behind it. */
export interface StrategyTemplate {
  templateId: string;
  name: string;
  /** Why it works, in the words of the field. */
  idea: string;
  scenario: Scenario;
  productId: string;
  /** Customer attributes and facts that it relies on. */
  needs: string[];
  /** Whom it is for; null where moments pick the customers. */
  segment: { name: string; rule: Rule } | null;
  channels: string[];
  scripts: TemplateScript[];
  actions: TemplateAction[];
  moments: TemplateMoment[];
  holdoutBasisPoints: number;
  evaluationPlan: Omit<EvaluationPlan, 'reviewAt'>;
}

/** What the maker says; the rest is the template's. */
export interface TemplateOrder {
  strategyId: string;
  name: string;
  orgPath: string;
  queue: string;
  /** Empty: the texts speak of no gift. */
  benefitStockId: string;
  currency: string;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** A draft and everything that it refers to. */
export interface TemplateDraft {
  segment: { segmentId: string; name: string; rule: Rule } | null;
  scripts: ScriptDraft[];
  actions: ActionDraft[];
  content: StrategyContent;
}
