const setupFiles = ['reflect-metadata', '<rootDir>/libs/testing/src/quiet-logs.ts'];

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  rootDir: __dirname,
  testMatch,
  // Suites of one worker load the same thousand modules, and it must forget each when it is over.
  testEnvironment: '<rootDir>/libs/testing/src/suite-environment.cjs',
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  // These packages ship ES modules only; jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(jose|http-message-signatures|uuid|structured-headers)/)'],
  moduleNameMapper: {
    '^@tidegate/contracts/(.*)$': '<rootDir>/libs/contracts/src/tidegate/$1',
    '^@tidegate/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^onnxruntime-web$': '<rootDir>/libs/testing/src/onnxruntime-web.cjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.nx/', '<rootDir>/out/'],
  setupFiles,
  ...extra,
});

const realStack = {
  globalSetup: '<rootDir>/libs/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
};

/** @type {import('jest').Config} */
module.exports = {
  // One more than two cores: a test also waits for the database.
  maxWorkers: 3,
  testSequencer: '<rootDir>/libs/testing/src/long-first.cjs',
  // On a loaded machine everything takes ten times as long; what hangs is found all the same.
  testTimeout: 300_000,
  projects: [
    project('unit', ['<rootDir>/{apps,libs,tools}/**/*.spec.ts']),
    project('integration', ['<rootDir>/{apps,libs,tools}/**/*.int-spec.ts'], {
      ...realStack,
      setupFiles: [...setupFiles, '<rootDir>/libs/testing/src/nothing-expires.ts'],
    }),
    project('journey', ['<rootDir>/apps/e2e/**/*.e2e-spec.ts'], {
      ...realStack,
      globalSetup: '<rootDir>/apps/e2e/src/testing/global-setup.ts',
    }),
  ],
};
