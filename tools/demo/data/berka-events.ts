import { berkaCustomerOf } from './berka-customers';
import type { BerkaFiles } from './berka-files';

/** One CloudEvent as POST /open/v1/events takes it. */
export interface OpenEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  /** The moment of acceptance when left out. */
  time?: string;
  data: Record<string, unknown>;
}

type TimedEvent = OpenEvent & { time: string };

const SOURCE = 'urn:berka:core-bank';
const CURRENCY = 'CZK';

/** Accounts opened, cards issued and loans granted, in order of time. */
export function holdingEvents(files: BerkaFiles): TimedEvent[] {
  const ownerOf = accountOwners(files);
  const clientOf = new Map(files.dispositions.map(({ dispositionId, clientId }) => [dispositionId, clientId]));
  const opened = files.accounts.map(({ accountId, openedOn, frequency }) =>
    event(`account-${accountId}`, 'account-opened', ownerOf.get(accountId), openedOn, { accountId, frequency }),
  );
  const issued = files.cards.map(({ cardId, dispositionId, kind, issuedOn }) =>
    event(`card-${cardId}`, 'card-issued', clientOf.get(dispositionId), issuedOn, { cardId, kind }),
  );
  const granted = files.loans.map(({ loanId, accountId, grantedOn, ...terms }) =>
    event(`loan-${loanId}`, 'loan-granted', ownerOf.get(accountId), grantedOn, {
      loanId,
      accountId,
      ...terms,
      currency: CURRENCY,
    }),
  );
  return inOrderOfTime([...opened, ...issued, ...granted]);
}

/** Transactions in order of time; on one day, in the order of the file. A fact of an account is told of its owner. */
export function transactionEvents(files: BerkaFiles): TimedEvent[] {
  const ownerOf = accountOwners(files);
  return inOrderOfTime(
    files.transactions.map(({ transactionId, accountId, bookedOn, ...facts }) =>
      event(`transaction-${transactionId}`, 'transaction', ownerOf.get(accountId), bookedOn, {
        accountId,
        ...facts,
        currency: CURRENCY,
      }),
    ),
  );
}

const accountOwners = ({ dispositions }: BerkaFiles): Map<string, string> =>
  new Map(dispositions.filter(({ role }) => role === 'owner').map(({ accountId, clientId }) => [accountId, clientId]));

function event(
  id: string,
  type: string,
  clientId: string | undefined,
  day: string,
  data: Record<string, unknown>,
): TimedEvent {
  if (clientId === undefined) throw new Error(`the Berka data names nobody for ${id}`);
  const subject = berkaCustomerOf(clientId);
  // The data set knows days, not hours.
  return { specversion: '1.0', id, source: SOURCE, type, subject, time: `${day}T00:00:00Z`, data };
}

const inOrderOfTime = (events: TimedEvent[]): TimedEvent[] =>
  events.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
