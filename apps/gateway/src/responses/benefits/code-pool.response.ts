import type * as rpc from '@tidegate/contracts/benefits/v1/code_pools';
import { shown } from '../../http/shown';

/** A pool of one provider's codes 券码池. */
export class CodePool implements rpc.CodePool {
  @shown.text() poolId!: string;
  @shown.text() name!: string;
  @shown.text('The third party whose codes these are.') providerId!: string;
  @shown.text() orgPath!: string;
  @shown.whole('An alarm is raised when fewer codes than this are left; 0 for only when it is empty.')
  alarmBelowCount!: number;
  @shown.whole() importedCount!: number;
  @shown.whole() assignedCount!: number;
  @shown.whole('Imported, neither given nor withdrawn.') availableCount!: number;
  @shown.time() createdAt!: Date | undefined;
  @shown.whole() withdrawnCount!: number;
}

export class PutCodePoolResponse implements rpc.PutCodePoolResponse {
  @shown.part(() => CodePool) pool!: CodePool | undefined;
}

export class GetCodePoolResponse implements rpc.GetCodePoolResponse {
  @shown.part(() => CodePool) pool!: CodePool | undefined;
}

export class ListCodePoolsResponse implements rpc.ListCodePoolsResponse {
  @shown.parts(() => CodePool) pools!: CodePool[];
  @shown.text() nextPageToken!: string;
}

export class WithdrawCodesResponse implements rpc.WithdrawCodesResponse {
  @shown.part(() => CodePool) pool!: CodePool | undefined;
  @shown.whole('Codes that this request withdrew.') withdrawnCount!: number;
}

/** What one request withdrew of a pool's codes 券码撤回. */
export class CodeWithdrawal implements rpc.CodeWithdrawal {
  @shown.text() withdrawalId!: string;
  @shown.text() poolId!: string;
  @shown.text('Empty for the codes of all imports.') importId!: string;
  @shown.whole('0 when none was left.') withdrawnCount!: number;
  @shown.text('Who withdrew them.') actorId!: string;
  @shown.text('Empty when none was given.') reason!: string;
  @shown.time() withdrawnAt!: Date | undefined;
}

export class ListCodeWithdrawalsResponse implements rpc.ListCodeWithdrawalsResponse {
  @shown.parts(() => CodeWithdrawal) withdrawals!: CodeWithdrawal[];
  @shown.text() nextPageToken!: string;
}

/** A pool ran low or empty. */
export class CodePoolAlarm implements rpc.CodePoolAlarm {
  @shown.text() alarmId!: string;
  @shown.text() poolId!: string;
  @shown.text() poolName!: string;
  @shown.text() providerId!: string;
  @shown.text() orgPath!: string;
  @shown.text('One of: low, empty.') kind!: string;
  @shown.whole('Codes that were left then.') availableCount!: number;
  @shown.whole() alarmBelowCount!: number;
  @shown.time() raisedAt!: Date | undefined;
}

export class ListCodePoolAlarmsResponse implements rpc.ListCodePoolAlarmsResponse {
  @shown.parts(() => CodePoolAlarm) alarms!: CodePoolAlarm[];
  @shown.text() nextPageToken!: string;
}

export class ShowCodeResponse implements rpc.ShowCodeResponse {
  @shown.text() code!: string;
  @shown.text('Empty when there is none.') secret!: string;
  @shown.text() providerId!: string;
}
