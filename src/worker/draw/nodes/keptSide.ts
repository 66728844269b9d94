/** What draws a topic that is kept, besides its records: filled when `keptTopic.ts` is loaded, null before. */
type Drawings = Pick<typeof import('./keptTopic.ts'), 'drawBed' | 'drawKept'>

export const keptSide: { drawings: Drawings | null } = { drawings: null }
