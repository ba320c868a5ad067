import type { DomainError } from '@tidegate/errors';
import { MerchantKeyChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { eventually, persistently } from '@tidegate/testing';
import { LIVE_KEYS_MAX } from '../../domain/merchant-key';
import { aMerchant, ed25519Pem } from '../../testing/merchants.factory';
import {
  newRequestId,
  onboard,
  seedMerchant,
  startMerchants,
  suspend,
  type MerchantsHarness,
} from '../../testing/merchants.harness';

// Goal: a merchant's live keys are found, revoked ones are gone at once, and a signature is let in exactly once.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

const { publicKeyPem } = ed25519Pem();
const key = (keyId: string, pem = ed25519Pem().publicKeyPem) => ({
  requestId: newRequestId(),
  key: { keyId, merchantId: 'noodle-bar', publicKeyPem: pem, isRevoked: false, expiresAt: undefined },
});

it('rotates: the new key is live beside the old one until that is revoked', async () => {
  const client = harness.client();
  await client.putMerchantKey(key('old', publicKeyPem));
  await client.putMerchantKey(key('new'));
  const { key: old, merchant } = await client.getMerchantKey({ keyId: 'old' });
  expect(old).toMatchObject({ publicKeyPem, isRevoked: false });
  expect(merchant).toMatchObject({ merchantId: 'noodle-bar', state: 'active' });

  const revocation = { requestId: newRequestId(), merchantId: 'noodle-bar', keyId: 'old' };
  expect((await client.revokeMerchantKey(revocation)).key?.isRevoked).toBe(true);
  await expect(client.getMerchantKey({ keyId: 'old' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'KEY_NOT_FOUND',
  });
  expect((await client.getMerchantKey({ keyId: 'new' })).key?.keyId).toBe('new');
  await expect(client.putMerchantKey(key('old', publicKeyPem))).rejects.toMatchObject({ reason: 'KEY_REVOKED' });
});

it('rotates in one step: both keys are valid for the overlap, then the new one alone', async () => {
  const client = harness.client({ kind: 'merchant', id: 'noodle-bar' });
  await client.putMerchantKey(key('autumn'));
  const changed: string[] = [];
  const stopListening = harness.service.bus.listen(MerchantKeyChanged, ({ data }) => changed.push(data.keyId));
  const rotation = {
    requestId: newRequestId(),
    merchantId: 'noodle-bar',
    oldKeyId: 'autumn',
    newKeyId: 'winter',
    publicKeyPem: ed25519Pem().publicKeyPem,
    overlapSeconds: 3_600,
  };
  const answer = await client.rotateMerchantKey(rotation);
  expect(await client.rotateMerchantKey(rotation)).toEqual(answer);
  expect(answer.oldKey?.expiresAt).toEqual(new Date(harness.clock.now().getTime() + 3_600_000));
  expect(answer.newKey).toMatchObject({ keyId: 'winter', expiresAt: undefined });
  const isLive = (keyId: string) =>
    client.getMerchantKey({ keyId }).then(
      () => true,
      () => false,
    );
  expect([await isLive('autumn'), await isLive('winter')]).toEqual([true, true]);
  harness.clock.advance(3_600_000);
  expect([await isLive('autumn'), await isLive('winter')]).toEqual([false, true]);
  await eventually(() => expect(changed).toEqual(expect.arrayContaining(['autumn', 'winter'])));
  stopListening();

  const again = { ...rotation, requestId: newRequestId(), newKeyId: 'spring' };
  await expect(client.rotateMerchantKey(again)).rejects.toMatchObject({ reason: 'KEY_NOT_FOUND' });
  const { keys } = await client.listMerchantKeys({ merchantId: 'noodle-bar', pageSize: 2, pageToken: '' });
  expect(keys.map(({ keyId }) => keyId)).toEqual(['autumn', 'new']);
});

it('leaves a merchant a live key, also when he rotates back or into the same id', async () => {
  const client = harness.client({ kind: 'merchant', id: 'noodle-bar' });
  const first = ed25519Pem().publicKeyPem;
  await client.putMerchantKey(key('first', first));
  const rotate = (oldKeyId: string, newKeyId: string, pem = ed25519Pem().publicKeyPem) =>
    client.rotateMerchantKey({
      ...{ requestId: newRequestId(), merchantId: 'noodle-bar', oldKeyId, newKeyId },
      ...{ publicKeyPem: pem, overlapSeconds: 60 },
    });
  await expect(rotate('first', 'first', first)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await rotate('first', 'second');
  await expect(rotate('second', 'first', first)).rejects.toMatchObject({ reason: 'KEY_ROTATED_OUT' });
  await expect(client.putMerchantKey(key('first', first))).rejects.toMatchObject({ reason: 'KEY_ROTATED_OUT' });
  harness.clock.advance(60_000);
  expect((await client.getMerchantKey({ keyId: 'second' })).key).toMatchObject({ expiresAt: undefined });
  await client.revokeMerchantKey({ requestId: newRequestId(), merchantId: 'noodle-bar', keyId: 'second' });
});

it('refuses keys that are not Ed25519, taken ids and strangers', async () => {
  const client = harness.client();
  await expect(client.putMerchantKey(key('bad', 'x'))).rejects.toMatchObject({
    reason: 'KEY_INVALID',
    violations: [{ field: 'key.publicKeyPem' }],
  });
  await expect(client.putMerchantKey(key('new'))).rejects.toMatchObject({
    code: 'ALREADY_EXISTS',
    reason: 'KEY_EXISTS',
  });
  const stranger = harness.client({ kind: 'merchant', id: 'tea-house' });
  await expect(stranger.putMerchantKey(key('theirs'))).rejects.toMatchObject({ reason: 'MERCHANT_OUT_OF_SCOPE' });
  const foreign = { requestId: newRequestId(), merchantId: 'nobody', keyId: 'new' };
  await expect(client.revokeMerchantKey(foreign)).rejects.toMatchObject({ reason: 'KEY_NOT_FOUND' });
});

it('has no more live keys than it may, also of two that are registered at once', async () => {
  await onboard(harness, aMerchant({ merchantId: 'tea-house' }));
  const client = harness.client({ kind: 'merchant', id: 'tea-house' });
  const teaKey = (keyId: string) => {
    const request = key(keyId);
    return { ...request, key: { ...request.key, merchantId: 'tea-house' } };
  };
  for (let index = 1; index < LIVE_KEYS_MAX; index += 1) await client.putMerchantKey(teaKey(`tea-${index}`));
  for (let round = 0; round < 5; round += 1) {
    const put = teaKey(`last-${round}`);
    const rotation = {
      ...{ requestId: newRequestId(), merchantId: 'tea-house', oldKeyId: 'tea-1', newKeyId: `new-${round}` },
      ...{ publicKeyPem: ed25519Pem().publicKeyPem, overlapSeconds: 3_600 },
    };
    const told = await Promise.all(
      [() => client.putMerchantKey(put), () => client.rotateMerchantKey(rotation)].map((call) =>
        persistently<unknown>(call).then(
          () => 'registered',
          (error: DomainError) => error.reason,
        ),
      ),
    );
    expect(told.sort()).toEqual(['KEY_LIMIT_REACHED', 'registered']);
    for (const keyId of [`last-${round}`, `new-${round}`]) {
      const revocation = { requestId: newRequestId(), merchantId: 'tea-house', keyId };
      await client.revokeMerchantKey(revocation).catch(() => undefined);
    }
  }
});

it('keeps the request ids of merchants apart', async () => {
  const requestId = 'one';
  const noodles = harness.client({ kind: 'merchant', id: 'noodle-bar' });
  const tea = harness.client({ kind: 'merchant', id: 'tea-house' });
  const teaRotation = {
    ...{ requestId, merchantId: 'tea-house', oldKeyId: 'tea-2', newKeyId: 'tea-two' },
    ...{ publicKeyPem: ed25519Pem().publicKeyPem, overlapSeconds: 60 },
  };
  await noodles.putMerchantKey(key('spare'));
  const rotation = { ...teaRotation, merchantId: 'noodle-bar', oldKeyId: 'spare', newKeyId: 'newer' };
  expect((await tea.rotateMerchantKey(teaRotation)).newKey?.keyId).toBe('tea-two');
  expect((await noodles.rotateMerchantKey(rotation)).newKey?.keyId).toBe('newer');
  for (const [client, merchantId, keyId] of [
    [tea, 'tea-house', 'tea-3'],
    [noodles, 'noodle-bar', 'newer'],
  ] as const) {
    expect((await client.revokeMerchantKey({ requestId, merchantId, keyId })).key).toMatchObject({ keyId });
  }
});

it('lets one of many equal signatures in, whichever comes first', async () => {
  const client = harness.client({ kind: 'service', id: 'gateway' });
  const expiresAt = new Date(harness.clock.now().getTime() + 60_000);
  const mark = { keyId: 'new', nonce: 'nonce-0001', expiresAt };
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, () =>
      client.registerSignature(mark).then(
        () => 'accepted',
        (error: DomainError) => error.reason,
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === 'SIGNATURE_REPLAYED')).toHaveLength(11);
  await client.registerSignature({ ...mark, nonce: 'nonce-0002' });
  await client.registerSignature({ ...mark, keyId: 'other' });
  await expect(
    client.registerSignature({ ...mark, nonce: 'nonce-0003', expiresAt: harness.clock.now() }),
  ).rejects.toMatchObject({
    reason: 'SIGNATURE_EXPIRED',
  });
});

it('hides the keys of a suspended merchant', async () => {
  await suspend(harness, 'noodle-bar');
  await expect(harness.client().getMerchantKey({ keyId: 'new' })).rejects.toMatchObject({
    reason: 'MERCHANT_SUSPENDED',
  });
});
