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

  it.each([
    '保证本息',
    '确保本息安全',
    '保障本金',
    '保障本息',
    '保底收益',
    '保底年化5%',
    '保证年化收益5%',
    '确保您的本金安全',
    '零亏损',
    '不亏本',
    '没有任何风险',
    '无任何风险',
    'Your principal is guaranteed',
    'a guaranteed 5% return',
    'returns are guaranteed',
    '本金由我行保证',
    '本金100%有保障',
    '收益由银行承诺',
    '承诺每年4.5%以上的收益',
    '保证您投入的本金不受损失',
    '保证*年化*收益',
    '保障您的本金，安心之选',
    '不用担心，我们保证您的本金',
    '不仅保证您的本金，还有礼品',
    '本金、利息都安全，保证年化收益4%',
    '沒有任何風險',
    '保证收益型理财',
    '安心投资，保证本金和收益',
    '好过贷款，保证年化收益5%',
    '擔保您的本息',
    '保证{{customer.attributes.rate}}的收益',
    'We guarantee your principal',
    'We guarantee that your capital grows',
    'guaranteed annual returns',
    'No fees. Guaranteed 5% return',
  ])('sees the promise in %s', (text) => {
    expect(check(text)[0]).toMatchObject({ code: 'COPY_FORBIDDEN_PROMISE', listId: 'forbidden-promises' });
    expect(text).toContain(check(text)[0]?.phrase);
  });

  it.each([
    '不保证本息',
    '不承诺收益',
    '无法保证本金不受损失',
    '不能保证年化收益',
    '本产品不保证您的本金安全',
    '本金不保证，收益不承诺',
    '收益不作任何保证',
    '收益无法得到保证',
    '过往业绩不构成对未来收益的保证',
    '业绩比较基准不代表收益承诺',
    '银行不对本金及收益提供任何保证',
    '不得以任何方式向客户承诺本金和收益',
    '不保证不亏损',
    '并非没有任何风险',
    '世上没有无风险的投资',
    '本存款由存款保险依法保障，本金和利息合计最高50万元',
    '存款保险保障您的存款本息',
    '请确保账户余额足以偿还贷款本息',
    '请保证按时归还本息',
    '保证金收益以合同为准',
    '贷款本息由房产担保',
    '保险产品兼顾收益与保障',
    '保障您的账户安全，提高服务收益',
    '到期归还本息，保证服务到位',
    '请确保本次预约本人到场，担保本笔业务的材料齐全',
    '提高风险意识，没有风险提示的产品不要买',
    '十连抽保底奖励一份',
    'Returns are not guaranteed',
    'not a guaranteed 5% return',
    'We cannot guarantee your principal',
    'There is no guarantee of any return',
    "Your capital isn't guaranteed",
    'A gift is guaranteed to all. Return it within 30 days',
    'Your gift is guaranteed on your return visit',
  ])('takes %s for no promise', (text) => {
    expect(codes(text).filter((code) => code.startsWith('COPY_FORBIDDEN_PROMISE'))).toEqual([]);
  });

  it('sees every promise of capital or return in either order, and none that is denied', () => {
    const verb = fc.constantFrom('保证', '确保', '保障', '担保', '承诺');
    const noun = fc.constantFrom('本金', '本息', '收益');
    const gap = fc
      .array(fc.constantFrom('您', '的', '我行', '5%', ' ', '*'), { maxLength: 3 })
      .map((parts) => parts.join(''));
    const denial = fc.constantFrom('不', '不能', '无法', '没有', '并无');
    const sees = (text: string): boolean => codes(text).some((code) => code.startsWith('COPY_FORBIDDEN_PROMISE'));
    fc.assert(
      fc.property(verb, noun, gap, denial, fc.boolean(), (does, what, between, no, isVerbFirst) => {
        const say = (doing: string): string => `产品${isVerbFirst ? doing + between + what : what + between + doing}。`;
        expect([sees(say(does)), sees(say(no + does))]).toEqual([true, false]);
      }),
    );
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
    const halved = {
      ...list,
      entries: [{ entryId: 'e', source: 's', phrases: [], pairs: [{ one: ['a'], other: [], gapMax: 3 }] }],
    };
    expect(() => parseWordList(halved, 'own.json')).toThrow('a pair lacks words or a gap');
  });
});
