import type { Condition } from '@tidegate/rules';

/** Operations of `transaction` facts, as docs/rules.md shows them, by which money leaves the bank. */
const OUTFLOWS = ['withdrawal', 'transfer_out'] as const;

/** Whether the operation of a fact lets money out. */
export const LETS_OUT: Condition = { op: 'in', value: OUTFLOWS };

/** What a template with outflows relies on. */
export const OUTFLOW_FACTS = `facts of type transaction with data.operation (${OUTFLOWS.join(' or ')}) and data.amountMinor`;
