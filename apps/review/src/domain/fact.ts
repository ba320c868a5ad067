/** Kinds of column in the columnar copy: text, whole numbers, real numbers, flags, and times in epoch milliseconds. */
export type ColumnKind = 'text' | 'integer' | 'real' | 'flag' | 'time';

/**
 * Tables of the columnar copy. Each event is stored as one fact with the rows it adds to these tables; an event never changes
 * a row, so the order in which events arrive does not matter. Columns may be added: older facts have null there.
 */
export const FACT_TABLES = {
  decision: {
    decisionId: 'text',
    customerId: 'text',
    mode: 'text',
    strategyId: 'text',
    channel: 'text',
    reason: 'text',
    experimentGroup: 'text',
    pushId: 'text',
    listId: 'text',
    momentId: 'text',
    decidedAt: 'time',
    factAcceptedAt: 'time',
    /** Of the chosen action, for what a success is worth. */
    valueMinor: 'real',
  },
  modelUse: {
    decisionId: 'text',
    customerId: 'text',
    slot: 'text',
    modelGroup: 'text',
    modelId: 'text',
    isFallback: 'flag',
    challengerBasisPoints: 'integer',
    noModelBasisPoints: 'integer',
    decidedAt: 'time',
  },
  candidate: {
    decisionId: 'text',
    position: 'integer',
    strategyId: 'text',
    strategyVersion: 'integer',
    actionId: 'text',
    channel: 'text',
    isChosen: 'flag',
    reason: 'text',
    score: 'real',
  },
  /** Candidates of a pushed decision beyond those of `candidate`: how many of a channel have a reason. */
  leftCandidates: {
    decisionId: 'text',
    strategyId: 'text',
    strategyVersion: 'integer',
    channel: 'text',
    reason: 'text',
    candidateCount: 'integer',
  },
  outcome: {
    decisionId: 'text',
    customerId: 'text',
    strategyId: 'text',
    /** Where it came from: decision (arbitration recorded it), lead (a seat closed it), fact (it came from outside). */
    origin: 'text',
    outcome: 'text',
    occurredAt: 'time',
  },
  message: {
    deliveryId: 'text',
    decisionId: 'text',
    customerId: 'text',
    channel: 'text',
    /** delivered, failed, shown, clicked, dismissed. */
    step: 'text',
    error: 'text',
    occurredAt: 'time',
  },
  lead: {
    leadId: 'text',
    decisionId: 'text',
    strategyId: 'text',
    queue: 'text',
    orgPath: 'text',
    /** created, offered, accepted, returned, closed. */
    step: 'text',
    cause: 'text',
    disposition: 'text',
    occurredAt: 'time',
  },
  claim: {
    instanceId: 'text',
    stockId: 'text',
    customerId: 'text',
    decisionId: 'text',
    faceValueMinor: 'integer',
    currency: 'text',
    claimedAt: 'time',
  },
  refusal: { stockId: 'text', reason: 'text', refusedCount: 'integer', refusedTo: 'time' },
  transfer: { giftId: 'text', instanceId: 'text', stockId: 'text', transferredAt: 'time' },
  redemption: {
    redemptionId: 'text',
    instanceId: 'text',
    stockId: 'text',
    merchantId: 'text',
    amountMinor: 'integer',
    currency: 'text',
    redeemedAt: 'time',
  },
  expiry: { instanceId: 'text', stockId: 'text', expiredAt: 'time' },
  settlement: {
    batchId: 'text',
    merchantId: 'text',
    redemptionCount: 'integer',
    amountMinor: 'integer',
    currency: 'text',
  },
  moment: {
    momentId: 'text',
    strategyId: 'text',
    ruleId: 'text',
    customerId: 'text',
    factAcceptedAt: 'time',
    detectedAt: 'time',
  },
  strategy: {
    strategyId: 'text',
    strategyVersion: 'integer',
    revision: 'integer',
    state: 'text',
    holdoutBasisPoints: 'integer',
    /** Of the evaluation plan; empty without one. */
    planOutcome: 'text',
    planWindowDays: 'integer',
    planMinGroupSize: 'integer',
    planExpectedLiftBasisPoints: 'integer',
    planReviewAt: 'time',
  },
  profile: { customerId: 'text', personKey: 'text', version: 'integer' },
} as const satisfies Record<string, Record<string, ColumnKind>>;

export type FactTable = keyof typeof FACT_TABLES;
type ValueOf<K> = K extends 'text' ? string : K extends 'flag' ? boolean : K extends 'time' ? Date | null : number;

/** The columns of one row, by table. */
export type ColumnsOf<T extends FactTable> = {
  [C in keyof (typeof FACT_TABLES)[T]]: ValueOf<(typeof FACT_TABLES)[T][C]>;
};

/** A row and the table it belongs to. */
export type FactRow = { [T in FactTable]: { table: T } & ColumnsOf<T> }[FactTable];

/** What one event says, reduced to what reports need: no names, no texts that were shown. */
export interface Fact {
  /** The event's id: an event is one fact, once. */
  factId: string;
  /** The event's full type name. */
  type: string;
  at: Date;
  /** Empty when the event is only counted. */
  rows: FactRow[];
}
