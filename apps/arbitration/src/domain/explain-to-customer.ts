import { SERVICE } from './consent';
import type { ContactRule } from './contact-policy';
import type { DecisionRecord } from './decision';
import type { Language } from './explain-words';
import type { Reason } from './reason';

/** A decision as its customer may read it. */
export interface CustomerExplanation {
  /** Why he sees it, or why nothing was offered. */
  why: string[];
  /** The rules that it was made by. */
  rules: string[];
  switchOff: string[];
}

/**
 * A decision in the customer's own words: what it looked at, which rules it was made by and how to switch it off. All of it is of the record: what
 * changed since then changes nothing of what is told. It names no other offer, no score and
 * nothing of the bank's own, and does not tell a control group from somebody whom nothing fitted.
 * Source: Personal Information Protection Law of the PRC, article 24 (automated decision-making: explain, and offer a way out).
 */
export function explainToCustomer(record: DecisionRecord, language: Language): CustomerExplanation {
  const say = WORDS[language];
  const isOffered = record.reason === 'CHOSEN';
  const why = isOffered
    ? [
        say.by[record.mode],
        record.isNonPersonalised ? say.nothingPersonal : record.modelSlot === '' ? say.profile : say.model,
        ...(record.isExploration ? [say.drawn] : []),
        ...(record.queuedUntil == null ? [] : [say.queued]),
        ...(record.retractedReason === undefined
          ? []
          : [say.retracted, ...reasonWords(record.retractedReason, language)]),
      ]
    : [say.nothing, ...reasonWords(record.reason, language)];
  return { why, rules: rulesOf(record, say), switchOff: switchOffOf(record, say) };
}

function rulesOf({ reason, purpose, contactRules = [] }: DecisionRecord, say: Words): string[] {
  const isOffered = reason === 'CHOSEN';
  return [
    ...(isOffered ? [say.agreed, say.suited] : [say.mustBe]),
    ...(purpose === SERVICE ? [] : [isOffered ? say.noComplaint : say.complaint]),
    ...contactRules.map((rule) => say.contactRules[rule]),
  ];
}

const switchOffOf = ({ purpose, isNonPersonalised }: DecisionRecord, say: Words): string[] => [
  purpose === SERVICE ? say.refuseService : say.refusePromotion,
  isNonPersonalised ? say.isNotEvaluated : say.refuseEvaluation,
  say.ask,
];

const reasonWords = (reason: string, language: Language): string[] => {
  const words = OWN_REASONS[reason as Reason];
  return words === undefined ? [] : [words[language]];
};

/** Reasons that are the customer's own doing or protect him; of the others he is told that nothing was offered. */
const OWN_REASONS: Partial<Record<Reason, Record<Language, string>>> = {
  CONSENT_MISSING: {
    zh: '您没有同意我们通过该渠道为此目的联系您。',
    en: 'You have not agreed to be contacted for this purpose on this channel.',
  },
  COMPLAINT_HOLD: {
    zh: '您有一件投诉正在处理，期间不做推荐。',
    en: 'A complaint of yours is open: nothing is promoted meanwhile.',
  },
  STAFFED_ONLY: { zh: '您希望由人工服务，我们不使用自动渠道。', en: 'You asked to be served by people.' },
  ELDER_PROTECTED: {
    zh: '为保护老年客户，我们不使用该自动渠道。',
    en: 'This automated channel is not used for elder customers.',
  },
  NOT_SUITABLE: { zh: '该产品不适合您的风险承受情况。', en: 'It would not have suited you.' },
  SUPPRESSED: {
    zh: '您此前的反馈让我们暂停了同类推荐。',
    en: 'You answered something alike before, so we let it rest.',
  },
  QUIET_HOURS: { zh: '当时处于免打扰时段。', en: 'It was a time at which we do not disturb you.' },
  CONTACT_LIMIT_OVERALL: { zh: '我们已达到联系您的次数上限。', en: 'We had contacted you as often as we may.' },
  CONTACT_LIMIT_CHANNEL: { zh: '我们已达到联系您的次数上限。', en: 'We had contacted you as often as we may.' },
  CONTACT_LIMIT_GROUP: { zh: '我们已达到联系您的次数上限。', en: 'We had contacted you as often as we may.' },
};

interface Words {
  by: Record<DecisionRecord['mode'], string>;
  nothingPersonal: string;
  profile: string;
  model: string;
  drawn: string;
  queued: string;
  retracted: string;
  nothing: string;
  agreed: string;
  suited: string;
  mustBe: string;
  noComplaint: string;
  complaint: string;
  contactRules: Record<ContactRule, string>;
  refusePromotion: string;
  refuseService: string;
  refuseEvaluation: string;
  isNotEvaluated: string;
  ask: string;
}

const WORDS: Record<Language, Words> = {
  en: {
    by: {
      pull: 'You see this because you came to us, and of what we may offer you now this fitted best.',
      push: 'You see this because we looked for customers whom this may be useful to.',
      moment:
        'You see this because something happened with your account, or a date of yours has come, at which this may be useful.',
    },
    nothingPersonal: 'Nothing personal was used to choose it among what we may offer you.',
    profile: 'We looked at what you told us and at how you use your accounts with us.',
    model: 'A computer model estimated from what we know of you how useful it may be to you.',
    drawn: 'It was drawn at random among what we may offer you.',
    queued: 'It waits until the time at which we do not disturb you is over.',
    retracted: 'We stopped it afterwards, as far as it had not reached you yet.',
    nothing: 'Nothing was offered to you.',
    agreed: 'You had agreed to be contacted for this purpose on this channel.',
    suited: 'It had to be meant for you and to suit you.',
    mustBe:
      'What is offered must be meant for you, must suit you, and must be for a purpose and on a channel that you agreed to.',
    noComplaint: 'No complaint of yours was open: nothing is promoted while one is.',
    complaint: 'Nothing is promoted while a complaint of yours is open.',
    contactRules: {
      limits: 'Limits on how often you are contacted were in force, and were kept.',
      quiet_hours: 'Hours at which you are not disturbed were in force, and were kept.',
    },
    refusePromotion:
      'In the app, under your consents, you can refuse promotion on one channel or on all: it holds at once.',
    refuseService:
      'This is a message of service, not of promotion: in the app, under your consents, you can refuse those on one channel or on all.',
    refuseEvaluation:
      'There you can also refuse personal evaluation (profiling): offers are then ranked without looking at you.',
    isNotEvaluated: 'Personal evaluation (profiling) was switched off for it: there you can leave it so, or allow it.',
    ask: 'You may ask any of our people about it, or file a complaint in the app.',
  },
  zh: {
    by: {
      pull: '您看到这条内容，是因为您正在使用我们的服务，而它是当前可以向您推荐的内容中最合适的。',
      push: '您看到这条内容，是因为我们认为它可能对您有用。',
      moment: '您看到这条内容，是因为您的账户有了变化，或您的一个重要日期到了，此时它可能对您有用。',
    },
    nothingPersonal: '在可以向您推荐的内容中选择它时，没有使用您的个人特征。',
    profile: '我们参考了您提供的信息和您在我行的使用情况。',
    model: '计算机模型根据我们了解的情况，估计了它对您的有用程度。',
    drawn: '它是在可以向您推荐的内容中随机抽取的。',
    queued: '它将在免打扰时段结束后发出。',
    retracted: '此后我们停止了这条内容，尚未发给您的不再发出。',
    nothing: '这次没有向您推荐任何内容。',
    agreed: '您当时已同意我们为此目的、通过该渠道联系您。',
    suited: '该内容必须面向您，并且适合您。',
    mustBe: '推荐的内容必须面向您、适合您，并且符合您同意的目的和渠道。',
    noComplaint: '您当时没有正在处理的投诉；投诉处理期间，不向您做推荐。',
    complaint: '您的投诉处理期间，不向您做推荐。',
    contactRules: {
      limits: '当时有联系次数上限，我们遵守了该上限。',
      quiet_hours: '当时有免打扰时段，我们遵守了该时段。',
    },
    refusePromotion: '您可以在手机银行的“授权管理”中关闭某个渠道或全部渠道的推荐，立即生效。',
    refuseService: '这是服务通知，不是推荐：您可以在手机银行的“授权管理”中关闭某个渠道或全部渠道的服务通知。',
    refuseEvaluation: '您也可以在那里拒绝个性化分析，此后推荐不再参考您的个人特征。',
    isNotEvaluated: '这次没有使用个性化分析：您可以在那里继续关闭，或重新允许。',
    ask: '您可以向我行任何工作人员询问，或在手机银行提出投诉。',
  },
};
