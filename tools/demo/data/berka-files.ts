import { join } from 'node:path';
import { decodeAmount, decodeBirthNumber, decodeDay, decodeDirection } from './berka-decode';
import { cell, readTable } from './csv-table';

export interface BerkaDistrict {
  districtId: string;
  name: string;
  region: string;
}
export interface BerkaClient {
  clientId: string;
  birthDate: string;
  sex: 'female' | 'male';
  districtId: string;
}
/** Who may use an account, and how. */
export interface BerkaDisposition {
  dispositionId: string;
  clientId: string;
  accountId: string;
  role: 'owner' | 'disponent';
}
export interface BerkaAccount {
  accountId: string;
  frequency: string;
  openedOn: string;
}
export interface BerkaCard {
  cardId: string;
  dispositionId: string;
  kind: string;
  issuedOn: string;
}
export interface BerkaLoan {
  loanId: string;
  accountId: string;
  grantedOn: string;
  amountMinor: number;
  durationMonths: number;
  paymentMinor: number;
}
export interface BerkaTransaction {
  transactionId: string;
  accountId: string;
  bookedOn: string;
  direction: 'credit' | 'debit';
  operation: string;
  purpose: string;
  amountMinor: number;
  balanceMinor: number;
}

/** The PKDD'99 data set, decoded: days are ISO dates, amounts whole haléř. Loans' and cards' two files are read as one. */
export interface BerkaFiles {
  districts: BerkaDistrict[];
  clients: BerkaClient[];
  dispositions: BerkaDisposition[];
  accounts: BerkaAccount[];
  cards: BerkaCard[];
  loans: BerkaLoan[];
  /** In the order of the file. */
  transactions: BerkaTransaction[];
}

export function readBerkaFiles(folder: string): BerkaFiles {
  const rows = (...names: string[]) => names.flatMap((name) => readTable(join(folder, name), ';'));
  return {
    districts: rows('district.csv').map((row) => ({
      districtId: cell(row, 'code'),
      name: cell(row, 'name'),
      region: cell(row, 'region'),
    })),
    clients: rows('client.csv').map((row) => ({
      clientId: cell(row, 'client_id'),
      ...decodeBirthNumber(cell(row, 'birth_number')),
      districtId: cell(row, 'district_id'),
    })),
    dispositions: rows('disp.csv').map((row) => ({
      dispositionId: cell(row, 'disp_id'),
      clientId: cell(row, 'client_id'),
      accountId: cell(row, 'account_id'),
      role: cell(row, 'type') === 'OWNER' ? 'owner' : 'disponent',
    })),
    accounts: rows('account.csv').map((row) => ({
      accountId: cell(row, 'account_id'),
      frequency: cell(row, 'frequency'),
      openedOn: decodeDay(cell(row, 'creation_date')),
    })),
    cards: rows('card_train.csv', 'card_test.csv').map((row) => ({
      cardId: cell(row, 'card_id'),
      dispositionId: cell(row, 'disp_id'),
      kind: cell(row, 'type'),
      issuedOn: decodeDay(cell(row, 'issued')),
    })),
    loans: rows('loan_train.csv', 'loan_test.csv').map(readLoan),
    transactions: rows('trans_test.csv').map(readTransaction),
  };
}

const readLoan = (row: Record<string, string>): BerkaLoan => ({
  loanId: cell(row, 'loan_id'),
  accountId: cell(row, 'account_id'),
  grantedOn: decodeDay(cell(row, 'date')),
  amountMinor: decodeAmount(cell(row, 'amount')),
  durationMonths: Number(cell(row, 'duration')),
  paymentMinor: decodeAmount(cell(row, 'payments')),
});

const readTransaction = (row: Record<string, string>): BerkaTransaction => ({
  transactionId: cell(row, 'trans_id'),
  accountId: cell(row, 'account_id'),
  bookedOn: decodeDay(cell(row, 'date')),
  direction: decodeDirection(cell(row, 'type')),
  operation: cell(row, 'operation'),
  purpose: cell(row, 'k_symbol'),
  amountMinor: decodeAmount(cell(row, 'amount')),
  balanceMinor: decodeAmount(cell(row, 'balance')),
});
