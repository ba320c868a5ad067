import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

/** What a customer may see of a decision: neither scores nor who else was considered. */
export class NextBestAction {
  @shown.text('Report outcomes with it.') decisionId!: string;
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
  @shown.text() title!: string;
  @shown.text() body!: string;
  @shown.text('A stock to claim from; may be empty.') benefitStockId!: string;
  @shown.time() decidedAt!: Date | undefined;
  @shown.flag('Ranked without anything personal.') isNonPersonalised!: boolean;
}

export class NextBestActions {
  @shown.parts(() => NextBestAction, 'Best first; empty when nothing is to be shown.') actions!: NextBestAction[];
  @shown.flag('Decided without anything personal, also where nothing came of it.') isNonPersonalised!: boolean;
}

export class RecordedOutcomes {
  @shown.text() decisionId!: string;
  @shown.texts('In the order they were recorded.') outcomes!: string[];
}

/** The chosen ones as a customer may see them. */
export const toNextBestActions = (decisions: Decision[]): NextBestActions => ({
  actions: decisions
    .filter(({ actionId }) => actionId !== '')
    .map(({ decisionId, actionId, channel, title, body, benefitStockId, decidedAt, isNonPersonalised }) => ({
      decisionId,
      actionId,
      channel,
      title,
      body,
      benefitStockId,
      decidedAt,
      isNonPersonalised,
    })),
  isNonPersonalised: decisions.some(({ isNonPersonalised }) => isNonPersonalised),
});
