import { StringDecoder } from 'node:string_decoder';

/** The text of one record, not read yet. */
export interface CsvFrame {
  text: string;
  /** In the file, from 1; of a record with line breaks in it, the first. */
  fileLine: number;
  /** A quote was opened and not closed within the limits. */
  isOpen: boolean;
}

const FRAME_LENGTH_MAX = 65_536;
const FRAME_LINES_MAX = 100;
const QUOTE = /"/g;

/**
 * Cuts a file into records: a record ends at a line break outside of quotes. A quote that nobody closes costs its own line
 * only: after some lines without an end, that line is given up and the next one is read as if it had not been there.
 */
export async function* csvFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<CsvFrame> {
  const frames = new Framer();
  for await (const line of physicalLines(chunks)) yield* frames.take(line);
  yield* frames.end();
}

class Framer {
  private held: string[] = [];
  private heldLength = 0;
  private isQuoted = false;
  private nextLine = 1;

  *take(line: string): Generator<CsvFrame> {
    const fileLine = this.nextLine + this.held.length;
    if (!this.isQuoted && !hasOddQuotes(line)) {
      this.nextLine = fileLine + 1;
      if (line !== '') yield { text: line, fileLine, isOpen: false };
      return;
    }
    this.held.push(line);
    this.heldLength += line.length;
    if (hasOddQuotes(line)) this.isQuoted = !this.isQuoted;
    if (!this.isQuoted) {
      const [text, first] = [this.held.join('\n'), this.nextLine];
      this.reset(fileLine + 1);
      yield { text, fileLine: first, isOpen: false };
    } else if (this.held.length > FRAME_LINES_MAX || this.heldLength > FRAME_LENGTH_MAX) {
      yield* this.giveUp();
    }
  }

  *end(): Generator<CsvFrame> {
    while (this.held.length > 0) yield* this.giveUp();
  }

  /** Gives up the first held line and reads the others again; they are fewer each time. */
  private *giveUp(): Generator<CsvFrame> {
    const [first = '', ...rest] = this.held;
    yield { text: first, fileLine: this.nextLine, isOpen: true };
    this.reset(this.nextLine + 1);
    for (const line of rest) yield* this.take(line);
  }

  private reset(nextLine: number): void {
    this.held = [];
    this.heldLength = 0;
    this.isQuoted = false;
    this.nextLine = nextLine;
  }
}

const hasOddQuotes = (line: string): boolean => line.includes('"') && (line.match(QUOTE)?.length ?? 0) % 2 === 1;

/** Lines without their ends; one that is too long is cut short behind the limit, and refused by its length. */
async function* physicalLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let isFirst = true;
  for await (const chunk of chunks) {
    let text = rest + decoder.write(Buffer.from(chunk));
    if (isFirst && text !== '') {
      isFirst = false;
      if (text.startsWith('\ufeff')) text = text.slice(1);
    }
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > 2 * FRAME_LENGTH_MAX) rest = rest.slice(0, FRAME_LENGTH_MAX + 1);
    for (const line of lines) yield withoutReturn(line);
  }
  rest += decoder.end();
  if (rest !== '') yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Whether the record is longer than any honest one. */
export const isTooLong = (frame: CsvFrame): boolean => frame.text.length > FRAME_LENGTH_MAX;
