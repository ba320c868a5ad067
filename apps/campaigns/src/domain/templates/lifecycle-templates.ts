import type { Rule } from '@tidegate/rules';
import type { GiftText, StrategyTemplate } from './template';

const YUAN = 100;
const balance = (op: 'lt' | 'gte', yuan: number): Rule => ({ field: 'balanceMinor', op, value: yuan * YUAN });
/** A customer of whom no balance is known stands at the first step. */
const below = (yuan: number): Rule => ({ not: balance('gte', yuan) });

/** First contact 首面: must-do and may-do of the first visit, in the hall and online. */
export const FIRST_CONTACT: StrategyTemplate = {
  templateId: 'first-contact',
  name: '厅堂首面经营',
  idea:
    '抓“厅堂首面”，促首面经营：首面经营要做到必做+选做，线上线下联动，把开户当天的“断点”连起来。The first meeting decides whether the bank is the one the ' +
    'customer asks first (首问行): the branch does the must-do items face to face, WeCom keeps the thread the same day, the app picks up what was left undone.',
  scenario: { kind: 'lifecycle', name: 'first_contact' },
  productId: 'first-contact-package',
  needs: ['stage first_contact'],
  segment: { name: '首面客户', rule: { field: 'stage', op: 'eq', value: 'first_contact' } },
  channels: ['branch', 'wecom', 'app'],
  scripts: [
    {
      key: 'welcome',
      title: '首面必做与选做',
      opening: '您好，我是{{agent.name}}，感谢您选择我们。今天帮您把常用的几件事一次办好。',
      talkingPoints: [
        '必做：手机银行激活并登录一次，绑定常用支付方式。',
        '必做：添加企业微信，今后有问题先找我。',
        '选做：工资、水电缴费等常用场景的绑定。',
        '选做：了解您近期的资金安排，预约下一次沟通。',
      ],
      objections: [
        { objection: '今天赶时间', answer: '理解，我先帮您完成手机银行登录，其余的在企业微信上约您方便的时间。' },
        { objection: '不想加微信', answer: '没关系，手机银行里也能找到我，您需要时再联系。' },
      ],
      nextStep: '当日登记必做项完成情况，三日内企业微信回访。',
    },
  ],
  actions: [
    {
      key: 'welcome-visit',
      name: '首面必做+选做',
      issue: 'acquisition',
      group: 'onboarding',
      valueMinor: 50 * YUAN,
      purpose: 'marketing',
      treatments: [
        {
          channel: 'branch',
          title: '首面经营',
          body: '完成必做项，登记选做意向。',
          scriptKey: 'welcome',
          contextWeight: 2,
        },
        {
          channel: 'wecom',
          title: '',
          body: '欢迎您成为我们的客户，常用功能指引和您的专属客户经理都在这里，随时找我。',
        },
        {
          channel: 'app',
          title: '新客三步走',
          body: { withGift: '登录、绑定、领取新客礼遇，三步完成。', plain: '登录、绑定、添加客户经理，三步完成。' },
          hasBenefit: true,
        },
      ],
    },
  ],
  moments: [],
  holdoutBasisPoints: 500,
  evaluationPlan: { successOutcome: 'accepted', windowDays: 30, minGroupSize: 200, expectedLiftBasisPoints: 300 },
};

const inSms = ({ withGift, plain }: GiftText): GiftText => ({
  withGift: `${withGift}详情见手机银行。拒收请回复R`,
  plain: `${plain}详情见手机银行。拒收请回复R`,
});

const wave = (key: string, name: string, from: number, to: number, text: GiftText, valueYuan: number) => ({
  key,
  name,
  issue: 'growth',
  group: 'deposits',
  valueMinor: valueYuan * YUAN,
  purpose: 'marketing',
  applicability: from === 0 ? below(to) : { all: [balance('gte', from), balance('lt', to)] },
  treatments: [
    { channel: 'app', title: name, body: text, hasBenefit: true },
    { channel: 'sms', title: '', body: inSms(text) },
    { channel: 'remote_bank', title: name, body: '', scriptKey: 'honeymoon-call', contextWeight: 1.5 },
  ],
});

/** Honeymoon 蜜月期: three waves, each the next step of the same customer. */
export const HONEYMOON_WAVES: StrategyTemplate = {
  templateId: 'honeymoon-waves',
  name: '蜜月期多波次营销（千元/万元/五万元）',
  idea:
    '抓“蜜月期经营”，通过多波次营销推动经营裂变；蜜月期经营要做到千元 万元 五万元“标准化范式”及产品渗透。In the first months the customer is led from step to ' +
    'step: the first thousand makes the account live, ten thousand makes it the main account, fifty thousand opens wealth service. Each wave asks ' +
    'only for the next step, so the rule of a wave is the balance the customer has now.',
  scenario: { kind: 'lifecycle', name: 'honeymoon' },
  productId: 'deposit-steps',
  needs: ['stage honeymoon', 'attributes.balanceMinor'],
  segment: {
    name: '蜜月期客户（五万元以下）',
    rule: { all: [{ field: 'stage', op: 'eq', value: 'honeymoon' }, below(50_000)] },
  },
  channels: ['app', 'sms', 'remote_bank'],
  scripts: [
    {
      key: 'honeymoon-call',
      title: '蜜月期提升',
      opening: '您好，我是{{agent.name}}，给您做开户后的回访，占用您两分钟可以吗？',
      talkingPoints: [
        '先问用得怎么样：手机银行、绑卡支付有没有不方便。',
        {
          withGift: '再说这一步：资产达到下一档可领取对应礼遇，以活动规则为准。',
          plain: '再说这一步：资产达到下一档能用上的服务。',
        },
        {
          withGift: '最后约下次：到账后我在企业微信上帮您核对礼遇。',
          plain: '最后约下次：到账后我在企业微信上和您确认。',
        },
      ],
      objections: [
        { objection: '钱在别的银行', answer: '理解，很多客户先转日常结算的一部分过来，用得顺手再说。' },
        {
          objection: '没兴趣',
          answer: {
            withGift: '好的，礼遇在手机银行里可领取，领完为止，您随时可以看。',
            plain: '好的，手机银行里随时可以看，您需要时再联系我。',
          },
        },
      ],
      nextStep: '记录意向档位，七日后看余额是否到档，未到档不再重复来电。',
    },
  ],
  actions: [
    wave(
      'wave-1000',
      '第一波：千元活跃',
      0,
      1_000,
      {
        withGift: '新客首月，账户余额达到1000元即可领取活跃礼遇。',
        plain: '新客首月，把日常收支放进账户，付款缴费更方便。',
      },
      20,
    ),
    wave(
      'wave-10000',
      '第二波：万元主账户',
      1_000,
      10_000,
      { withGift: '账户余额达到1万元，可领取主账户礼遇。', plain: '把账户作为主账户，收支一处打理。' },
      100,
    ),
    wave(
      'wave-50000',
      '第三波：五万元进阶',
      10_000,
      50_000,
      {
        withGift: '账户余额达到5万元，可预约专属客户经理服务并领取进阶礼遇。',
        plain: '账户余额达到5万元，可预约专属客户经理服务。',
      },
      400,
    ),
  ],
  moments: [],
  holdoutBasisPoints: 1_000,
  evaluationPlan: { successOutcome: 'converted', windowDays: 30, minGroupSize: 500, expectedLiftBasisPoints: 200 },
};

/** Win-back 流失挽回: those who left, and those who are about to. */
export const WIN_BACK: StrategyTemplate = {
  templateId: 'win-back',
  name: '流失预警与挽回',
  idea:
    '流失挽回的策略；避免一边辛苦拓客，一边存量客户反复流失。A customer who leaves quietly is asked why before anything is sold: a person calls those of value, the app and ' +
    'SMS bring a small reason to come back to the others, and what they answer is kept for the review.',
  scenario: { kind: 'lifecycle', name: 'lapsed' },
  productId: 'reactivation',
  needs: ['stage at_risk or lapsed'],
  segment: { name: '预警与流失客户', rule: { field: 'stage', op: 'in', value: ['at_risk', 'lapsed'] } },
  channels: ['remote_bank', 'app', 'sms'],
  scripts: [
    {
      key: 'come-back',
      title: '流失挽回',
      opening: '您好，我是{{agent.name}}，发现您有一段时间没有用我们的服务了，想听听您的意见。',
      talkingPoints: [
        '先听原因：服务、利率、距离还是别的。',
        '能当场解决的当场解决，不能的约时间答复。',
        '有合适的再提，不强推。',
      ],
      objections: [
        { objection: '服务不好', answer: '非常抱歉，请您说说当时的情况，我记录下来并安排专人回复您。' },
        { objection: '别家更划算', answer: '明白，您方便说说看重哪一点吗？我看看我们能为您做什么。' },
      ],
      nextStep: '登记流失原因；承诺的答复在两个工作日内完成。',
    },
  ],
  actions: [
    {
      key: 'ask-and-win',
      name: '流失挽回关怀',
      issue: 'retention',
      group: 'reactivation',
      valueMinor: 150 * YUAN,
      purpose: 'marketing',
      treatments: [
        { channel: 'remote_bank', title: '流失关怀', body: '', scriptKey: 'come-back', contextWeight: 2 },
        {
          channel: 'app',
          title: '好久不见',
          body: { withGift: '您的回归礼遇可领取，登录即可查看。', plain: '我们想听听您的意见，登录即可告诉我们。' },
          hasBenefit: true,
        },
        {
          channel: 'sms',
          title: '',
          body: {
            withGift: '好久不见，您的回归礼遇可在手机银行领取。拒收请回复R',
            plain: '好久不见，我们想听听您的意见，欢迎登录手机银行。拒收请回复R',
          },
        },
      ],
    },
  ],
  moments: [],
  holdoutBasisPoints: 1_000,
  evaluationPlan: { successOutcome: 'accepted', windowDays: 60, minGroupSize: 300, expectedLiftBasisPoints: 150 },
};
