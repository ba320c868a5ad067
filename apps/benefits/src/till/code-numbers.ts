import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodeRepository } from '../repositories/code.repository';
import type { ScannedItem } from './till-command';

const NUMBER = /^\d{12}$/;

/** Numbers to type in where a code cannot be scanned 手工核销码. A number is good as long as the code it stands for. */
@Injectable()
export class CodeNumbers {
  constructor(private readonly codes: CodeRepository) {}

  async make(code: string, expiresAt: Date): Promise<string> {
    const number = [randomInt(1e6), randomInt(1e6)].map((half) => String(half).padStart(6, '0')).join('');
    await this.codes.addNumber(number, code, expiresAt);
    return number;
  }

  /** Items with the codes that their numbers stand for; an unknown number stays as it is and is refused as a code. */
  async resolve(items: ScannedItem[]): Promise<ScannedItem[]> {
    const numbers = items.map(({ code }) => code).filter((code) => NUMBER.test(code));
    const codes = await this.codes.findNumbers(numbers);
    return items.map(({ code, amountMinor }) => ({ code: codes.get(code) ?? code, amountMinor }));
  }
}
