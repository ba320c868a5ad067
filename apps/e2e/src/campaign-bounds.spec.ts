import { ArrayMaxSize, Length, Max, Min } from 'class-validator';
import {
  HandDownNameListInput,
  ListShareInput,
} from '../../campaigns/src/name-lists/use-cases/hand-down-name-list/hand-down-name-list.request';
import { CreateNameListInput } from '../../campaigns/src/name-lists/use-cases/create-name-list/create-name-list.request';
import { DispatchNameListInput } from '../../campaigns/src/name-lists/use-cases/dispatch-name-list/dispatch-name-list.request';
import { JudgePersonInput } from '../../campaigns/src/name-lists/use-cases/judge-person/judge-person.request';
import { ListNameListMembersInput } from '../../campaigns/src/name-lists/use-cases/list-name-list-members/list-name-list-members.request';
import {
  RelationInput,
  TeamInput,
  TeamPersonInput,
} from '../../campaigns/src/name-lists/use-cases/put-team/put-team.request';
import {
  SplitPlanInput,
  TeamQuotaInput,
} from '../../campaigns/src/name-lists/use-cases/split-name-list/split-name-list.request';
import {
  EvaluationPlanInput,
  MapCellInput,
  QuotaUseInput,
  ScenarioInput,
} from '../../campaigns/src/requests/strategy-map.request';
import { MomentRuleInput, StrategyInput } from '../../campaigns/src/requests/strategy.request';
import { ApproveStrategyInput } from '../../campaigns/src/use-cases/approve-strategy/approve-strategy.request';
import { DraftFromTemplateInput } from '../../campaigns/src/use-cases/draft-from-template/draft-from-template.request';
import { ActionInput, TreatmentInput } from '../../campaigns/src/use-cases/put-action/put-action.request';
import { GoalInput } from '../../campaigns/src/use-cases/put-goal/put-goal.request';
import { ObjectionInput, ScriptInput } from '../../campaigns/src/use-cases/put-script/put-script.request';
import { RejectStrategyInput } from '../../campaigns/src/use-cases/reject-strategy/reject-strategy.request';
import { RollBackStrategyInput } from '../../campaigns/src/use-cases/roll-back-strategy/roll-back-strategy.request';
import { ActionBody, TreatmentBody } from '../../gateway/src/admin/actions/actions.request';
import { GoalBody } from '../../gateway/src/admin/goals/goals.request';
import {
  HandDownBody,
  ListShareBody,
  SplitPlanBody,
  TeamQuotaBody,
} from '../../gateway/src/admin/name-lists/name-list-steps.request';
import {
  CreateNameListBody,
  DispatchBody,
  MemberFileQuery,
  NameListMembersQuery,
} from '../../gateway/src/admin/name-lists/name-lists.request';
import { ObjectionBody, ScriptBody } from '../../gateway/src/admin/scripts/scripts.request';
import { MomentRuleBody } from '../../gateway/src/admin/strategies/moment-rule.request';
import {
  ApproveBody,
  CreateStrategyBody,
  RejectBody,
  StrategyBody,
  UpdateStrategyBody,
} from '../../gateway/src/admin/strategies/strategies.request';
import {
  EvaluationPlanBody,
  MapCellBody,
  QuotaUseBody,
  ScenarioBody,
} from '../../gateway/src/admin/strategies/strategy-map.request';
import { RollBackBody } from '../../gateway/src/admin/strategies/strategy-versions.request';
import { JudgementBody, PutTeamBody, RelationBody, TeamPersonBody } from '../../gateway/src/admin/teams/teams.request';
import { TemplateDraftBody } from '../../gateway/src/admin/templates/templates.request';
import { boundsOf, differencesOf } from './testing/rule-bounds';

// Goal: what the gateway says is the longest, the most and the highest is what the service takes: nothing is promised that is refused, or refused
// that would be taken.

it.each([
  [StrategyBody, StrategyInput],
  [CreateStrategyBody, StrategyInput],
  [UpdateStrategyBody, StrategyInput],
  [MomentRuleBody, MomentRuleInput],
  [ScenarioBody, ScenarioInput],
  [MapCellBody, MapCellInput],
  [QuotaUseBody, QuotaUseInput],
  [EvaluationPlanBody, EvaluationPlanInput],
  [ApproveBody, ApproveStrategyInput],
  [RejectBody, RejectStrategyInput],
  [RollBackBody, RollBackStrategyInput],
  [TemplateDraftBody, DraftFromTemplateInput],
  [ActionBody, ActionInput],
  [TreatmentBody, TreatmentInput],
  [ScriptBody, ScriptInput],
  [ObjectionBody, ObjectionInput],
  [GoalBody, GoalInput],
  [CreateNameListBody, CreateNameListInput],
  [DispatchBody, DispatchNameListInput],
  [NameListMembersQuery, ListNameListMembersInput],
  [MemberFileQuery, ListNameListMembersInput],
  [SplitPlanBody, SplitPlanInput],
  [TeamQuotaBody, TeamQuotaInput],
  [HandDownBody, HandDownNameListInput],
  [ListShareBody, ListShareInput],
  [PutTeamBody, TeamInput],
  [TeamPersonBody, TeamPersonInput],
  [RelationBody, RelationInput],
  [JudgementBody, JudgePersonInput],
])('%p has the bounds of %p', (gateway, service) => {
  const common = [...boundsOf(gateway).keys()].filter((field) => boundsOf(service).has(field));
  expect(common).not.toEqual([]);
  expect(differencesOf(gateway, service)).toEqual([]);
});

class Shown {
  @Length(0, 10)
  same!: string;

  @Length(1, 20)
  wider!: string;

  @ArrayMaxSize(5)
  @Length(1, 8, { each: true })
  names!: string[];

  @Min(0)
  unbounded!: number;

  @Length(0, 1)
  own!: string;
}
class Asked {
  @Length(0, 10)
  same!: string;

  @Length(0, 10)
  wider!: string;

  @ArrayMaxSize(6)
  @Length(1, 9, { each: true })
  names!: string[];

  @Max(3)
  unbounded!: number;
}

it('tells a bound that is wider, narrower or missing', () => {
  expect(differencesOf(Shown, Asked)).toEqual([
    'Shown.wider lengthMax: 20, of the service 10',
    'Shown.names itemLengthMax: 8, of the service 9',
    'Shown.names countMax: 5, of the service 6',
    'Shown.unbounded valueMax: undefined, of the service 3',
  ]);
});
