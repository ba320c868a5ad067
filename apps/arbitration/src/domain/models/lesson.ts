import type { AttributeValue } from './features';

/** One known outcome, with what the model saw of the customer: what an adaptive model learns from. */
export interface Lesson {
  attributes: Record<string, AttributeValue>;
  isSuccess: boolean;
  /** The decision or the fact that told it. */
  source: string;
  /** When the outcome happened; absent in lessons of before it was kept. */
  at?: Date;
  /** Action and channel it is of; absent or empty when it tells none. */
  target?: string;
}
