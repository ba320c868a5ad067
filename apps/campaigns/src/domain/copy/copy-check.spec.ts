import fc from 'fast-check';
import { BUILT_IN_WORD_LISTS } from './built-in-word-lists';
import { checkCopy, type CopyFinding } from './copy-check';
import { parseWordList } from './word-list';

const check = (text: string, group = ''): CopyFinding[] =>
  checkCopy({ parts: [{ field: 'body', text }], group }, BUILT_IN_WORD_LISTS);
const codes = (text: string, group = ''): string[] =>
  check(text, group).map(({ code, entryId }) => `${code}:${entryId}`);

describe('forbidden promises', () => {
  it.each([
    ['本产品保本保息，欢迎选购', '保本保息'],
    ['保 本 保 息', '保 本 保 息'],
    ['保*本·保*息', '保*本·保*息'],
    ['保\u200b本\u200b保\u200b息', '保\u200b本\u200b保\u200b息'],
    ['穩賺不賠的選擇', '穩賺不賠'],
    ['１００％下款', '１００％下款'],
    ['This is a RISK-FREE offer', 'RISK-FREE'],
    ['Guaranteed  returns for you', 'Guaranteed  returns'],
    ['我们零风险', '零风险'],
    ['不是保本胜似保本', '保本'],
  ])('sees %s', (text, phrase) => {
    expect(check(text)[0]).toMatchObject({ code: 'COPY_FORBIDDEN_PROMISE', phrase, listId: 'forbidden-promises' });
  });

  it.each([
    '本产品不保本，不保证收益',
    '请确保本人到场办理',
    '理财产品不承诺保本，投资须谨慎',
    '打破刚性兑付',
    'Piano risk management',
    'This is not risk free',
    '定期存款按约定利率计息',
    '{{customer.attributes.保本}}您好',
  ])('leaves %s alone', (text) => {
    expect(codes(text)).toEqual([]);
  });

  it('names list, version and source', () => {
    const [finding] = check('无风险');
    expect(finding).toMatchObject({
      listVersion: expect.stringMatching(/^\d{4}-/),
      source: expect.stringContaining('广告法'),
    });
  });

  it('is not fooled by anything that is put between the characters', () => {
    const filler = fc.constantFrom(' ', '·', '*', '-', '，', '\u200b', '。', '~', '|', '　', '…');
    fc.assert(
      fc.property(fc.array(filler, { maxLength: 3 }), fc.array(filler, { maxLength: 3 }), (one, other) => {
        const text = `本期产品保${one.join('')}本${other.join('')}保${one.join('')}息`;
        expect(codes(text)).toContain('COPY_FORBIDDEN_PROMISE:capital-and-return');
      }),
    );
  });
});

describe('risk words', () => {
  it('are asked for by the text or by the product group', () => {
    expect(codes('看看我们的新基金')).toEqual(['COPY_RISK_WORDS_MISSING:investment-risk']);
    expect(codes('看看我们的新产品', 'wealth')).toEqual(['COPY_RISK_WORDS_MISSING:investment-risk']);
    expect(codes('看看我们的新基金，投资有风险')).toEqual([]);
    expect(codes('信用贷最快当天到账')).toEqual(['COPY_RISK_WORDS_MISSING:loan-annual-rate']);
    expect(codes('信用贷年化利率3.6%起')).toEqual([]);
  });

  it('may stand in another part of the same message', () => {
    const parts = [
      { field: 'title', text: '新发基金' },
      { field: 'body', text: '投资须谨慎' },
    ];
    expect(checkCopy({ parts, group: '' }, BUILT_IN_WORD_LISTS)).toEqual([]);
  });

  it('are not asked for by a job title, nor where the script says them', () => {
    expect(codes('您的理财经理小王')).toEqual([]);
    const call = { parts: [{ field: 'title', text: '基金电访' }], group: 'funds', mustWarn: false };
    expect(checkCopy(call, BUILT_IN_WORD_LISTS)).toEqual([]);
  });
});

describe('a word list', () => {
  const list = {
    listId: 'own',
    version: '1',
    kind: 'forbidden',
    title: '',
    sources: { s: 'S' },
    entries: [] as object[],
  };

  it('must ask for something and name its source', () => {
    expect(() => parseWordList(list, 'own.json')).toThrow('own.json is no word list');
    const unsourced = { ...list, entries: [{ entryId: 'e', source: 'x', phrases: ['a'] }] };
    expect(() => parseWordList(unsourced, 'own.json')).toThrow('source x is not named');
    const empty = { ...list, entries: [{ entryId: 'e', source: 's', phrases: [' '] }] };
    expect(() => parseWordList(empty, 'own.json')).toThrow('phrases are missing or empty');
  });
});
