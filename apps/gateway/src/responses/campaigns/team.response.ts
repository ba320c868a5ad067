import type * as rpc from '@tidegate/contracts/campaigns/v1/name_lists';
import { shown } from '../../http/shown';

export class Judgement implements rpc.Judgement {
  @shown.text('Empty for everything that is not judged by itself.') topic!: string;
  @shown.whole('0 to 5.') willingness!: number;
  @shown.whole('0 to 5.') ability!: number;
  @shown.text() note!: string;
  @shown.text() judgedBy!: string;
  @shown.time() judgedAt!: Date | undefined;
}

export class Relation implements rpc.Relation {
  @shown.text() attribute!: string;
  @shown.text() value!: string;
}

export class TeamPerson implements rpc.TeamPerson {
  @shown.text() agentId!: string;
  @shown.text() name!: string;
  @shown.whole('Untouched customers at once, over all lists.') capacity!: number;
  @shown.parts(() => Relation) relations!: Relation[];
  @shown.parts(() => Judgement) judgements!: Judgement[];
}

export class Team implements rpc.Team {
  @shown.text() teamId!: string;
  @shown.text() name!: string;
  @shown.text() orgPath!: string;
  @shown.parts(() => TeamPerson) people!: TeamPerson[];
  @shown.whole() version!: number;
}

export class PutTeamResponse implements rpc.PutTeamResponse {
  @shown.part(() => Team) team!: Team | undefined;
}

export class GetTeamResponse implements rpc.GetTeamResponse {
  @shown.part(() => Team) team!: Team | undefined;
}

export class JudgePersonResponse implements rpc.JudgePersonResponse {
  @shown.part(() => Team) team!: Team | undefined;
}

export class ListTeamsResponse implements rpc.ListTeamsResponse {
  @shown.parts(() => Team) teams!: Team[];
  @shown.text() nextPageToken!: string;
}
