import { DomainError } from '@tidegate/errors';
import { LineRefused } from './import-cell';
import { readLine } from './import-line';
import { missingColumns, parseMapping, type ColumnMappingInput } from './import-mapping';

const column = (column: string, target: string, over: Partial<ColumnMappingInput> = {}): ColumnMappingInput => ({
  column,
  target,
  type: '',
  prefix: '',
  isRequired: false,
  ...over,
});
const MAPPING = parseMapping([
  column('id', 'external_id', { prefix: 'bm-' }),
  column('tel', 'phone'),
  column('born', 'birth_date'),
  column('unit', 'org_path'),
  column('phase', 'stage'),
  column('balance', 'attributes.balance', { type: 'number' }),
  column('housing', 'attributes.housing', { type: 'boolean' }),
  column('since', 'attributes.since', { type: 'date' }),
  column('job', 'attributes.job', { isRequired: true }),
  column('rm', 'owner_id'),
  column('team', 'attributes.teamId'),
]);
const CELLS = { id: '7', job: 'admin' };

const reasonOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof LineRefused || error instanceof DomainError) return error.reason;
    throw error;
  }
  return 'none';
};

describe('parseMapping', () => {
  it.each<[string, ColumnMappingInput[]]>([
    ['no external id', [column('a', 'name')]],
    ['unknown target', [column('a', 'external_id'), column('b', 'shoe_size')]],
    ['attribute key that no rule can name', [column('a', 'external_id'), column('b', 'attributes.1 2')]],
    ['attribute key that is a path', [column('a', 'external_id'), column('b', 'attributes.a.b')]],
    ['unknown type', [column('a', 'external_id'), column('b', 'attributes.x', { type: 'money' })]],
    ['typed profile field', [column('a', 'external_id', { type: 'number' })]],
    ['target twice', [column('a', 'external_id'), column('b', 'attributes.x'), column('c', 'attributes.x')]],
    ['owner twice', [column('a', 'external_id'), column('b', 'owner_id'), column('c', 'attributes.ownerId')]],
    ['team that is a number', [column('a', 'external_id'), column('b', 'team_id', { type: 'number' })]],
    ['nameless column', [column('', 'external_id')]],
  ])('refuses %s', (_, mapping) => {
    expect(reasonOf(() => parseMapping(mapping))).toBe('MAPPING_INVALID');
  });

  it('names the columns that a file lacks, but not the line number', () => {
    const mapping = parseMapping([column('$line', 'external_id'), column('a', 'name'), column('b', 'phone')]);
    expect(missingColumns(mapping, ['a', 'c'])).toEqual(['b']);
  });
});

describe('readLine', () => {
  it('reads each type', () => {
    const cells = { ...CELLS, tel: '+86 138-1234-5678', born: '19800229', unit: 'hq/east', phase: 'honeymoon' };
    expect(
      readLine(MAPPING, { ...cells, balance: '-12.50', housing: 'YES', since: '2020-01-02', rm: 'rm-1' }, 3),
    ).toEqual({
      externalId: 'bm-7',
      phone: '+8613812345678',
      birthDate: '1980-02-29',
      orgPath: 'hq/east',
      stage: 'honeymoon',
      attributes: { balance: -12.5, housing: true, since: Date.UTC(2020, 0, 2), job: 'admin', ownerId: 'rm-1' },
    });
  });

  it('leaves out what is empty and reads the line number', () => {
    const mapping = parseMapping([column('$line', 'external_id', { prefix: 'l-' }), column('a', 'attributes.a')]);
    expect(readLine(mapping, { a: '  ' }, 12)).toEqual({ externalId: 'l-12', attributes: {} });
  });

  it.each([
    ['CELL_REQUIRED', { id: '' }],
    ['CELL_REQUIRED', { job: ' ' }],
    ['CELL_NOT_NUMBER', { balance: '12,5' }],
    ['CELL_NOT_NUMBER', { balance: 'Infinity' }],
    ['CELL_NOT_NUMBER', { balance: '1e999' }],
    ['CELL_NOT_BOOLEAN', { housing: 'maybe' }],
    ['CELL_NOT_DATE', { since: '2021-02-29' }],
    ['CELL_NOT_DATE', { since: '2021-02/20' }],
    ['CELL_NOT_DATE', { born: 'yesterday' }],
    ['CELL_TOO_LONG', { job: 'x'.repeat(501) }],
    ['EXTERNAL_ID_INVALID', { id: 'x'.repeat(200) }],
    ['PHONE_INVALID', { tel: 'call me' }],
    ['ORG_PATH_INVALID', { unit: 'hq//east' }],
    ['STAGE_INVALID', { phase: 'teenager' }],
    ['OWNER_INVALID', { rm: 'Ann Lee' }],
    ['OWNER_INVALID', { team: 'north|south' }],
  ])('refuses with %s', (reason, cells) => {
    expect(reasonOf(() => readLine(MAPPING, { ...CELLS, ...cells }, 1))).toBe(reason);
  });

  it('never tells the content of a cell', () => {
    expect(() => readLine(MAPPING, { ...CELLS, tel: 'secret 139' }, 1)).not.toThrow(/139/);
    expect(() => readLine(MAPPING, { ...CELLS, tel: 'secret 139' }, 1)).toThrow(/tel/);
  });
});
