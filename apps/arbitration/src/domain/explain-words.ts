import type { Reason } from './reason';

/** Languages that a decision can be told in. */
export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each reason code says of a candidate, to be read after its name. */
export const REASON_WORDS: Record<Reason, Record<Language, string>> = {
  CHOSEN: { zh: '被选中', en: 'was chosen' },
  STRATEGY_NOT_ACTIVE: { zh: '策略未生效或不在有效期内', en: 'its strategy was not in force' },
  ORG_OUT_OF_SCOPE: {
    zh: '客户不属于名单所属机构',
    en: 'the customer belongs to another part of the organisation than the list',
  },
  PAST_FACTS_UNKNOWN: {
    zh: '规则所统计的历史事件尚未完整',
    en: 'the past facts that its rules count are not all known',
  },
  NOT_IN_AUDIENCE: { zh: '客户不在策略客群内', en: "the customer is outside the strategy's segment" },
  NOT_ELIGIBLE: { zh: '不符合资格规则', en: 'the customer is not eligible' },
  NOT_APPLICABLE: { zh: '当前不适用', en: 'it does not apply now' },
  NOT_SUITABLE: { zh: '不符合适当性要求', en: 'it does not suit the customer' },
  CONSENT_MISSING: { zh: '客户未授权该用途和渠道', en: 'the customer has not agreed to this purpose on this channel' },
  COMPLAINT_HOLD: { zh: '客户有未结投诉，暂停营销', en: 'a complaint is open, so promotion rests' },
  STAFFED_ONLY: { zh: '客户要求人工服务，不使用自动渠道', en: 'the customer asked to be served by people' },
  ELDER_PROTECTED: { zh: '老年客户不使用该自动渠道', en: 'this automated channel is not used for elders' },
  HOLDOUT_GLOBAL: { zh: '客户在全局对照组', en: 'the customer is in the global control group' },
  HOLDOUT_STRATEGY: { zh: '客户在本策略对照组', en: "the customer is in the strategy's control group" },
  SUPPRESSED: { zh: '因客户此前的反馈而暂停', en: 'it rests after how the customer answered before' },
  QUIET_HOURS: { zh: '渠道处于免打扰时段', en: 'the channel is in its quiet hours' },
  BENEFIT_EXHAUSTED: { zh: '权益批次已领完或不在领取期', en: 'its benefit has run out or cannot be claimed now' },
  CONTACT_LIMIT_OVERALL: { zh: '已达总触达上限', en: 'the limit of all contacts is reached' },
  CONTACT_LIMIT_CHANNEL: { zh: '已达该渠道触达上限', en: "the channel's limit of contacts is reached" },
  CONTACT_LIMIT_GROUP: { zh: '已达该产品组触达上限', en: "the product group's limit of contacts is reached" },
  HUMAN_CHANNEL_BUSY: { zh: '已有人工正在跟进该客户', en: 'a person already works with the customer' },
  CAPACITY_EXHAUSTED: { zh: '人工产能已用完', en: 'nobody had time left for it' },
  QUOTA_EXHAUSTED: { zh: '额度已用完', en: 'the quota is used up' },
  PUSH_LIMIT_EXHAUSTED: { zh: '本次推送的数量上限已用完', en: 'a limit of this push leaves no room' },
  BUDGET_EXHAUSTED: { zh: '本次推送的预算不足', en: 'the budget of this push does not pay for it' },
  OUTRANKED: { zh: '优先级低于被选中的举措', en: 'something else ranked higher' },
  PUSH_CANCELLED: { zh: '推送在发出前已取消', en: 'its push was cancelled before it went out' },
};

/** Of a name list's member of whom nothing is known. */
export const UNKNOWN_WORDS: Record<Language, string> = {
  zh: '平台没有该客户的决策信息',
  en: 'nothing is known of the customer',
};
