import type { CellType } from './import-mapping';

/** Why a line was refused. Messages name the column, never the cell's content. */
export class LineRefused extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const BOOLEANS: Record<string, boolean> = {
  yes: true,
  true: true,
  '1': true,
  no: false,
  false: false,
  '0': false,
};
const DATE = /^(\d{4})([-/]?)(\d{2})\2(\d{2})$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const TEXT_LENGTH_MAX = 500;

/**
 * Reads a cell that is not empty. A date is epoch milliseconds, at midnight UTC when it has no time.
 * @throws LineRefused CELL_NOT_NUMBER, CELL_NOT_BOOLEAN, CELL_NOT_DATE, CELL_TOO_LONG
 */
export function parseCell(text: string, type: CellType, column: string): string | number | boolean {
  switch (type) {
    case 'string':
      if (text.length > TEXT_LENGTH_MAX) {
        throw new LineRefused('CELL_TOO_LONG', `Column ${column} has more than ${TEXT_LENGTH_MAX} characters.`);
      }
      return text;
    case 'number': {
      const value = NUMBER.test(text) ? Number(text) : Number.NaN;
      if (!Number.isFinite(value)) throw new LineRefused('CELL_NOT_NUMBER', `Column ${column} is not a number.`);
      return value === 0 ? 0 : value;
    }
    case 'boolean': {
      const value = BOOLEANS[text.toLowerCase()];
      if (value === undefined) throw new LineRefused('CELL_NOT_BOOLEAN', `Column ${column} is not yes or no.`);
      return value;
    }
    case 'date': {
      const moment = dateOf(text);
      if (moment === undefined) throw new LineRefused('CELL_NOT_DATE', `Column ${column} is not a date.`);
      return moment;
    }
  }
}

function dateOf(text: string): number | undefined {
  const parts = DATE.exec(text);
  if (!parts) {
    const moment = DATE_TIME.test(text) ? Date.parse(text) : Number.NaN;
    return Number.isNaN(moment) ? undefined : moment;
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[3]), Number(parts[4])];
  const moment = Date.UTC(year, month - 1, day);
  const date = new Date(moment);
  // 31 April rolls over to May: that is no date.
  return year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? moment : undefined;
}
