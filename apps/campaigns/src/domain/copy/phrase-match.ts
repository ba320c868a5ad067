/** A text made comparable, with the place of each character in the text as it was typed. */
interface Normalized {
  text: string;
  places: number[];
}

const VARIABLE = /\{\{[^{}]*\}\}/g;
const HAN = /\p{Script=Han}/u;
/** Everything that is put between characters to get past a check: spaces, punctuation, symbols, invisible marks. */
const FILLER = /[\s\p{P}\p{S}\p{Cf}\p{M}\p{Z}]/u;
/** Traditional characters of promises; more would be a dictionary, and these are the ones that occur. */
const SIMPLIFIED: Readonly<Record<string, string>> = {
  證: '证',
  無: '无',
  風: '风',
  險: '险',
  穩: '稳',
  賺: '赚',
  賠: '赔',
  虧: '亏',
  損: '损',
  絕: '绝',
  對: '对',
  剛: '刚',
  兌: '兑',
  擔: '担',
  諾: '诺',
  確: '确',
  預: '预',
  財: '财',
  貸: '贷',
  資: '资',
  須: '须',
  謹: '谨',
  產: '产',
  場: '场',
  會: '会',
  級: '级',
  國: '国',
  業: '业',
  內: '内',
  沒: '没',
  還: '还',
  與: '与',
  構: '构',
  並: '并',
};

const fold = (character: string): string =>
  [...character.normalize('NFKC').toLowerCase()].map((each) => SIMPLIFIED[each] ?? each).join('');

/** Without what stands between the characters; `%` stays, it is part of phrases. */
function squeezed(text: string): Normalized {
  let out = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const folded of fold(character)) {
      if (folded === '%' || !FILLER.test(folded)) {
        out += folded;
        for (let i = 0; i < folded.length; i += 1) places.push(at);
      }
    }
    at += character.length;
  }
  return { text: out, places };
}

/** Lower case, with one space for everything that is no letter or digit: words stay words. */
function spaced(text: string): Normalized {
  let out = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    for (const folded of fold(character)) {
      const isWord = /[\p{L}\p{N}]/u.test(folded);
      if (isWord || !out.endsWith(' ')) {
        const next = isWord ? folded : ' ';
        out += next;
        for (let i = 0; i < next.length; i += 1) places.push(at);
      }
    }
    at += character.length;
  }
  return { text: out, places };
}

/** What makes a phrase another thing: words right before or after it, or shortly before it in the same clause. */
export interface Unless {
  before?: readonly string[];
  after?: readonly string[];
  near?: readonly string[];
}

/** Two words that say something together, in either order, with at most so many characters (Han) or words between them. */
export interface WordPair {
  one: readonly string[];
  other: readonly string[];
  gapMax: number;
  /** Right after `one`, these make it another thing: 保证金. */
  unlessAfterOne?: readonly string[];
  /** Right before `other`, these make it another thing: 贷款本息. */
  unlessBeforeOther?: readonly string[];
  /** Between the two, these make them another thing. */
  unlessBetween?: readonly string[];
}

/** Characters from `at` to before `end`, without the spaces of a word. */
interface Spot {
  at: number;
  end: number;
}

/** How far before a phrase a denial may begin, in characters of Han and in words. */
const HAN_REACH = 12;
const WORD_REACH = 5;
const WORD_LENGTH_MAX = 20;
/** A comma or a full stop ends what the words before it say; the point of a decimal does not. */
const CLAUSE_END = /[，。；！？、,;!?\n]|\.(?=\s|$)/u;

const isHan = (words: string): boolean => HAN.test(words);
/** Of words of lists only, so that it does not grow. */
const shapes = new Map<string, string>();
function shapeOf(words: string): string {
  const shape = shapes.get(words) ?? (isHan(words) ? squeezed(words).text : ` ${spaced(words).text.trim()} `);
  shapes.set(words, shape);
  return shape;
}
const countWords = (text: string): number => text.split(' ').filter((word) => word !== '').length;

/** A text prepared once for many phrases. Variables are no words of ours: what stands in for them is known at rendering only. */
export class SearchText {
  private readonly masked: string;
  private readonly han: Normalized;
  private readonly words: Normalized;

  constructor(private readonly typed: string) {
    this.masked = typed.replace(VARIABLE, (variable) => '\u2022'.repeat(variable.length));
    this.han = squeezed(this.masked);
    this.words = spaced(` ${this.masked} `);
  }

  /** Where the phrase stands first, as it was typed; undefined when it does not, or only with what makes it another thing. */
  find(phrase: string, unless: Unless = {}): string | undefined {
    const han = isHan(phrase);
    const { text } = this.side(han);
    for (const spot of spotsOf(phrase, text, 0, text.length)) {
      if (!this.isOther(spot, unless, han) && !this.isDenied(spot, unless, han)) return this.asTyped(spot, han);
    }
    return undefined;
  }

  /** As `find`, of two words in one clause. */
  findPair(pair: WordPair, unless: Unless = {}): string | undefined {
    const { before } = unless;
    for (const word of pair.one) {
      const han = isHan(word);
      const { text } = this.side(han);
      const others = pair.other.filter((each) => isHan(each) === han);
      for (const one of spotsOf(word, text, 0, text.length)) {
        if (this.isOther(one, { before, after: pair.unlessAfterOne }, han)) continue;
        for (const other of spotsAround(one, others, text, pair.gapMax * (han ? 1 : WORD_LENGTH_MAX))) {
          const [left, right] = one.at < other.at ? [one, other] : [other, one];
          const isOther =
            this.isApart(left, right, pair, unless, han) ||
            this.isOther(left, { before }, han) ||
            this.isOther(other, { before: pair.unlessBeforeOther }, han);
          if (!isOther && !this.isDenied(left, unless, han)) return this.asTyped({ at: left.at, end: right.end }, han);
        }
      }
    }
    return undefined;
  }

  /** Whether two words are too far from one another, in two clauses, or told apart by what stands between them. */
  private isApart(left: Spot, right: Spot, pair: WordPair, { near = [] }: Unless, han: boolean): boolean {
    const gap = this.side(han).text.slice(left.end, right.at);
    return (
      (han ? gap.length : countWords(gap)) > pair.gapMax ||
      CLAUSE_END.test(this.masked.slice(this.placeOf(left.end - 1, han) + 1, this.placeOf(right.at, han))) ||
      [...(pair.unlessBetween ?? []), ...near].some((words) => gap.includes(shapeOf(words)))
    );
  }

  private side(han: boolean): Normalized {
    return han ? this.han : this.words;
  }

  private isOther({ at, end }: Spot, { before = [], after = [] }: Unless, han: boolean): boolean {
    const { text } = this.side(han);
    return (
      before.some((word) => text.slice(0, at).endsWith(shapeOf(word))) ||
      after.some((word) => text.slice(end).startsWith(shapeOf(word)))
    );
  }

  private isDenied({ at }: Spot, { near = [] }: Unless, han: boolean): boolean {
    if (near.length === 0) return false;
    const { text } = this.side(han);
    const place = this.placeOf(at, han);
    return near.some((word) => {
      const shape = shapeOf(word);
      const from = text.lastIndexOf(shape, at - shape.length);
      if (isHan(word) !== han || from < 0) return false;
      const isFar = han ? at - from > HAN_REACH : countWords(text.slice(from, at)) > WORD_REACH;
      return !isFar && !CLAUSE_END.test(this.masked.slice(this.placeOf(from + shape.length - 1, han), place));
    });
  }

  /** Where a character was typed. The text of words begins with a space that was not. */
  private placeOf(at: number, han: boolean): number {
    return (this.side(han).places[at] ?? 0) - (han ? 0 : 1);
  }

  private asTyped({ at, end }: Spot, han: boolean): string {
    return this.typed.slice(this.placeOf(at, han), this.placeOf(end - 1, han) + 1);
  }
}

function* spotsOf(phrase: string, text: string, from: number, to: number): Generator<Spot> {
  const shape = shapeOf(phrase);
  const edge = isHan(phrase) ? 0 : 1;
  for (let at = text.indexOf(shape, from); at >= 0 && at + shape.length <= to; at = text.indexOf(shape, at + 1)) {
    yield { at: at + edge, end: at + shape.length - edge };
  }
}

/** The words that stand before or after a spot, at most `reach` characters away. */
function* spotsAround({ at, end }: Spot, words: readonly string[], text: string, reach: number): Generator<Spot> {
  for (const word of words) {
    const width = reach + shapeOf(word).length;
    yield* spotsOf(word, text.slice(0, end + width), end, end + width);
    for (const spot of spotsOf(word, text, Math.max(0, at - width), at + 1)) if (spot.end <= at) yield spot;
  }
}
