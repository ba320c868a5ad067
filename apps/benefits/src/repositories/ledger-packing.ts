import type { LedgerTransaction } from '../domain/ledger';
import { ledgerKey, PLAIN_KINDS, transactionIdOf } from './ledger-key';

/**
 * What the ledger stores as one document: a transaction, or some that were committed together, of one kind and moment. A document and its
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

/** More would make who reads one customer's postings read too many of others. */
const TOGETHER_MAX = 8;

export function pack(transactions: readonly LedgerTransaction[]): LedgerTransactionDocument[] {
  const packed: LedgerTransaction[][] = [];
  for (const transaction of transactions) {
    const last = packed.at(-1);
    if (last !== undefined && last.length < TOGETHER_MAX && areAlike(last[0]!, transaction)) last.push(transaction);
    else packed.push([transaction]);
  }
  return packed.map(toDocument);
}

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
