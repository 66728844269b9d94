/** The full canvas is loaded when it is about to be opened: home does not wait for it. */

export const loadRun = () => import('./Run.tsx')
