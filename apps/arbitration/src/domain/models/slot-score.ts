import type { ModelGroup } from './model-group';

/** Which model ranked in a slot. The same for all of a decision's propensities of the slot. */
export interface ModelUse {
  slot: string;
  group: ModelGroup;
  /** Empty when base rates ranked. */
  modelId: string;
  /** The group's model could not say, and this one ranked in its place. */
  isFallback: boolean;
  /** Of the slot's configuration. */
  slotVersion: number;
  /** Scored and not used; empty for none. */
  shadowModelId: string;
  challengerBasisPoints: number;
  noModelBasisPoints: number;
}

/** What the models of one slot say of one customer. */
export interface SlotScore {
  slot: string;
  /** Of the model that ranks for him. */
  champion: number;
  /** Null without a shadow. */
  shadow: number | null;
  /** Absent in plans of before it was kept. */
  use?: ModelUse;
}
