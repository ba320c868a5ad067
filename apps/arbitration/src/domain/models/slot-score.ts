/** What the models of one slot say of one customer. */
export interface SlotScore {
  slot: string;
  champion: number;
  /** Null without a shadow. */
  shadow: number | null;
}
