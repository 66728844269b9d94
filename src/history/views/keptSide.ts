/** What a topic that is kept has besides its records: filled when `keptTopic.ts` is loaded, null before. */
export const keptSide: { views: typeof import('./keptTopic.ts') | null } = { views: null }
