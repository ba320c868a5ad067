import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { startTestService, type TestService } from '@tidegate/testing';
import { PersonRepository } from './person.repository';

// Goal: whoever shares a name is found, in as few reads as there are steps from name to name, also from links that were stored before they had names.

let service: TestService;
beforeAll(async () => {
  service = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES });
});
afterAll(() => service?.stop());

const links = () => service.mongo.connection.collection<{ _id: string; names?: string[] }>('person_links');
const persons = () => service.app.get(PersonRepository);

it('finds by links that had no names when the service started', async () => {
  const stored = Array.from({ length: 2_500 }, (_, index) => ({
    _id: `old-${index}`,
    personKey: `key-${index >> 1}`,
    version: 1,
    ...(index === 4 && { personId: 'old-7' }),
  }));
  await links().insertMany([...stored, { _id: 'said', personId: 'old-9' } as never]);
  await persons().onModuleInit();
  const found = await persons().find(['old-0', 'old-7', 'said', 'stranger']);
  expect([...found.profilesOf('old-0')].sort()).toEqual(['old-0', 'old-1']);
  // By the key of each pair, and because one's person id is the other.
  expect([...found.profilesOf('old-7')].sort()).toEqual(['old-4', 'old-5', 'old-6', 'old-7']);
  expect([...found.profilesOf('said')].sort()).toEqual(['old-8', 'old-9', 'said']);
  expect(found.profilesOf('stranger')).toEqual(['stranger']);
  expect(await links().countDocuments({ names: null as never })).toBe(0);
});

it('keeps the names of a link as they are told', async () => {
  const save = (personKey: string, known: string[]) =>
    service.mongo.transaction((tx) =>
      persons().saveLinks([{ customerId: 'told', personKey, version: 1, personId: '' }], new Set(known), tx),
    );
  await save('first', []);
  await save('second', ['told']);
  expect((await links().findOne({ _id: 'told' }))?.names).toEqual(['told', 'second']);
});
