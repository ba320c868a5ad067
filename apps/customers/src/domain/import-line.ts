import { isOrgPath, isStage, type Attributes, type Stage } from './customer';
import { LineRefused, parseCell } from './import-cell';
import { LINE_COLUMN, type ColumnMapping, type ProfileTarget } from './import-mapping';
import { isOwnerKey, OWNER_IDS } from './owner';

/** What one line of a file says of a customer; undefined means that it says nothing. */
export interface CustomerLine {
  externalId: string;
  name?: string;
  phone?: string;
  birthDate?: string;
  orgPath?: string;
  stage?: Stage;
  attributes: Attributes;
}

const EXTERNAL_ID_LENGTH_MAX = 128;
const PHONE = /^\+?[0-9][0-9 -]{3,22}[0-9]$/;

/**
 * Reads one line by the mapping.
 * @param lineNumber of the data lines, from 1: what the column `$line` reads
 * @throws LineRefused with the reason of the line's first fault
 */
export function readLine(
  mapping: readonly ColumnMapping[],
  cells: Readonly<Record<string, string | undefined>>,
  lineNumber: number,
): CustomerLine {
  const line: CustomerLine = { externalId: '', attributes: {} };
  for (const column of mapping) {
    const text = column.column === LINE_COLUMN ? String(lineNumber) : (cells[column.column] ?? '').trim();
    if (text === '') {
      if (column.isRequired) throw new LineRefused('CELL_REQUIRED', `Column ${column.column} is empty.`);
      continue;
    }
    const value = parseCell(column.prefix + text, column.type, column.column);
    if ('attribute' in column.target) setAttribute(line, column.target.attribute, value, column.column);
    else setProfile(line, column.target.profile, value, column.column);
  }
  return line;
}

function setAttribute(line: CustomerLine, key: string, value: string | number | boolean, column: string): void {
  if (isOwnerKey(key) && !OWNER_IDS[key].test(String(value))) {
    throw new LineRefused('OWNER_INVALID', `Column ${column} names neither a person nor a team.`);
  }
  line.attributes[key] = value;
}

function setProfile(line: CustomerLine, target: ProfileTarget, value: string | number | boolean, column: string): void {
  const text = String(value);
  switch (target) {
    case 'external_id':
      if (text.length > EXTERNAL_ID_LENGTH_MAX) {
        throw new LineRefused(
          'EXTERNAL_ID_INVALID',
          `Column ${column} has more than ${EXTERNAL_ID_LENGTH_MAX} characters.`,
        );
      }
      line.externalId = text;
      return;
    case 'name':
      line.name = text;
      return;
    case 'phone':
      if (!PHONE.test(text)) throw new LineRefused('PHONE_INVALID', `Column ${column} is not a phone number.`);
      line.phone = text.replace(/[ -]/g, '');
      return;
    case 'birth_date':
      line.birthDate = new Date(Number(value)).toISOString().slice(0, 10);
      return;
    case 'org_path':
      if (!isOrgPath(text)) throw new LineRefused('ORG_PATH_INVALID', `Column ${column} is not an organisation path.`);
      line.orgPath = text;
      return;
    case 'stage':
      if (!isStage(text)) throw new LineRefused('STAGE_INVALID', `Column ${column} is not a lifecycle stage.`);
      line.stage = text;
      return;
  }
}
