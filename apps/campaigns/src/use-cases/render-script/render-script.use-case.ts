import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireUse } from '../../actor-scope';
import { renderScript, type Script } from '../../domain/script';
import { CUSTOMERS_CLIENT, type CustomersClient } from '../../peers/peers';
import { ScriptRepository } from '../../repositories/script.repository';
import type { RenderScriptInput } from './render-script.request';

/** A script as it is spoken to one customer. */
@Injectable()
export class RenderScriptUseCase {
  constructor(
    private readonly scripts: ScriptRepository,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient,
  ) {}

  /** @throws SCRIPT_NOT_FOUND, CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, input: RenderScriptInput): Promise<Script> {
    const { scriptId, version, customerId } = input;
    const head = (await this.scripts.findHeads([scriptId])).get(scriptId);
    const script = head && (await this.scripts.find(scriptId, version || head.version));
    if (!script) throw notFound('SCRIPT_NOT_FOUND', 'There is no such script.', { scriptId });
    requireUse(actor, script.orgPath);
    // The customer's own organisation is for `customers` to guard: the call carries the actor.
    const { customer } = await this.customers.getCustomer({ customerId, externalId: '' });
    if (customer === undefined) throw notFound('CUSTOMER_NOT_FOUND', 'There is no such customer.');
    const { externalId, orgPath, stage, attributes } = customer;
    const agent = { name: input.agentName || actor.id };
    return renderScript(script, { customer: { externalId, orgPath, stage, attributes }, agent });
  }
}
