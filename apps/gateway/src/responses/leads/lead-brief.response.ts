import type * as rpc from '@tidegate/contracts/leads/v1/leads';
import { shown } from '../../http/shown';
import { Lead } from './lead.response';
import { KnownAnswer, ThreadEntry } from './thread.response';

export class ObjectionView implements rpc.ObjectionView {
  @shown.text() objection!: string;
  @shown.text() answer!: string;
}

export class ScriptView implements rpc.ScriptView {
  @shown.text() scriptId!: string;
  @shown.whole() version!: number;
  @shown.text() title!: string;
  @shown.text('Rendered for this customer.') opening!: string;
  @shown.texts() talkingPoints!: string[];
  @shown.parts(() => ObjectionView) objections!: ObjectionView[];
  @shown.text() nextStep!: string;
}

export class TimelineView implements rpc.TimelineView {
  @shown.text() type!: string;
  @shown.text() channel!: string;
  @shown.text() summary!: string;
  @shown.time() occurredAt!: Date | undefined;
}

export class WalletView implements rpc.WalletView {
  @shown.text() instanceId!: string;
  @shown.text() name!: string;
  @shown.text() state!: string;
  @shown.whole() faceValueMinor!: number;
  @shown.text() currency!: string;
  @shown.time() expiresAt!: Date | undefined;
}

export class GetLeadResponse implements rpc.GetLeadResponse {
  @shown.part(() => Lead) lead!: Lead | undefined;
  @shown.texts('Why this customer, in words, best reason first.') why!: string[];
  @shown.part(() => ScriptView) script!: ScriptView | undefined;
  @shown.parts(() => TimelineView) timeline!: TimelineView[];
  @shown.parts(() => WalletView) wallet!: WalletView[];
  @shown.json() customerAttributes!: Record<string, unknown> | undefined;
  @shown.texts(
    'Parts that could not be loaded now: script, timeline, wallet, decision, customer. Of a closed lead also those that the caller may not see ' +
      'without it, the thread among them.',
  )
  missingParts!: string[];
  @shown.parts(() => ThreadEntry, 'What was said on every channel, newest first.') thread!: ThreadEntry[];
  @shown.parts(() => KnownAnswer, 'What need not be asked again.') knownAnswers!: KnownAnswer[];
}
