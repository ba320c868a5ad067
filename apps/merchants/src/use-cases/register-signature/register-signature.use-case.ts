import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { signatureMark } from '../../domain/request-signature';
import { MerchantKeyRepository } from '../../repositories/merchant-key.repository';
import type { RegisterSignatureInput } from './register-signature.request';

/** Lets a signature in once: its nonce is a unique key in the database, so that two replicas cannot both accept it. */
@Injectable()
export class RegisterSignatureUseCase {
  constructor(
    private readonly keys: MerchantKeyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws SIGNATURE_REPLAYED, SIGNATURE_EXPIRED, VALIDATION_FAILED */
  async execute({ keyId, nonce, expiresAt }: RegisterSignatureInput): Promise<void> {
    const mark = signatureMark(keyId, nonce, expiresAt, this.clock.now());
    if (!(await this.keys.addMark(mark, expiresAt))) {
      throw new DomainError({
        code: 'UNAUTHENTICATED',
        reason: 'SIGNATURE_REPLAYED',
        message: 'This signature was used before. Sign the request again.',
      });
    }
  }
}
