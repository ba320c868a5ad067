import { ServiceEnv, type ServiceKeys } from '@tidegate/service';
import { FieldCipher } from './field-cipher';

const keyOf = (byte: number): string => Buffer.alloc(32, byte).toString('base64');
const cipher = (current: number, previous: number[] = []): FieldCipher => {
  const keys: ServiceKeys = {
    codeSigning: keyOf(1),
    webhookSigning: keyOf(3),
    fieldEncryption: keyOf(current),
    fieldEncryptionPrevious: previous.map(keyOf),
  };
  return new FieldCipher(new ServiceEnv({ name: 'customers', mongodbUri: '', natsUrl: '', grpcBind: '', keys }));
};

describe('FieldCipher', () => {
  it('opens what it sealed, which tells nothing', () => {
    const sealed = cipher(2).seal('张三 13812341234');
    expect(cipher(2).open(sealed)).toBe('张三 13812341234');
    expect(cipher(2).open('')).toBe('');
    expect(sealed).not.toContain('138');
    expect(cipher(2).seal('张三 13812341234')).not.toBe(sealed);
    const content = cipher(2).sealContent(Buffer.from('id,name\n1,张三'));
    expect(content.includes('name')).toBe(false);
    expect(cipher(2).openContent(content).toString()).toBe('id,name\n1,张三');
  });

  it('opens with an earlier key after a rotation, and seals with the new one', () => {
    const old = cipher(2).seal('张三');
    const rotated = cipher(4, [2]);
    expect(rotated.open(old)).toBe('张三');
    expect(() => cipher(2).open(rotated.seal('x'))).toThrow(expect.objectContaining({ reason: 'FIELD_KEY_UNKNOWN' }));
    expect(() => cipher(4).open(old)).toThrow(expect.objectContaining({ reason: 'FIELD_KEY_UNKNOWN' }));
  });

  it('refuses what was changed', () => {
    const [version, keyId, body = ''] = cipher(2).seal('张三').split('.');
    const bytes = Buffer.from(body, 'base64');
    bytes[bytes.length - 1]! ^= 1;
    const changed = [version, keyId, bytes.toString('base64')].join('.');
    for (const sealed of [changed, `${version}.${keyId}.AAAA`, 'plain']) {
      expect(() => cipher(2).open(sealed)).toThrow(expect.objectContaining({ reason: 'FIELD_DAMAGED' }));
    }
  });

  it('digests alike with one key only', () => {
    expect(cipher(2).digest('a line')).toBe(cipher(2).digest('a line'));
    expect(cipher(2).digest('a line')).not.toBe(cipher(2).digest('another'));
    expect(cipher(2).digest('a line')).not.toBe(cipher(4).digest('a line'));
  });
});
