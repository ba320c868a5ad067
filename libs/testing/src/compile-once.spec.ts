import { compileFunction, createContext, runInContext, type CompileFunctionOptions, type Context } from 'node:vm';

type Compile = (
  source: string,
  parameters: string[],
  options?: CompileFunctionOptions,
) => (...args: unknown[]) => unknown;
const { compileOnce } = jest.requireActual<{ compileOnce: (compile: Compile) => Compile }>('./compile-once.cjs');

describe('compileOnce', () => {
  const elsewhere = jest.fn(compileFunction as unknown as Compile);
  const compile = compileOnce(elsewhere);
  const inContext = (source: string, parsingContext: Context = createContext({}), filename = '/a.js') =>
    compile(source, ['exports', 'name'], { filename, parsingContext });

  it('gives each context functions and a state of its own', () => {
    const source = 'globalThis.count = (globalThis.count ?? 0) + 1; exports.list = []; return [name, count];';
    const contexts = [createContext({}), createContext({})];
    const modules: { list?: unknown }[] = [{}, {}];
    const answers = contexts.map((context, index) => inContext(source, context)(modules[index], index));
    expect(answers.map((answer) => Array.from(answer as number[]))).toEqual([
      [0, 1],
      [1, 1],
    ]);
    contexts.forEach((context, index) => {
      expect(modules[index]?.list).toBeInstanceOf(runInContext('Array', context));
    });
    expect(modules[0]?.list).not.toBeInstanceOf(runInContext('Array', contexts[1]!));
    expect(elsewhere).not.toHaveBeenCalled();
  });

  it('compiles anew what has changed, and what has other parameters', () => {
    expect(inContext('return 1;')()).toBe(1);
    expect(inContext('return 2;')()).toBe(2);
    const options = { filename: '/a.js', parsingContext: createContext({}) };
    expect(compile('return name;', ['name', 'exports'], options)('first', 'second')).toBe('first');
    expect(inContext('return name;')('first', 'second')).toBe('second');
  });

  it('keeps directives, a comment at the end, and the place of an error', () => {
    expect(inContext("'use strict'; return this === undefined; // the end").call(undefined)).toBe(true);
    const place = (source: string) => {
      try {
        return inContext(source, undefined, '/there.js')();
      } catch (error) {
        return /there\.js:\d+:\d+/.exec(String((error as Error).stack))?.[0];
      }
    };
    expect(place('throw new Error();')).toBe('there.js:1:7');
    expect(place('let a;\n  throw new Error();')).toBe('there.js:2:9');
    expect(() => inContext('return (;')).toThrow(expect.objectContaining({ name: 'SyntaxError' }));
  });

  it('leaves to the original what is for no context', () => {
    expect(compile('return name;', ['name'])('own')).toBe('own');
    expect(elsewhere).toHaveBeenCalledTimes(1);
  });
});
