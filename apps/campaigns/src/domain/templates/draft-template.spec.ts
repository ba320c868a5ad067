import type { ScriptDraft } from '../script';
import { draftTemplate } from './draft-template';
import type { TemplateDraft } from './template';
import { TEMPLATES } from './templates';

// Goal: what a draft says of a gift is true: it can be claimed from the stock that is shown, and without one there is no word of it.

const GIFT = /礼|领取|gift/i;
const IS_GRANTED = /已放入|已发放|已存入|已送出/;

const drafted = (templateId: string, benefitStockId: string): TemplateDraft => {
  const template = TEMPLATES.find((each) => each.templateId === templateId)!;
  const order = {
    strategyId: 's',
    name: '',
    orgPath: 'hq',
    queue: 'rb',
    currency: 'CNY',
    startsAt: null,
    endsAt: null,
  };
  return draftTemplate(template, { ...order, benefitStockId });
};
const spokenIn = ({ title, opening, talkingPoints, objections, nextStep }: ScriptDraft): string[] => [
  ...[title, opening, ...talkingPoints],
  ...objections.map(({ answer }) => answer),
  nextStep,
];
const textsOf = ({ actions, scripts, content }: TemplateDraft): string[] => [
  content.name,
  ...actions.flatMap(({ name, treatments }) => [name, ...treatments.flatMap(({ title, body }) => [title, body])]),
  ...scripts.flatMap(spokenIn),
];

describe.each(TEMPLATES.map(({ templateId }) => templateId))('%s', (templateId) => {
  it('speaks of no gift without a stock, and says something all the same', () => {
    const draft = drafted(templateId, '');
    expect(textsOf(draft).filter((text) => GIFT.test(text))).toEqual([]);
    for (const { opening, talkingPoints, objections } of draft.scripts) {
      expect([opening, ...talkingPoints, ...objections.map(({ answer }) => answer)]).not.toContain('');
    }
    for (const { treatments } of draft.actions) {
      for (const { body, scriptId } of treatments) expect(body + scriptId).not.toBe('');
    }
  });

  it('says with a stock that the gift can be claimed, not that it has been granted', () => {
    const draft = drafted(templateId, 'stock');
    const texts = textsOf(draft);
    expect(texts.filter((text) => IS_GRANTED.test(text))).toEqual([]);
  });

  it('shows the stock wherever the gift is spoken of, so that it is not when there is none left', () => {
    const { actions, scripts } = drafted(templateId, 'stock');
    const saidIn = new Map(scripts.map((script) => [script.scriptId, spokenIn(script)]));
    const treatments = actions.flatMap((action) => action.treatments);
    const promising = treatments.filter(({ title, body, scriptId }) =>
      [title, body, ...(saidIn.get(scriptId) ?? [])].some((text) => GIFT.test(text)),
    );
    expect(promising.filter(({ benefitStockId }) => benefitStockId !== 'stock')).toEqual([]);
  });
});
