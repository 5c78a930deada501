import { join } from 'node:path';
import { type AssemblySource, ensureAssembly } from '../local/synth.ts';

export const root = join(import.meta.dirname, '..');

/** What the app's assembly is made of: its sources, what is installed, and the settings of the stage. */
const source: AssemblySource = {
  entry: join(root, 'bin/app.ts'),
  // The portal is served from its own folder here: what deploys it has nothing to run.
  context: { portal: false },
  inputs: [
    'bin',
    'lib',
    'functions',
    'contracts',
    'core',
    'storage',
    'statemachines',
    'package.json',
    'package-lock.json',
    'node_modules/.package-lock.json',
    'tsconfig.json',
  ].map((path) => join(root, path)),
  // Settings are DENGYUN_STAGE and the like; these say where the runtime finds and puts things.
  variables: /^DENGYUN_(?!DATA$|DEMO_|TEST_|DYNAMODB_ENDPOINT$|\w*_PORT$)/,
};

/** The folder of the app's assembly, synthesized if it is not there for exactly this tree. */
export const appAssembly = (log?: (message: string) => void): Promise<string> =>
  ensureAssembly({ ...source, out: join(root, '.data/assemblies'), ...(log ? { log } : {}) });
