import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const root = import.meta.dirname;
const apps = readdirSync(join(root, 'apps')).filter((name) => existsSync(join(root, 'apps', name, 'project.json')));

const TEST_FILES = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/src/testing/**', '**/src/*/testing/**'];
// Jest takes its configuration and its global setup from default exports.
const DEFAULT_EXPORTS = ['**/*.config.{js,mjs,ts}', '{libs/testing,apps/e2e}/**/global-{setup,teardown}.ts'];

/** Which project may import which; scopes keep apps out of each other. */
const moduleBoundaries = (typesForApps, typesForPlatform) => [
  'error',
  {
    // Their Nest adapters pin them; a second version beside that one would not be the server's.
    allow: ['fastify', 'swagger-ui-dist/*'],
    banTransitiveDependencies: true,
    // The libraries' own specs use the test library, which is made of them.
    ignoredCircularDependencies: [['testing', 'tag:scope:platform']],
    depConstraints: [
      { sourceTag: 'type:app', onlyDependOnLibsWithTags: typesForApps },
      { sourceTag: 'type:platform', onlyDependOnLibsWithTags: typesForPlatform },
      { sourceTag: 'type:contract', onlyDependOnLibsWithTags: ['type:contract'] },
      { sourceTag: 'type:util', onlyDependOnLibsWithTags: ['type:util'] },
      { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['*'] },
      { sourceTag: 'scope:platform', onlyDependOnLibsWithTags: ['scope:platform'] },
      ...apps.map((app) => ({
        sourceTag: `scope:${app}`,
        onlyDependOnLibsWithTags: [`scope:${app}`, 'scope:platform'],
      })),
    ],
  },
];
const LIBRARY_TYPES = ['type:platform', 'type:util', 'type:contract'];

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'out', '.nx', '.tidegate', 'libs/contracts/src'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,js,cjs,mjs}'],
    plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin },
    languageOptions: { ecmaVersion: 2023 },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
      ],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: {
      parser: tseslint.parser,
      // With both, a class that a constructor injects stays a value import: Nest reads it from the metadata.
      parserOptions: {
        project: './tsconfig.json',
        tsconfigRootDir: root,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-require-imports': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // `typeof import(...)` names the type of a module that is loaded where it is used.
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/naming-convention': [
        'error',
        { selector: 'interface', format: ['PascalCase'], custom: { regex: '^I[A-Z][a-z]', match: false } },
        { selector: 'typeAlias', format: ['PascalCase'], custom: { regex: '(^I[A-Z][a-z])|Enum$', match: false } },
        { selector: 'class', format: ['PascalCase'] },
      ],
    },
  },
  { files: DEFAULT_EXPORTS, rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['apps/**/*.{ts,tsx}', 'libs/**/*.{ts,tsx}'],
    ignores: TEST_FILES,
    rules: { 'no-console': 'error', '@nx/enforce-module-boundaries': moduleBoundaries(LIBRARY_TYPES, LIBRARY_TYPES) },
  },
  {
    files: TEST_FILES,
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries(
        [...LIBRARY_TYPES, 'type:testing'],
        [...LIBRARY_TYPES, 'type:testing'],
      ),
    },
  },
  // Jest loads the global setup by itself, where no path of tsconfig leads.
  {
    files: ['libs/testing/src/global-setup.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  // The journeys and tools run the apps themselves; dependency-cruiser says what they may reach.
  { files: ['apps/e2e/**', 'tools/**'], rules: { '@nx/enforce-module-boundaries': 'off' } },
);
