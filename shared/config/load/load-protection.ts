import { didYouMean } from '../../domain/schema/did-you-mean.ts';
import { type Protection, protectionFile } from '../files/protection-file.ts';
import type { ProblemList } from '../problem-list.ts';
import type { ConfigFolder } from './config-folder.ts';
import type { Targets } from './load-targets.ts';

/** protection.yaml: whose targets exist. */
export function loadProtection(folder: ConfigFolder, targets: Targets | undefined, problems: ProblemList): Protection | undefined {
  const loaded = folder.load('protection.yaml', protectionFile);
  if (loaded === undefined || targets === undefined) return loaded?.data;
  const known = Object.keys(targets);
  for (const [index, { target }] of loaded.data.breakGlass.entries()) {
    if (!known.includes(target))
      problems.add(loaded.file, ['breakGlass', index, 'target'], `there is no target "${target}".${didYouMean(target, known)}`);
  }
  return loaded.data;
}
