import type { UseCaseNames } from './use-case-names';

/**
 * The files of a use case that writes, by name: input, flow, and a spec on the real database.
 * @param peers the services that this one calls
 */
export function useCaseFiles(names: UseCaseNames, peers: readonly string[]): Record<string, string> {
  return {
    [`${names.verbNoun}.request.ts`]: request(names),
    [`${names.verbNoun}.use-case.ts`]: useCase(names),
    [`${names.verbNoun}.int-spec.ts`]: intSpec(names, peers),
  };
}

const request = ({ pascal, idField }: UseCaseNames): string => `import { Length } from 'class-validator';

export class ${pascal}Input {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  ${idField}!: string;
}
`;

const useCase = ({ verbNoun, pascal, idField }: UseCaseNames): string => `import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { ${pascal}Input } from './${verbNoun}.request';

/** A repeat of the request id gets the first answer. */
@Injectable()
export class ${pascal}UseCase {
  constructor(private readonly mongo: Mongo) {}

  /** @throws REQUEST_ID_REUSED when the request id came with another input */
  async execute({ requestId, ...input }: ${pascal}Input): Promise<{ ${idField}: string }> {
    // The work is given a transaction: load, decide in the domain, save and emit with it.
    return this.mongo.once({ scope: '${verbNoun}', requestId, input }, async () => ({ ${idField}: input.${idField} }));
  }
}
`;

const PEERS = (
  names: readonly string[],
): string => `// Nobody answers there: a flow that calls one is given the URL of a \`fakePeer\`.
const peers = { ${names.map((name) => `${name}: '127.0.0.1:9'`).join(', ')} };

`;

// What is written is formatted afterwards; a test at the start of a line here would pass for one of this file.
const intSpec = (
  { service, verbNoun, pascal, idField, module, contract }: UseCaseNames,
  peers: readonly string[],
): string => `import { ${contract} } from '@tidegate/contracts/${service}/v1/${service}';
import { startTestService, type TestService } from '@tidegate/testing';
import { ${module} } from '../../${service}.module';
import { ${pascal}UseCase } from './${verbNoun}.use-case';

${peers.length === 0 ? '' : PEERS(peers)}let service: TestService;
let flow: ${pascal}UseCase;

beforeAll(async () => {
  service = await startTestService(${module}, { grpc: [${contract}]${peers.length === 0 ? '' : ', peers'} });
  flow = service.app.get(${pascal}UseCase);
});
afterAll(() => service.stop());

  it('answers a repeated request with the first answer, and refuses its id for another', async () => {
    const input = { requestId: 'repeat', ${idField}: 'one' };
    const first = await flow.execute(input);
    expect(await flow.execute(input)).toEqual(first);
    await expect(flow.execute({ ...input, ${idField}: 'two' })).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  });
`;
