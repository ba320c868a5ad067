import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindOfField, parseField, parseRule } from '@tidegate/rules';

// Goal: what docs/rules.md tells users to write is accepted.

const page = readFileSync(join(__dirname, '../../../../docs/rules.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = '']) => text);

describe('docs/rules.md', () => {
  it('shows several examples', () => expect(examples.length).toBeGreaterThanOrEqual(4));

  it.each(examples.map((text, i) => [i + 1, text]))('example %i is a rule', (_, text) => {
    const rule = parseRule(JSON.parse(String(text)));
    expect(rule).toEqual(JSON.parse(String(text)));
  });

  it('names fields that exist', () => {
    const table = page.slice(page.indexOf('## Fields'), page.indexOf('Attributes that facts maintain'));
    const named = [...table.matchAll(/`([A-Za-z.<>]+)`/g)].map(([, name = '']) => name.replace(/<\w+>/, 'x'));
    const fields = named.filter((name) => name !== 'date' && name !== 'field');
    expect(fields.length).toBeGreaterThan(12);
    for (const field of fields) {
      const ref = parseField(field);
      expect([field, ref !== null]).toEqual([field, true]);
      if (ref) expect(() => kindOfField(ref)).not.toThrow();
    }
  });
});
