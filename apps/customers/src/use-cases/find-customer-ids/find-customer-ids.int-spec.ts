import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { customerIdOf } from '../../domain/customer-id';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: ids are told of those alone who are customers of the organisation that is asked for.

let harness: CustomersHarness;
beforeAll(async () => {
  harness = await startCustomers();
  const mapping = [column('id', 'external_id')];
  for (const [orgPath, id] of Object.entries({ 'hq/east': 'e-1', 'hq/east/sh': 's-1', 'hq/west': 'w-1' })) {
    await importFile(harness.client, importRequest(mapping, { defaultOrgPath: orgPath }), `id\n${id}\n`);
  }
});
afterAll(() => harness?.stop());

it('finds customers of the whole bank, or of one organisation and below', async () => {
  const find = async (orgPath: string, client = harness.client): Promise<string[]> => {
    const externalIds = ['e-1', 's-1', 'w-1', 'nobody', 'e-1'];
    const { customers } = await client.findCustomerIds({ externalIds, orgPath });
    for (const { customerId, externalId } of customers) expect(customerId).toBe(customerIdOf(externalId));
    return customers.map(({ externalId }) => externalId).sort();
  };
  expect(await find('')).toEqual(['e-1', 's-1', 'w-1']);
  expect(await find('hq/east')).toEqual(['e-1', 's-1']);
  expect(await find('hq/east/sh')).toEqual(['s-1']);
  const west = harness.service.client(CustomersServiceService, { orgPath: 'hq/west' });
  await expect(find('hq/east', west)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const customer = harness.service.client(CustomersServiceService, { kind: 'customer', id: 'c' });
  await expect(find('', customer)).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
});
