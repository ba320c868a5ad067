/** What may reach what inside the projects; Nx tags (eslint.config.mjs) hold them apart from each other. */
const TESTS = '\\.(spec|int-spec|e2e-spec|factory)\\.ts$|/src/[^/]*/?testing/';
const PURE_PACKAGES = ['simple-statistics', 'reflect-metadata'];
/** A feature of a service may be a folder of its own, with the same layers in it. */
const FEATURE = '[^/]*/?';
const npm = (...names) => `node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle hides which of the two knows the other.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-package',
      comment:
        'A package that is not in package.json is there by luck. Fastify comes with its Nest adapter, which pins it.',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: npm('fastify') },
    },
    {
      name: 'no-development-package-at-run-time',
      comment: 'An image is installed without development dependencies.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `${TESTS}|^libs/testing/` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules know no framework, no store, no network and no clock: they are given state, command and time.',
      severity: 'error',
      from: { path: `^apps/([^/]+)/src/${FEATURE}domain/`, pathNot: TESTS },
      to: {
        pathNot: [
          `^apps/$1/src/${FEATURE}domain/`,
          '^libs/(bank-calendar|errors|geo|money|org-path|persons|rules|templates|contracts)/',
          '^(node:)?crypto$',
          npm(...PURE_PACKAGES),
        ],
      },
    },
    {
      name: 'mongoose-in-repositories',
      comment: 'One folder of a service touches the database.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: `${TESTS}|^apps/[^/]+/src/${FEATURE}repositories/|\\.schema\\.ts$|^libs/(mongo|infra|imports|person-links|testing)/`,
      },
      to: { path: npm('mongoose', 'mongodb') },
    },
    {
      name: 'flow-knows-no-transport',
      comment: 'A use case runs the same whoever calls it.',
      severity: 'error',
      from: { path: '\\.use-case\\.ts$' },
      to: { path: npm('nats', '@grpc/grpc-js', '@nestjs/microservices', 'fastify') },
    },
    {
      name: 'no-use-case-in-a-use-case',
      comment: 'What two flows share is domain or repository.',
      severity: 'error',
      from: { path: '\\.use-case\\.ts$' },
      to: { path: '\\.use-case\\.ts$' },
    },
    {
      name: 'no-app-in-an-app',
      comment: 'Services talk over gRPC and events. The end-to-end tests may start them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/e2e/' },
      to: { path: '^apps/', pathNot: '^apps/($1/|gateway/src/testing/)' },
    },
    {
      name: 'no-app-in-a-lib',
      comment: 'Libraries know nobody who uses them.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(apps|tools)/' },
    },
    {
      name: 'no-test-code-at-run-time',
      comment: 'Factories, fakes and specs stay out of what is shipped.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `${TESTS}|^libs/testing/|^apps/e2e/` },
      to: { path: `${TESTS}|^libs/testing/` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
