import { LETS_OUT, OUTFLOW_FACTS } from './outflow';
import type { StrategyTemplate } from './template';

const YUAN = 100;
/** From here on an outflow is worth a person’s call. */
const LARGE_OUTFLOW_YUAN = 50_000;

/** Birthday 生日关怀: care first, no sale. */
export const BIRTHDAY: StrategyTemplate = {
  templateId: 'birthday',
  name: '生日关怀',
  idea:
    '情感关怀：在客户生日、纪念日自动触发“专属利率券+手写贺卡（邮寄）”，提升情感粘性。A birthday is for care: one message with a small gift, no product. It counts as marketing all ' +
    'the same and keeps to consent.',
  scenario: { kind: 'event', name: 'birthday' },
  productId: 'care',
  needs: ['birth_date'],
  segment: null,
  channels: ['app', 'sms'],
  scripts: [],
  actions: [
    {
      key: 'greeting',
      name: '生日关怀',
      issue: 'care',
      group: 'care',
      valueMinor: 10 * YUAN,
      purpose: 'marketing',
      treatments: [
        {
          channel: 'app',
          title: '生日快乐',
          body: { withGift: '祝您生日快乐，专属生日礼遇可领取，点击查看。', plain: '祝您生日快乐，愿您事事顺心。' },
          hasBenefit: true,
        },
        {
          channel: 'sms',
          title: '',
          body: {
            withGift: '祝您生日快乐，专属生日礼遇可在手机银行领取。拒收请回复R',
            plain: '祝您生日快乐，愿您事事顺心。拒收请回复R',
          },
        },
      ],
    },
  ],
  moments: [
    { ruleId: 'birthday', kind: 'date_relative', dateField: 'birth_date', isYearly: true, actionKeys: ['greeting'] },
  ],
  holdoutBasisPoints: 1_000,
  evaluationPlan: { successOutcome: 'clicked', windowDays: 14, minGroupSize: 500, expectedLiftBasisPoints: 50 },
};

/** Card not activated 未激活卡: a machine reminds many, at little cost. */
export const CARD_NOT_ACTIVATED: StrategyTemplate = {
  templateId: 'card-not-activated',
  name: '信用卡未激活唤醒',
  idea:
    '转化端：运用智能外呼机器人，对信用卡未激活客户进行“权益唤醒+个性化推荐”，转化率较人工提升显著；机器做规模，人工做利润。Seven days after the card was sent out, whoever has not ' +
    'activated it hears what waits for him; the machine does the volume.',
  scenario: { kind: 'event', name: 'card-not-activated' },
  productId: 'credit-card',
  needs: ['attributes.cardIssuedAt', 'attributes.cardActivatedAt'],
  segment: null,
  channels: ['app', 'voice_bot', 'sms'],
  scripts: [
    {
      key: 'wake-up',
      title: '卡片激活提醒（机器人）',
      opening: {
        withGift: '您好，这里是银行智能客服。您申请的卡片已寄出，现在激活可领取首刷礼遇。',
        plain: '您好，这里是银行智能客服。您申请的卡片已寄出，激活后即可使用。',
      },
      talkingPoints: [
        '激活方式：打开手机银行，点击“卡片激活”，两分钟完成。',
        { withGift: '首刷礼遇以活动规则为准。', plain: '' },
      ],
      objections: [
        { objection: '没收到卡', answer: '我帮您登记查询寄送进度，稍后短信告诉您。' },
        { objection: '不需要了', answer: '好的，不再打扰您。如需注销可在手机银行办理。' },
      ],
      nextStep: '客户表示没收到卡的，转人工查询寄送。',
    },
  ],
  actions: [
    {
      key: 'activate',
      name: '卡片激活',
      issue: 'activation',
      group: 'cards',
      valueMinor: 60 * YUAN,
      purpose: 'marketing',
      applicability: { not: { field: 'attributes.cardActivatedAt', op: 'exists', value: true } },
      treatments: [
        {
          channel: 'app',
          title: '您的新卡等您激活',
          body: { withGift: '两分钟完成激活，首刷礼遇可领取。', plain: '两分钟完成激活，即刻可用。' },
          hasBenefit: true,
        },
        { channel: 'voice_bot', title: '卡片激活提醒', body: '', scriptKey: 'wake-up' },
        {
          channel: 'sms',
          title: '',
          body: {
            withGift: '您的新卡尚未激活，打开手机银行两分钟完成，首刷礼遇可领取。拒收请回复R',
            plain: '您的新卡尚未激活，打开手机银行两分钟完成。拒收请回复R',
          },
        },
      ],
    },
  ],
  moments: [
    {
      ruleId: 'seven-days',
      kind: 'date_relative',
      dateField: 'attributes.cardIssuedAt',
      offsetDays: 7,
      condition: { not: { field: 'attributes.cardActivatedAt', op: 'exists', value: true } },
      actionKeys: ['activate'],
    },
  ],
  holdoutBasisPoints: 1_000,
  evaluationPlan: { successOutcome: 'converted', windowDays: 14, minGroupSize: 300, expectedLiftBasisPoints: 400 },
};

/** Big outflow 大额流出: a person calls within the hour. */
export const BIG_OUTFLOW: StrategyTemplate = {
  templateId: 'big-outflow',
  name: '大额资金流出 MOT',
  idea:
    'MOT实时事件在策略营销中的重要作用：流失预警要在关键时刻。A large outflow is the customer’s own word that something changes: somebody asks the same day, first whether all is in order, then ' +
    'what the money is for. Old facts are no reason to call.',
  scenario: { kind: 'event', name: 'large-outflow' },
  productId: 'retention-talk',
  needs: [OUTFLOW_FACTS],
  segment: null,
  channels: ['remote_bank', 'branch', 'app'],
  scripts: [
    {
      key: 'outflow-call',
      title: '大额流出关怀',
      opening: '您好，我是{{agent.name}}，看到您刚有一笔较大金额转出，先和您确认是不是您本人操作。',
      talkingPoints: [
        '先核实安全：非本人操作立即协助冻结。',
        '是本人操作的，感谢配合，问是否还有资金安排可以帮忙。',
        '不追问用途，客户愿意说再记录。',
      ],
      objections: [
        { objection: '不用你们管', answer: '明白，只是核实资金安全，打扰您了。' },
        { objection: '别家给得高', answer: '谢谢您告诉我，我把您看重的记下来，有合适的再联系您。' },
      ],
      nextStep: '非本人操作按应急流程处理；有回流意向的约时间。',
    },
  ],
  actions: [
    {
      key: 'ask-today',
      name: '大额流出当日回访',
      issue: 'retention',
      group: 'care',
      valueMinor: 500 * YUAN,
      purpose: 'marketing',
      treatments: [
        { channel: 'remote_bank', title: '大额流出回访', body: '', scriptKey: 'outflow-call', contextWeight: 2 },
        { channel: 'branch', title: '大额流出回访', body: '', scriptKey: 'outflow-call', contextWeight: 1.5 },
        { channel: 'app', title: '资金变动提醒', body: '您有一笔较大金额转出，如需协助请联系专属客户经理。' },
      ],
    },
  ],
  moments: [
    {
      ruleId: 'large-outflow',
      kind: 'threshold',
      factType: 'transaction',
      condition: {
        all: [
          { field: 'event.operation', ...LETS_OUT },
          { field: 'event.amountMinor', op: 'gte', value: LARGE_OUTFLOW_YUAN * YUAN },
        ],
      },
      cooldownDays: 7,
      maxAgeSeconds: 86_400,
      actionKeys: ['ask-today'],
    },
  ],
  holdoutBasisPoints: 500,
  evaluationPlan: { successOutcome: 'accepted', windowDays: 30, minGroupSize: 100, expectedLiftBasisPoints: 500 },
};
