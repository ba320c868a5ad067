/** A customer of the file and what the test expects of it. */
export interface FileCustomer {
  externalId: string;
  balance: number;
  orgPath: string;
}

export const FILE_HEADER = 'client;name;phone;born;branch;balance;housing';

/** Every fourth customer belongs to the west; balances are spread over 0 to 1990. */
export const fileCustomer = (index: number): FileCustomer => ({
  externalId: `j-${String(index).padStart(3, '0')}`,
  balance: (index * 370) % 2_000,
  orgPath: index % 4 === 3 ? 'hq/west' : 'hq/east',
});

export const fileLine = (index: number, { externalId, balance, orgPath }: FileCustomer): string =>
  `${externalId};"Client, No. ${index}";+86 138 0000 ${String(index).padStart(4, '0')};19${60 + (index % 40)}-02-28;${orgPath};${balance};yes`;

/** Lines that a core bank's export really has, by why they cannot be taken. */
export const BAD_LINES: readonly [line: string, reason: string][] = [
  [';Nobody;;;hq/east;10;no', 'CELL_REQUIRED'],
  ['j-bad-1;Without balance;;;hq/east;;no', 'CELL_REQUIRED'],
  ['j-bad-2;Words for balance;;;hq/east;plenty;no', 'CELL_NOT_NUMBER'],
  ['j-bad-3;Strange phone;call me;;hq/east;10;no', 'PHONE_INVALID'],
  ['j-bad-4;Never born;;1990-02-31;hq/east;10;no', 'CELL_NOT_DATE'],
  ['j-bad-5;Perhaps;;;hq/east;10;perhaps', 'CELL_NOT_BOOLEAN'],
  ['j-bad-6;Nowhere;;;hq//east;10;no', 'ORG_PATH_INVALID'],
  ['j-bad-7;Too few cells', 'COLUMN_COUNT_WRONG'],
];

/** A file of good customers with the bad lines spread between them; `errors` are the lines that must be reported. */
export function bankFile(count: number): {
  csv: string;
  customers: FileCustomer[];
  errors: { line: number; reason: string }[];
} {
  const customers = Array.from({ length: count }, (_, index) => fileCustomer(index));
  const lines = [FILE_HEADER];
  const errors: { line: number; reason: string }[] = [];
  const gap = Math.floor(count / BAD_LINES.length);
  customers.forEach((customer, index) => {
    lines.push(fileLine(index, customer));
    const bad = index % gap === gap - 1 ? BAD_LINES[Math.floor(index / gap)] : undefined;
    if (!bad) return;
    lines.push(bad[0]);
    errors.push({ line: lines.length, reason: bad[1] });
  });
  return { csv: `${lines.join('\r\n')}\r\n`, customers, errors };
}
