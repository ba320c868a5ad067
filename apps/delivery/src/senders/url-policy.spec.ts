import { guardedLookup } from './guarded-lookup';
import { newWebhookSecret, seal, unseal } from './secret-box';
import { checkWebhookUrl } from './url-policy';

const REFUSED = expect.objectContaining({ reason: 'WEBHOOK_URL_NOT_ALLOWED' });

describe('where webhooks may go', () => {
  it.each(['https://partner.example/hook', 'https://93.184.216.34:8443/x', 'https://[2606:2800:220:1::1]/'])(
    'allows %s',
    (url) => {
      expect(checkWebhookUrl(url, false).protocol).toBe('https:');
    },
  );

  it.each([
    'http://partner.example/hook',
    'ftp://partner.example',
    'not a url',
    'https://user:pw@partner.example',
    `https://partner.example/${'x'.repeat(2048)}`,
    'https://127.0.0.1/',
    'https://localhost/',
    'https://localhost./',
    'http://127.0.0.1:3000/',
    'https://10.0.0.8/',
    'https://172.16.3.4/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::a00:1]/',
  ])('refuses %s in production', (url) => {
    expect(() => checkWebhookUrl(url, false)).toThrow(REFUSED);
  });

  it.each(['http://127.0.0.1:3000/hook', 'http://localhost:3000', 'http://[::1]:3000/'])(
    'allows loopback outside production: %s',
    (url) => {
      expect(checkWebhookUrl(url, true).protocol).toBe('http:');
    },
  );

  it.each(['http://10.0.0.8/', 'https://192.168.1.1/', 'http://partner.example/'])('still refuses %s there', (url) => {
    expect(() => checkWebhookUrl(url, true)).toThrow(REFUSED);
  });

  it('refuses a name that resolves to an address inside', async () => {
    const resolve = (isLoopbackAllowed: boolean): Promise<unknown> =>
      new Promise((done, fail) =>
        guardedLookup(isLoopbackAllowed)('localhost', { all: true }, (error, address) =>
          error ? fail(error) : done(address),
        ),
      );
    await expect(resolve(false)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    await expect(resolve(true)).resolves.toEqual(expect.arrayContaining([expect.objectContaining({ family: 4 })]));
  });
});

describe('sealed secrets', () => {
  const key = Buffer.alloc(32, 7).toString('base64');

  it('open with the same key and owner only', () => {
    const secret = newWebhookSecret();
    const sealed = seal(secret, key, 'e1');
    expect(sealed).not.toContain(secret.slice(6));
    expect(unseal(sealed, key, 'e1')).toBe(secret);
    expect(() => unseal(sealed, key, 'e2')).toThrow();
    expect(() => unseal(sealed, Buffer.alloc(32, 8).toString('base64'), 'e1')).toThrow();
    expect(() => unseal(`${sealed}x`.replace('v1', 'v0'), key, 'e1')).toThrow();
  });
});
