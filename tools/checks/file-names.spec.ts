import { checkFileName } from './file-names';

const problems = (path: string, content = ''): string[] => checkFileName(path, content).map(({ message }) => message);

describe('file names', () => {
  it.each([
    'apps/benefits/src/main.ts',
    'apps/benefits/src/benefits.module.ts',
    'apps/benefits/src/domain/cost-split.ts',
    'apps/benefits/src/domain/cost-split.spec.ts',
    'apps/benefits/src/use-cases/claim-benefit/claim-benefit.use-case.ts',
    'apps/benefits/src/use-cases/claim-benefit/claim-benefit.int-spec.ts',
    'apps/benefits/src/repositories/stock.repository.ts',
    'apps/benefits/src/repositories/stock.repository.int-spec.ts',
    'apps/e2e/src/faults.e2e-spec.ts',
    'libs/rules/src/condition-test.ts',
    'tools/demo/report/funnel.section.ts',
  ])('accepts %s', (path) => {
    expect(problems(path)).toEqual([]);
  });

  it.each([
    ['libs/rules/src/Rule.ts', '"Rule" is not kebab-case'],
    ['libs/rules/src/my rule spec.ts', '"my rule spec" is not kebab-case'],
    ['libs/rules/src/rule_spec.ts', '"rule_spec" is not kebab-case'],
    ['libs/rules/src/__tests__/rule.spec.ts', 'folder "__tests__" is not kebab-case'],
    ['libs/rules/src/rule-spec.ts', 'a spec is named <noun>.spec.ts, <noun>.int-spec.ts or <noun>.e2e-spec.ts'],
    ['libs/rules/src/rule.test.ts', 'a spec is named <noun>.spec.ts, <noun>.int-spec.ts or <noun>.e2e-spec.ts'],
    ['tools/up/ports.test.ts', 'a spec is named <noun>.spec.ts, <noun>.int-spec.ts or <noun>.e2e-spec.ts'],
    ['libs/rules/src/rule.unit-spec.ts', 'a spec is named <noun>.spec.ts, <noun>.int-spec.ts or <noun>.e2e-spec.ts'],
    ['libs/rules/src/rule.spec.int-spec.ts', 'a file has one role'],
    ['libs/rules/src/rule.spec.config.ts', 'the spec suffix comes last'],
    ['libs/rules/src/rule.config.schema.ts', 'a file has one role'],
    ['libs/rules/src/rule.mapper.ts', '".mapper" is not a role (tools/checks/file-names.ts)'],
    ['libs/common/src/money.ts', '"common" does not say what it holds'],
    ['apps/leads/src/domain/utils.ts', '"utils" does not say what it holds'],
    ['apps/leads/src/leads.e2e-spec.ts', 'journeys live in apps/e2e'],
    ['apps/leads/src/domain/lead.repository.ts', 'repositories live in repositories/'],
    [
      'apps/leads/src/use-cases/put-seat/move-seat.use-case.ts',
      'a use case lives in its own folder: use-cases/move-seat/',
    ],
  ])('refuses %s', (path, message) => {
    expect(problems(path)).toEqual([message]);
  });

  it('finds tests where no project runs them', () => {
    const content = "import { x } from './x';\n\ndescribe('x', () => {});\n";
    expect(problems('libs/rules/src/rule-check.ts', content)).toEqual(['holds tests, but no jest project runs it']);
    expect(problems('libs/rules/src/rule-check.spec.ts', content)).toEqual([]);
  });
});
