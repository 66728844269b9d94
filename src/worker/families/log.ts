/** All that a run needs of the log family, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/log.ts'
export { parts } from '../../scenario/wiring/families/log.ts'
export { drawings } from '../draw/nodes/families/log.ts'
