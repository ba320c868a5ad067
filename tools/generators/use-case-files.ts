import type { UseCaseNames } from './use-case-names';

/** The files of a use case that writes, by name: input, flow, and a spec on the real database. */
export function useCaseFiles(names: UseCaseNames): Record<string, string> {
  return {
    [`${names.verbNoun}.request.ts`]: request(names),
    [`${names.verbNoun}.use-case.ts`]: useCase(names),
    [`${names.verbNoun}.int-spec.ts`]: intSpec(names),
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

const intSpec = ({ service, verbNoun, pascal, idField, module, contract }: UseCaseNames): string =>
  `import { ${contract} } from '@tidegate/contracts/${service}/v1/${service}';
import { startTestService, type TestService } from '@tidegate/testing';
import { ${module} } from '../../${service}.module';
import { ${pascal}UseCase } from './${verbNoun}.use-case';

let service: TestService;
let flow: ${pascal}UseCase;

beforeAll(async () => {
  service = await startTestService(${module}, { grpc: [${contract}] });
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
