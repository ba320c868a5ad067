import { eventually } from '@tidegate/testing';
import type { HttpCaller } from './http-caller';

/** What is sent to make a definition: valid now, of an organisation. */
export const definitionOf = (definitionId: string, orgPath: string, terms: object): object => ({
  definition: {
    definitionId,
    name: definitionId,
    orgPath,
    validFrom: '2026-01-01T00:00:00Z',
    validTo: '2099-01-01T00:00:00Z',
  },
  terms,
});

/** Puts a definition of a kind in force; `checker` is another person than `maker`. */
export async function putInForce(
  { maker, checker }: { maker: HttpCaller; checker: HttpCaller },
  path: string,
  definitionId: string,
  terms: object,
): Promise<void> {
  await maker.post(`/admin/v1/${path}`, definitionOf(definitionId, 'hq', terms));
  const move = ['fission-campaigns', 'hunts'].includes(path) ? 'move' : 'moves';
  const moves = `/admin/v1/${path}/${definitionId}/${move}`;
  const own = await maker.refused('POST', moves, { body: { move: 'approve' } });
  expect(own.reason).toBe('APPROVER_IS_MAKER');
  await checker.post(moves, { move: 'approve' });
}

/** Imports codes into a pool and waits until all were looked at; gives the path of the import. */
export async function importCodes(maker: HttpCaller, poolId: string, codes: string[]): Promise<string> {
  const started = await maker.post<{ import: { importId: string } }>(`/admin/v1/code-pools/${poolId}/imports`, {
    fileName: 'codes.csv',
  });
  const path = `/admin/v1/code-imports/${started.import.importId}`;
  await maker.put(`${path}/content`, ['code', ...codes, ''].join('\n'), { contentType: 'text/csv' });
  await eventually(async () => expect(await maker.get(path)).toMatchObject({ import: { state: 'completed' } }));
  return path;
}
