import { pathPartOf } from './berka-decode';
import type { BerkaDistrict, BerkaFiles } from './berka-files';
import { writeTable } from './csv-table';

export const HEAD_OFFICE = 'hq';

/** A branch of the bank is a region of the data set, a sub-branch one of its districts. */
export const branchPathOf = ({ region }: Pick<BerkaDistrict, 'region'>): string => `${HEAD_OFFICE}/${pathPartOf(region)}`;

export const subBranchPathOf = (district: Pick<BerkaDistrict, 'region' | 'name'>): string =>
  `${branchPathOf(district)}/${pathPartOf(district.name)}`;

export const berkaCustomerOf = (clientId: string): string => `berka-${clientId}`;

const COLUMNS = ['client_id', 'birth_date', 'sex', 'district', 'sub_branch', 'account_id', 'account_role', 'statements'] as const;

/** The clients as one file to import: one line each, with the sub-branch of their district and their account. */
export function clientsCsv(files: BerkaFiles): string {
  const districts = new Map(files.districts.map((district) => [district.districtId, district]));
  const accounts = new Map(files.accounts.map((account) => [account.accountId, account]));
  const dispositions = new Map(files.dispositions.map((disposition) => [disposition.clientId, disposition]));
  const rows = files.clients.map((client) => {
    const district = found(districts.get(client.districtId), `district ${client.districtId}`);
    const disposition = found(dispositions.get(client.clientId), `disposition of client ${client.clientId}`);
    const account = found(accounts.get(disposition.accountId), `account ${disposition.accountId}`);
    return {
      client_id: client.clientId,
      birth_date: client.birthDate,
      sex: client.sex,
      district: district.name,
      sub_branch: subBranchPathOf(district),
      account_id: account.accountId,
      account_role: disposition.role,
      statements: account.frequency,
    };
  });
  return writeTable(COLUMNS, rows);
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the Berka data has no ${what}`);
  return value;
}
