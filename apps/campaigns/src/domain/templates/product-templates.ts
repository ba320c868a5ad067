import { LETS_OUT, OUTFLOW_FACTS } from './outflow';
import type { StrategyTemplate } from './template';

const YUAN = 100;
/** Who lets so much out between two paydays keeps no salary; a bank sets its own. */
const SALARY_GONE_YUAN = 3_000;
const PAYDAY_EVERY_DAYS = 31;

/** Maturity 到期承接: seven days before a product ends, and on the day. */
export const MATURITY: StrategyTemplate = {
  templateId: 'maturity',
  name: '产品到期承接',
  idea:
    '留存端：基于客户资产波动、产品到期等信号，自动触发“资产配置建议+限时利率优惠”，延长客户生命周期。Money that comes due leaves when nobody has spoken before: the person ' +
    'speaks a week ahead, the app reminds on the day.',
  scenario: { kind: 'product', name: 'maturing-deposit' },
  productId: 'term-deposit',
  needs: ['attributes.maturityAt'],
  segment: null,
  channels: ['remote_bank', 'app'],
  scripts: [
    {
      key: 'maturity-call',
      title: '到期承接',
      opening:
        '您好，我是{{agent.name}}，您有一笔定期将于{{customer.attributes.maturityAt}}到期，提前和您商量一下安排。',
      talkingPoints: [
        '问用途：近期要用，还是继续存。',
        '按用途给期限建议，说明提前支取的计息规则。',
        '利率以当日挂牌公告为准。',
      ],
      objections: [
        { objection: '要转到别的银行', answer: '理解，方便说说看重什么吗？我看看有没有合适的期限。' },
        { objection: '到时候再说', answer: '好的，到期当天手机银行会提醒您，我也可以那天再联系您。' },
      ],
      nextStep: '登记到期去向；续存的在到期日确认。',
    },
  ],
  actions: [
    {
      key: 'talk-ahead',
      name: '到期前一周沟通',
      issue: 'retention',
      group: 'deposits',
      valueMinor: 300 * YUAN,
      purpose: 'marketing',
      treatments: [
        { channel: 'remote_bank', title: '到期承接', body: '', scriptKey: 'maturity-call', contextWeight: 2 },
      ],
    },
    {
      key: 'remind',
      name: '到期日提醒',
      issue: 'retention',
      group: 'deposits',
      valueMinor: 300 * YUAN,
      purpose: 'marketing',
      treatments: [
        { channel: 'app', title: '您的定期今日到期', body: '查看续存方案，利率以当日公告为准。', hasBenefit: true },
      ],
    },
  ],
  moments: [
    {
      ruleId: 'week-before',
      kind: 'date_relative',
      dateField: 'attributes.maturityAt',
      offsetDays: -7,
      actionKeys: ['talk-ahead'],
    },
    { ruleId: 'on-the-day', kind: 'date_relative', dateField: 'attributes.maturityAt', actionKeys: ['remind'] },
  ],
  holdoutBasisPoints: 500,
  evaluationPlan: { successOutcome: 'converted', windowDays: 14, minGroupSize: 200, expectedLiftBasisPoints: 500 },
};

/** Payroll 代发: the day the salary arrives. */
export const PAYROLL: StrategyTemplate = {
  templateId: 'payroll',
  name: '代发客群经营',
  idea:
    '代发客群的细分与经营思路；代发系统真的是为了让客户免费用系统而用么？Payroll is worth what stays of it: the day the salary comes in is the moment to keep a part of it, and only ' +
    'for those who let it flow out at once: out of whose account a salary’s worth has left since the last payday; WeCom is the team’s own channel to them (代发群企业微信如何经营).',
  scenario: { kind: 'product', name: 'payroll' },
  productId: 'payroll-retention',
  needs: ['facts of type payroll', OUTFLOW_FACTS],
  segment: null,
  channels: ['app', 'wecom'],
  scripts: [],
  actions: [
    {
      key: 'keep-a-part',
      name: '发薪日留存',
      issue: 'growth',
      group: 'deposits',
      valueMinor: 80 * YUAN,
      purpose: 'marketing',
      treatments: [
        {
          channel: 'app',
          title: '工资到账',
          body: {
            withGift: '工资已到账，可设置每月自动存一部分，发薪礼遇可领取。',
            plain: '工资已到账，可设置每月自动存一部分。',
          },
          hasBenefit: true,
        },
        {
          channel: 'wecom',
          title: '',
          body: {
            withGift: '工资到账啦，发薪礼遇可在手机银行领取，有问题随时找我。',
            plain: '工资到账啦，可以设置每月自动存一部分，有问题随时找我。',
          },
        },
      ],
    },
  ],
  moments: [
    {
      ruleId: 'salary-day',
      kind: 'threshold',
      factType: 'payroll',
      condition: {
        events: {
          type: 'transaction',
          where: [{ field: 'operation', ...LETS_OUT }],
          windowDays: PAYDAY_EVERY_DAYS,
          sum: { of: 'amountMinor', op: 'gte', value: SALARY_GONE_YUAN * YUAN },
        },
      },
      cooldownDays: 25,
      actionKeys: ['keep-a-part'],
    },
  ],
  holdoutBasisPoints: 1_000,
  evaluationPlan: { successOutcome: 'clicked', windowDays: 7, minGroupSize: 500, expectedLiftBasisPoints: 100 },
};
