/** Finds files, exports and dependencies that nothing uses. The pages' entries come from index.html and embed.html. */

import type { KnipConfig } from 'knip'

/** Packages and files that a style sheet names, as imports, since knip reads scripts only. */
function importsOfStyles(css: string): string {
  const named = css.matchAll(/(?:@import|url\()\s*["']([@.][^"']+)["']/g)
  return Array.from(named, ([, target]) => `import '${target}'`).join('\n')
}

const config: KnipConfig = {
  entry: [
    'src/**/*.worker.ts',
    'src/cli/main.ts',
    'src/cli/bench/longRun.ts',
    'src/**/*.spec.{ts,tsx}',
    'e2e/**/*.spec.ts',
  ],
  project: ['src/**/*.{ts,tsx,mjs,css}', 'e2e/**/*.ts'],
  ignoreExportsUsedInFile: true,
  // The bench's peer is required by name at run time, since it may not be installed.
  ignoreDependencies: ['simjs'],
  compilers: { css: importsOfStyles },
}

export default config
