import { AsyncLocalStorage } from 'node:async_hooks';

interface Watch {
  disableAll(): void;
}
const { watchStorages } = jest.requireActual<{ watchStorages: (prototype: object) => Watch }>('./watch-storages.cjs');

/** Watched apart from the storages of this worker. */
class Storage extends AsyncLocalStorage<string> {}
for (const name of ['run', 'enterWith'] as const) {
  Object.defineProperty(Storage.prototype, name, { value: AsyncLocalStorage.prototype[name], writable: true });
}
const watch = watchStorages(Storage.prototype);

describe('watchStorages', () => {
  it.each<[string, (storage: Storage) => void]>([
    ['run', (storage) => storage.run('value', () => expect(storage.getStore()).toBe('value'))],
    ['enterWith', (storage) => storage.enterWith('value')],
  ])('disables what was used by %s, and it can be used again', (_, use) => {
    const storage = new Storage();
    const disable = jest.spyOn(storage, 'disable');
    use(storage);
    watch.disableAll();
    expect(storage.getStore()).toBeUndefined();
    watch.disableAll();
    expect(disable).toHaveBeenCalledTimes(1);
    storage.run('again', () => expect(storage.getStore()).toBe('again'));
    storage.disable();
  });
});
