/** What draws a topic that is kept, besides its records: filled when `keptTopic.ts` is loaded, null before. */
export const keptSide: { drawings: typeof import('./keptTopic.ts') | null } = { drawings: null }
