import type * as rpc from '@tidegate/contracts/benefits/v1/growth';
import { shown } from '../../http/shown';
import { Definition } from './definition.response';
import { Reward } from './reward.response';
import { ActivityFilter } from './growth.response';

export class MissionStep implements rpc.MissionStep {
  @shown.text() name!: string;
  @shown.part(() => ActivityFilter) filter!: ActivityFilter | undefined;
  @shown.text('count (activities) or amount (sum of minor units).') measure!: string;
  @shown.whole() target!: number;
  @shown.parts(() => Reward, 'For this step.') rewards!: Reward[];
}

export class MissionTerms implements rpc.MissionTerms {
  @shown.text('IANA name.') timeZone!: string;
  @shown.text('How often it can be done. One of: once, day, week (from Monday), month.') period!: string;
  @shown.parts(() => MissionStep) steps!: MissionStep[];
  @shown.flag('Steps count one after another.') isChained!: boolean;
  @shown.parts(() => Reward, 'For the whole mission.') rewards!: Reward[];
  @shown.text('A mission that must be done before; empty for none.') afterMissionId!: string;
}

/** A mission 任务. */
export class Mission implements rpc.Mission {
  @shown.part(() => Definition) definition!: Definition | undefined;
  @shown.part(() => MissionTerms) terms!: MissionTerms | undefined;
}

export class CreateMissionResponse implements rpc.CreateMissionResponse {
  @shown.part(() => Mission) mission!: Mission | undefined;
}

export class MoveMissionResponse implements rpc.MoveMissionResponse {
  @shown.part(() => Mission) mission!: Mission | undefined;
}

export class ListMissionsResponse implements rpc.ListMissionsResponse {
  @shown.parts(() => Mission) missions!: Mission[];
  @shown.text() nextPageToken!: string;
}

export class StepProgress implements rpc.StepProgress {
  @shown.text() name!: string;
  @shown.whole() progress!: number;
  @shown.whole() target!: number;
  @shown.flag() isDone!: boolean;
}

/** One customer's progress in one mission. */
export class MissionProgress implements rpc.MissionProgress {
  @shown.part(() => Mission) mission!: Mission | undefined;
  @shown.text('One of: locked (another mission comes first), open, done.') state!: string;
  @shown.text('First day of the day, week or month it is for; empty for once.') periodStart!: string;
  @shown.parts(() => StepProgress) steps!: StepProgress[];
  @shown.time() doneAt!: Date | undefined;
}

export class ListMissionProgressResponse implements rpc.ListMissionProgressResponse {
  @shown.parts(() => MissionProgress) missions!: MissionProgress[];
  @shown.text() nextPageToken!: string;
}
