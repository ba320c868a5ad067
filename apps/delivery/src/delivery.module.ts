import { Module } from '@nestjs/common';
import { ArbitrationPeer } from './arbitration-peer';
import { BenefitsPeer } from './benefits-peer';
import { DeliveryConfig } from './delivery.config';
import { DeliveryConsumer } from './delivery.consumer';
import { DeliveryController } from './delivery.controller';
import { DeliveryRepository } from './repositories/delivery.repository';
import { MessageRepository } from './repositories/message.repository';
import { WebhookEndpointRepository } from './repositories/webhook-endpoint.repository';
import { AppInboxSender } from './senders/app-inbox.sender';
import { CHANNEL_SENDERS, type ChannelSender } from './senders/channel-sender';
import { ReminderSender } from './senders/reminder.sender';
import { WebhookClient } from './senders/webhook-client';
import { WebhookSender } from './senders/webhook.sender';
import { DeliverDecisionsUseCase } from './use-cases/deliver-decisions/deliver-decisions.use-case';
import { DeliverRemindersUseCase } from './use-cases/deliver-reminders/deliver-reminders.use-case';
import { GetDeliveryUseCase } from './use-cases/get-delivery/get-delivery.use-case';
import { ListDeliveriesUseCase } from './use-cases/list-deliveries/list-deliveries.use-case';
import { ListInboxUseCase } from './use-cases/list-inbox/list-inbox.use-case';
import { ListWebhookEndpointsUseCase } from './use-cases/list-webhook-endpoints/list-webhook-endpoints.use-case';
import { MarkMessageUseCase } from './use-cases/mark-message/mark-message.use-case';
import { PutWebhookEndpointUseCase } from './use-cases/put-webhook-endpoint/put-webhook-endpoint.use-case';
import { RetractDeliveriesUseCase } from './use-cases/retract-deliveries/retract-deliveries.use-case';
import { AttemptRecorder } from './use-cases/send-webhooks/attempt-recorder';
import { SendQueuedMessagesUseCase } from './use-cases/send-queued-messages/send-queued-messages.use-case';
import { SendWebhooksUseCase } from './use-cases/send-webhooks/send-webhooks.use-case';

@Module({
  controllers: [DeliveryController],
  providers: [
    { provide: DeliveryConfig, useFactory: () => new DeliveryConfig() },
    DeliveryRepository,
    MessageRepository,
    WebhookEndpointRepository,
    WebhookClient,
    AppInboxSender,
    WebhookSender,
    {
      provide: CHANNEL_SENDERS,
      useFactory: (...senders: ChannelSender[]) => senders,
      inject: [AppInboxSender, WebhookSender],
    },
    DeliveryConsumer,
    DeliverDecisionsUseCase,
    ArbitrationPeer,
    BenefitsPeer,
    RetractDeliveriesUseCase,
    ReminderSender,
    DeliverRemindersUseCase,
    SendQueuedMessagesUseCase,
    AttemptRecorder,
    SendWebhooksUseCase,
    ListInboxUseCase,
    MarkMessageUseCase,
    PutWebhookEndpointUseCase,
    ListWebhookEndpointsUseCase,
    ListDeliveriesUseCase,
    GetDeliveryUseCase,
  ],
})
export class DeliveryModule {}
