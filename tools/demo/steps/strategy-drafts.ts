import type { Action, Script, Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import type { RuleJson } from '../api/admin-customers.api';
import { OUTFLOW, REMOTE_BANK, SALARY, TERM_DEPOSIT } from '../cast';
import { HEAD_OFFICE } from '../data/berka-customers';
import { SALARY_OPERATION, type MomentThresholds } from '../data/moment-thresholds';
import type { Body } from '../http/json';
import { EXPLORATION_BASIS_POINTS, HOLDOUT_BASIS_POINTS } from '../plan';

type ScriptDraft = Body<Omit<Script, 'version'>> & { scriptId: string };
type ActionDraft = Body<Omit<Action, 'version'>> & { actionId: string };

/** One strategy with everything that it is made of. */
export interface StrategyPackage {
  segment?: { segmentId: string; name: string; rule: RuleJson };
  script?: ScriptDraft;
  action: ActionDraft;
  strategy: Body<Strategy> & { strategyId: string };
}

/** Calls of the remote bank to those who come after the history. */
export const termDeposit = (historyCount: number): StrategyPackage => ({
  segment: {
    segmentId: TERM_DEPOSIT.segmentId,
    name: 'Term-deposit prospects',
    rule: { field: 'attributes.sequence', op: 'gt', value: historyCount },
  },
  script: {
    scriptId: TERM_DEPOSIT.scriptId,
    title: 'Term deposit, first call',
    opening:
      'Good day, this is {{agent.name}} of your bank, about customer number {{customer.externalId}}. May I ask how your savings are invested?',
    talkingPoints: ['The rate is fixed for the whole term.', 'The money is back with interest on the last day.'],
    objections: [
      { objection: 'I may need the money.', answer: 'A shorter term or a part of the amount leaves the rest free.' },
    ],
    nextStep: 'Send the offer to the app, agree on a call back.',
    orgPath: REMOTE_BANK,
  },
  action: {
    actionId: TERM_DEPOSIT.actionId,
    name: 'Offer a term deposit',
    issue: 'growth',
    group: 'deposits',
    treatments: [
      {
        channel: 'remote_bank',
        title: 'Term deposit for customer {{customer.externalId}}',
        scriptId: TERM_DEPOSIT.scriptId,
        queue: TERM_DEPOSIT.queue,
      },
    ],
    valueMinor: 100_00,
    currency: 'EUR',
    modelSlot: TERM_DEPOSIT.modelSlot,
    purpose: 'marketing',
    orgPath: REMOTE_BANK,
  },
  strategy: {
    strategyId: TERM_DEPOSIT.strategyId,
    name: 'Term deposit through the remote bank',
    orgPath: REMOTE_BANK,
    segmentId: TERM_DEPOSIT.segmentId,
    actionIds: [TERM_DEPOSIT.actionId],
    channels: ['remote_bank'],
    holdoutBasisPoints: HOLDOUT_BASIS_POINTS,
    explorationBasisPoints: EXPLORATION_BASIS_POINTS,
  },
});

/** A lot of money leaves: somebody of the branch asks why. */
export const largeOutflow = ({ outflowMinor }: MomentThresholds): StrategyPackage => ({
  script: {
    scriptId: OUTFLOW.scriptId,
    title: 'Large outflow, talk at the branch',
    opening:
      'Good day, this is {{agent.name}} of your branch. A large amount left your account; is everything in order?',
    talkingPoints: ['Ask before offering.', 'A savings plan keeps what is left at work.'],
    nextStep: 'Note the reason, offer an appointment.',
    orgPath: HEAD_OFFICE,
  },
  action: {
    actionId: OUTFLOW.actionId,
    name: 'Ask about a large outflow',
    issue: 'retention',
    group: 'care',
    treatments: [
      {
        channel: 'branch',
        title: 'Large outflow of {{customer.externalId}}: {{fact.amountMinor}} haléř',
        scriptId: OUTFLOW.scriptId,
        queue: OUTFLOW.queue,
      },
    ],
    valueMinor: 500_00,
    currency: 'CZK',
    purpose: 'marketing',
    orgPath: HEAD_OFFICE,
  },
  strategy: {
    strategyId: OUTFLOW.strategyId,
    name: 'Large outflow',
    orgPath: HEAD_OFFICE,
    actionIds: [OUTFLOW.actionId],
    momentRules: [
      {
        ruleId: OUTFLOW.ruleId,
        kind: 'threshold',
        factType: 'transaction',
        condition: {
          all: [
            { field: 'event.direction', op: 'eq', value: 'debit' },
            { field: 'event.amountMinor', op: 'gte', value: outflowMinor },
          ],
        },
        actionIds: [OUTFLOW.actionId],
      },
    ],
  },
});

/** A large salary came in: a message in the app. */
export const largeSalary = ({ salaryMinor }: MomentThresholds): StrategyPackage => ({
  action: {
    actionId: SALARY.actionId,
    name: 'Tell of the savings plan after a large salary',
    issue: 'growth',
    group: 'savings',
    treatments: [
      {
        channel: 'app',
        title: 'Your money has arrived',
        body: 'Put a part of it to work: a savings plan takes one tap, and it stops whenever you like.',
      },
    ],
    valueMinor: 200_00,
    currency: 'CZK',
    purpose: 'marketing',
    orgPath: HEAD_OFFICE,
  },
  strategy: {
    strategyId: SALARY.strategyId,
    name: 'Large salary credit',
    orgPath: HEAD_OFFICE,
    actionIds: [SALARY.actionId],
    momentRules: [
      {
        ruleId: SALARY.ruleId,
        kind: 'threshold',
        factType: 'transaction',
        condition: {
          all: [
            { field: 'event.direction', op: 'eq', value: 'credit' },
            { field: 'event.operation', op: 'eq', value: SALARY_OPERATION },
            { field: 'event.amountMinor', op: 'gte', value: salaryMinor },
          ],
        },
        actionIds: [SALARY.actionId],
      },
    ],
  },
});
