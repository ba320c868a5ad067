import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { registerProvider } from './register-provider';
import { scaffoldUseCase } from './scaffold-use-case';
import { useCaseFiles } from './use-case-files';
import { nameUseCase } from './use-case-names';

const MODULE = `import { Module } from '@nestjs/common';
import { GetSeatUseCase } from './use-cases/get-seat/get-seat.use-case';

@Module({ controllers: [], providers: [GetSeatUseCase] })
export class LeadsModule {}
`;

const syntaxErrors = (source: string): readonly unknown[] =>
  ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: { experimentalDecorators: true, target: ts.ScriptTarget.ES2022 },
  }).diagnostics ?? [];

describe('nameUseCase', () => {
  it('names everything after the verb and the noun', () => {
    expect(nameUseCase('leads', 'close-call-queue')).toEqual({
      service: 'leads',
      verbNoun: 'close-call-queue',
      pascal: 'CloseCallQueue',
      idField: 'callQueueId',
      module: 'LeadsModule',
      contract: 'LeadsServiceService',
    });
  });

  it.each(['close', 'CloseQueue', 'close_queue', '-close-queue', 'close-queue-', '../close-queue', 'get-queue'])(
    'refuses %s',
    (verbNoun) => {
      expect(() => nameUseCase('leads', verbNoun)).toThrow();
    },
  );
});

it('writes files that are TypeScript', () => {
  for (const peers of [[], ['benefits', 'arbitration']]) {
    const files = useCaseFiles(nameUseCase('leads', 'close-queue'), peers);
    const names = ['close-queue.request.ts', 'close-queue.use-case.ts', 'close-queue.int-spec.ts'];
    expect(Object.keys(files)).toEqual(names);
    for (const content of Object.values(files)) expect(syntaxErrors(content)).toEqual([]);
  }
});

describe('registerProvider', () => {
  const register = (source: string) =>
    registerProvider(source, 'CloseQueueUseCase', './use-cases/close-queue/close-queue.use-case');

  it('adds one import and one provider', () => {
    const source = register(MODULE) ?? '';
    expect(syntaxErrors(source)).toEqual([]);
    expect(source).toContain("import { CloseQueueUseCase } from './use-cases/close-queue/close-queue.use-case';");
    expect(source).toContain('providers: [GetSeatUseCase, CloseQueueUseCase]');
  });

  it('adds to an empty list and after a trailing comma', () => {
    const empty = register(MODULE.replace('[GetSeatUseCase]', '[]')) ?? '';
    expect(empty).toContain('providers: [CloseQueueUseCase]');
    const trailing = register(MODULE.replace('[GetSeatUseCase]', '[\n  GetSeatUseCase,\n]')) ?? '';
    expect(syntaxErrors(trailing)).toEqual([]);
    expect(trailing).toContain('GetSeatUseCase, CloseQueueUseCase,');
  });

  it('leaves a module alone whose providers are not a list', () => {
    expect(register(MODULE.replace('[GetSeatUseCase]', 'PROVIDERS'))).toBeUndefined();
  });
});

describe('scaffoldUseCase', () => {
  let root: string;
  let modulePath: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tidegate-scaffold-spec-'));
    const source = join(root, 'apps', 'leads', 'src');
    const contracts = join(root, 'proto', 'tidegate', 'leads', 'v1');
    const ofPeer = join(root, 'proto', 'tidegate', 'benefits', 'v1');
    for (const folder of [source, contracts, ofPeer]) mkdirSync(folder, { recursive: true });
    modulePath = join(source, 'leads.module.ts');
    writeFileSync(modulePath, MODULE);
    writeFileSync(join(contracts, 'leads.proto'), '');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('writes the folder, registers the provider and says what is left', () => {
    const { written, rest } = scaffoldUseCase(root, 'leads', 'close-queue');
    expect(written).toHaveLength(4);
    for (const path of written) expect(existsSync(join(root, path))).toBe(true);
    expect(readFileSync(modulePath, 'utf8')).toContain('CloseQueueUseCase');
    expect(rest.join('\n')).toContain('the rpc CloseQueue in proto/tidegate/leads/v1/leads.proto');
  });

  it('gives the spec an address for each service that is called', () => {
    const specPath = join(root, 'apps/leads/src/use-cases/close-queue/close-queue.int-spec.ts');
    writeFileSync(join(root, 'apps', 'leads', 'src', 'leads.peers.ts'), "createClient(X, env.peerUrl('benefits'));");
    scaffoldUseCase(root, 'leads', 'close-queue');
    expect(readFileSync(specPath, 'utf8')).toContain("const peers = { benefits: '127.0.0.1:9' };");
  });

  it('overwrites nothing and knows its services', () => {
    scaffoldUseCase(root, 'leads', 'close-queue');
    const once = readFileSync(modulePath, 'utf8');
    expect(() => scaffoldUseCase(root, 'leads', 'close-queue')).toThrow('is there already');
    expect(() => scaffoldUseCase(root, 'loans', 'close-queue')).toThrow('"loans" is no service');
    expect(readFileSync(modulePath, 'utf8')).toBe(once);
  });
});
