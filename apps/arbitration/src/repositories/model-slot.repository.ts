import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { ModelSlot } from '../domain/models/model-slot';
import type { StoredModel } from '../domain/models/stored-model';
import {
  modelSlotSchema,
  storedModelSchema,
  type ModelSlotDocument,
  type StoredModelDocument,
} from './model-slot.schema';

const SLOTS_MAX = 500;

/** Model slots, and the trained models that may stand in them. */
@Injectable()
export class ModelSlotRepository {
  private readonly slots: Model<ModelSlotDocument>;
  private readonly models: Model<StoredModelDocument>;

  constructor(mongo: Mongo) {
    this.slots = mongo.model('ModelSlot', modelSlotSchema);
    this.models = mongo.model('OnnxModel', storedModelSchema);
  }

  async find(slot: string, tx?: Transaction): Promise<ModelSlot | null> {
    const document = await this.slots.collection.findOne({ _id: slot as never }, { session: tx?.session });
    return document === null ? null : toSlot(document as unknown as ModelSlotDocument);
  }

  async list(): Promise<ModelSlot[]> {
    const documents = await this.slots.find().limit(SLOTS_MAX).lean<ModelSlotDocument[]>();
    return documents.map(toSlot);
  }

  /** By name, after one. */
  async listAfter(after: string, limit: number): Promise<ModelSlot[]> {
    const documents = await this.slots
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ModelSlotDocument[]>();
    return documents.map(toSlot);
  }

  async save({ slot, ...fields }: ModelSlot, tx: Transaction): Promise<void> {
    await this.slots.collection.replaceOne({ _id: slot as never }, fields as never, {
      session: tx.session,
      upsert: true,
    });
  }

  async addModel({ modelId, ...fields }: StoredModel, content: Uint8Array | null, tx: Transaction): Promise<void> {
    const file = content === null ? {} : { content: Buffer.from(content) };
    await this.models.collection.insertOne({ _id: modelId, ...fields, ...file } as never, { session: tx.session });
  }

  /** Keeps the last trial. */
  async saveTrial(modelId: string, trial: StoredModel['trial'], tx?: Transaction): Promise<void> {
    await this.models.collection.updateOne({ _id: modelId as never }, { $set: { trial } }, { session: tx?.session });
  }

  /** Without the file. */
  async findModel(modelId: string, tx?: Transaction): Promise<StoredModel | null> {
    const options = { session: tx?.session, projection: { content: 0 } };
    const document = await this.models.collection.findOne({ _id: modelId as never }, options);
    return document === null ? null : toModel(document as unknown as StoredModelDocument);
  }

  async getContent(modelId: string): Promise<Uint8Array> {
    const document = await this.models.findById(modelId).select('content').lean<StoredModelDocument>();
    if (document?.content === undefined) throw new Error(`model ${modelId} is in a slot but has no file`);
    return new Uint8Array(document.content.buffer);
  }

  /** In id order, after one, without the files. */
  async listModels(after: string, limit: number): Promise<StoredModel[]> {
    const documents = await this.models.collection
      .find({ _id: { $gt: after as never } }, { projection: { content: 0 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map((document) => toModel(document as unknown as StoredModelDocument));
  }
}

/** A slot of before there were challengers has none. */
const toSlot = ({ _id, ...fields }: ModelSlotDocument): ModelSlot => ({
  ...fields,
  slot: _id,
  challenger: fields.challenger ?? null,
  challengerBasisPoints: fields.challengerBasisPoints ?? 0,
  noModelBasisPoints: fields.noModelBasisPoints ?? 0,
  formerChampions: fields.formerChampions ?? [],
  retired: fields.retired ?? [],
});

const toModel = ({ _id, kind, name, contract, remote, trial }: StoredModelDocument): StoredModel => ({
  modelId: _id,
  kind: kind ?? 'onnx',
  name,
  contract,
  remote: remote ?? null,
  trial: trial ?? null,
});
