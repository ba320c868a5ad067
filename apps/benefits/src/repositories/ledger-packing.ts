import type { LedgerTransaction } from '../domain/ledger';
import { ledgerKey, PLAIN_KINDS, transactionIdOf } from './ledger-key';

/**
 * What the ledger stores as one document: a transaction, or in a rush some that were committed together, of one kind and moment. A document and its
 * entries in the index cost more than the postings in it, and a rush of claims writes thousands a second.
 */
export interface LedgerTransactionDocument extends Omit<LedgerTransaction, 'transactionId'> {
  _id: string;
  /** Of several: in the order of their postings, with how many each has. Absent for one alone. */
  references?: string[];
  postingCounts?: number[];
  /** Absent also where each is `<kind>-<reference>`. */
  transactionIds?: string[];
}

/** Fewer than these are stored each by itself. */
const RUSH_MIN = 64;
/** More would make who reads one customer's postings read too many of others. */
const TOGETHER_MAX = 8;

export function pack(transactions: readonly LedgerTransaction[]): LedgerTransactionDocument[] {
  const runs: LedgerTransaction[][] = [];
  for (const transaction of transactions) {
    const last = runs.at(-1);
    if (last !== undefined && areAlike(last[0]!, transaction)) last.push(transaction);
    else runs.push([transaction]);
  }
  return runs.flatMap((run) => chunks(run, run.length < RUSH_MIN ? 1 : TOGETHER_MAX)).map(toDocument);
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));

/** Those of a document, in the order in which they were committed. */
export function unpack(document: LedgerTransactionDocument): LedgerTransaction[] {
  const { _id, transactionIds, references, postingCounts = [], ...fields } = document;
  if (references === undefined) return [{ transactionId: transactionIdOf(_id), ...fields }];
  let from = 0;
  return references.map((reference, index) => {
    const transactionId = transactionIds?.[index] ?? usualId({ kind: fields.kind, reference });
    const postings = fields.postings.slice(from, (from += postingCounts[index] ?? 0));
    return { ...fields, transactionId, reference, postings };
  });
}

const usualId = ({ kind, reference }: Pick<LedgerTransaction, 'kind' | 'reference'>): string => `${kind}-${reference}`;

/** What is looked up by its id is stored under it. */
const areAlike = (one: LedgerTransaction, other: LedgerTransaction): boolean =>
  one.kind === other.kind && one.postedAt.getTime() === other.postedAt.getTime() && !PLAIN_KINDS.includes(one.kind);

function toDocument(together: readonly LedgerTransaction[]): LedgerTransactionDocument {
  const [first] = together as [LedgerTransaction];
  const { kind, reference, postings, postedAt } = first;
  const document = { _id: ledgerKey(first), kind, reference, postings, postedAt };
  if (together.length === 1) return document;
  const areUsual = together.every((each) => each.transactionId === usualId(each));
  return {
    ...document,
    postings: together.flatMap((each) => each.postings),
    ...(!areUsual && { transactionIds: together.map(({ transactionId }) => transactionId) }),
    references: together.map((each) => each.reference),
    postingCounts: together.map((each) => each.postings.length),
  };
}
