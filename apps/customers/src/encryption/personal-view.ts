import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import type { PersonalView } from '../customers.message';
import type { Customer } from '../domain/customer';
import { maskName, maskPhone } from '../domain/masking';
import { FieldCipher } from '@tidegate/encryption';

/** Role that may read names and phones. */
const PII_READER = 'pii_reader';

/** Opens a customer's personal fields for one reader: masked unless the reader's role allows more. */
@Injectable()
export class PersonalViews {
  constructor(private readonly cipher: FieldCipher) {}

  of(customer: Customer, actor: Actor): PersonalView {
    const name = this.cipher.open(customer.sealedName);
    const phone = this.cipher.open(customer.sealedPhone);
    return actor.roles.includes(PII_READER) ? { name, phone } : { name: maskName(name), phone: maskPhone(phone) };
  }
}
