import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { ModelSlot } from '../domain/models/model-slot';
import type { OnnxContract } from '../domain/models/onnx-contract';
import { modelSlotSchema, onnxModelSchema, type ModelSlotDocument, type OnnxModelDocument } from './model-slot.schema';

const SLOTS_MAX = 500;

/** An uploaded file with the contract that it was checked against. */
export interface StoredOnnxModel {
  modelId: string;
  name: string;
  contract: OnnxContract;
  content: Uint8Array;
}

/** Model slots and uploaded models. */
@Injectable()
export class ModelSlotRepository {
  private readonly slots: Model<ModelSlotDocument>;
  private readonly models: Model<OnnxModelDocument>;

  constructor(mongo: Mongo) {
    this.slots = mongo.model('ModelSlot', modelSlotSchema);
    this.models = mongo.model('OnnxModel', onnxModelSchema);
  }

  async find(slot: string, tx?: Transaction): Promise<ModelSlot | null> {
    const document = await this.slots.collection.findOne({ _id: slot as never }, { session: tx?.session });
    return document === null ? null : toSlot(document as unknown as ModelSlotDocument);
  }

  async list(): Promise<ModelSlot[]> {
    const documents = await this.slots.find().limit(SLOTS_MAX).lean<ModelSlotDocument[]>();
    return documents.map(toSlot);
  }

  async save({ slot, ...fields }: ModelSlot, tx: Transaction): Promise<void> {
    await this.slots.collection.replaceOne({ _id: slot as never }, fields as never, {
      session: tx.session,
      upsert: true,
    });
  }

  async addModel({ modelId, content, ...fields }: StoredOnnxModel, tx: Transaction): Promise<void> {
    await this.models.collection.insertOne({ _id: modelId, ...fields, content: Buffer.from(content) } as never, {
      session: tx.session,
    });
  }

  async hasModel(modelId: string, tx?: Transaction): Promise<boolean> {
    const options = { session: tx?.session, projection: { _id: 1 } };
    return (await this.models.collection.findOne({ _id: modelId as never }, options)) !== null;
  }

  async findModel(modelId: string): Promise<StoredOnnxModel | null> {
    const document = await this.models.findById(modelId).lean<OnnxModelDocument>();
    if (document === null) return null;
    const { name, contract, content } = document;
    return { modelId, name, contract, content: new Uint8Array(content.buffer) };
  }
}

const toSlot = ({ _id, ...fields }: ModelSlotDocument): ModelSlot => ({ slot: _id, ...fields });
