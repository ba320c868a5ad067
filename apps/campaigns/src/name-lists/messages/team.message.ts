import type * as rpc from '@tidegate/contracts/campaigns/v1/name_lists';
import type { Team } from '../domain/team';

export const toTeamMessage = ({ workingListId: _workingListId, ...team }: Team): rpc.Team => team;
