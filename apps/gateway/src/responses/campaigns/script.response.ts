import type * as rpc from '@tidegate/contracts/campaigns/v1/campaigns';
import { shown } from '../../http/shown';

export class Objection implements rpc.Objection {
  @shown.text() objection!: string;
  @shown.text() answer!: string;
}

export class Script implements rpc.Script {
  @shown.text() scriptId!: string;
  @shown.whole() version!: number;
  @shown.text() title!: string;
  @shown.text('Opening with {{variables}}.') opening!: string;
  @shown.texts() talkingPoints!: string[];
  @shown.parts(() => Objection) objections!: Objection[];
  @shown.text() nextStep!: string;
  @shown.text() orgPath!: string;
}

export class PutScriptResponse implements rpc.PutScriptResponse {
  @shown.part(() => Script) script!: Script | undefined;
}

export class GetScriptResponse implements rpc.GetScriptResponse {
  @shown.part(() => Script) script!: Script | undefined;
}
