import { runProgram } from './program';

describe('runProgram', () => {
  it('tells what a program said and how it ended', async () => {
    expect(await runProgram('prettier', ['--version'])).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string,
    });
  });

  it('stops a program that does not end, and says so', async () => {
    const stopped = await runProgram('prettier', ['--version'], { limitMs: 1 });
    expect(stopped).toEqual({ exitCode: null, output: 'prettier did not end within 0.001 s and was stopped.' });
  });
});
