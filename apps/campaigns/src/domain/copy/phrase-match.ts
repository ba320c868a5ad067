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

/** A text prepared once for many phrases. Variables are no words of ours: what stands in for them is known at rendering only. */
export class SearchText {
  private readonly typed: string;
  private readonly han: Normalized;
  private readonly words: Normalized;

  constructor(text: string) {
    this.typed = text.replace(VARIABLE, (variable) => '\u3002'.repeat(variable.length));
    this.han = squeezed(this.typed);
    this.words = spaced(` ${this.typed} `);
  }

  /** Where the phrase stands first, as it was typed; undefined when it does not, or only with what makes it another thing. */
  find(phrase: string, unless: { before?: readonly string[]; after?: readonly string[] } = {}): string | undefined {
    const isHan = HAN.test(phrase);
    const { text, places } = isHan ? this.han : this.words;
    const shape = (words: string): string => (isHan ? squeezed(words).text : ` ${spaced(words).text.trim()} `);
    const wanted = shape(phrase);
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      // A word's space belongs to both neighbours.
      const before = isHan ? text.slice(0, at) : text.slice(0, at + 1);
      const after = isHan ? text.slice(end) : text.slice(end - 1);
      const isOther =
        (unless.before ?? []).some((word) => before.endsWith(shape(word))) ||
        (unless.after ?? []).some((word) => after.startsWith(shape(word)));
      if (!isOther) return this.asTyped(places, at, end, isHan);
    }
    return undefined;
  }

  private asTyped(places: readonly number[], at: number, end: number, isHan: boolean): string {
    // The text of words begins with a space that was not typed.
    const shift = isHan ? 0 : 1;
    const from = (places[isHan ? at : at + 1] ?? 0) - shift;
    const last = (places[isHan ? end - 1 : end - 2] ?? 0) - shift;
    return this.typed.slice(from, last + 1);
  }
}
