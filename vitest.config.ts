import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const report = process.env.DENGYUN_TEST_REPORT;

/** Simulations, stories and the portal take longest: begun last, they would leave all cores but one without work. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(simulation|e2e|portal)\//.test(moduleId);
    return (await super.sort(files)).toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)));
  }
}

/** Tests that replace modules of the code, which nobody else may then meet. */
const mocking = ['test/simulation/mutants.test.ts'];

export default defineConfig({
  test: {
    projects: [
      // A worker loads libraries and code once, not once for each file: a fifth of all the time.
      { extends: true, test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: mocking, isolate: false } },
      { extends: true, test: { name: 'alone', include: mocking, isolate: true } },
    ],
    // Systems that tests start, in here or in processes of their own, keep what they compiled for each other.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, '.data/compiled') },
    // A browser beside two others may take more than the second that polling has by default.
    expect: { poll: { timeout: 10_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Room for what is young: tests make much and keep little, and each function of a system is a heap of its own, which Node begins
    // with one megabyte. This spares a tenth of the work, for a fifth more memory.
    execArgv: ['--min-semi-space-size=32'],
    // For two cores: a third worker computes while others wait for their engine or their browser.
    maxWorkers: 3,
    // What functions log of their own accord is not told; what a test prints is.
    onConsoleLog: (text) => !text.startsWith('{"level":"info"'),
    sequence: { sequencer: LongestFirst },
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
