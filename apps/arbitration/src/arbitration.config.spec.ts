import { ArbitrationConfig, originOf } from './arbitration.config';

const config = (env: Record<string, string>): ArbitrationConfig => new ArbitrationConfig(env);

it('allows no server unless it is said, and keeps tokens apart', () => {
  expect(config({}).modelOrigins.size).toBe(0);
  const set = config({
    ARBITRATION_MODEL_ADDRESSES: 'https://models.bank:8443, http://10.0.0.5:9000/',
    ARBITRATION_MODEL_TOKENS: 'https://models.bank:8443=s3cret=x',
  });
  expect([...set.modelOrigins]).toEqual(['https://models.bank:8443', 'http://10.0.0.5:9000']);
  expect(set.tokenOf('https://models.bank:8443')).toBe('s3cret=x');
  expect(set.tokenOf('http://10.0.0.5:9000')).toBeUndefined();
});

it.each(['file:///etc/passwd', 'http://user:word@host', 'http://host/path', 'http://host?x=1', 'host:80', ''])(
  'takes %p for no address of a server',
  (address) => {
    expect(originOf(address)).toBeNull();
  },
);

it('names the setting that is malformed, and no secret', () => {
  expect(() => config({ ARBITRATION_MODEL_ADDRESSES: 'http://host/x' })).toThrow('ARBITRATION_MODEL_ADDRESSES');
  expect(() => config({ ARBITRATION_MODEL_TIMEOUT_MS: '1' })).toThrow('ARBITRATION_MODEL_TIMEOUT_MS');
  const wrong = (): unknown => config({ ARBITRATION_MODEL_TOKENS: 'nohost=s3cret' });
  expect(wrong).toThrow('ARBITRATION_MODEL_TOKENS');
  expect(wrong).not.toThrow('s3cret');
});
