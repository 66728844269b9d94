/** All that a run needs of the eventstore family, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/eventstore.ts'
export { parts } from '../../scenario/wiring/families/eventstore.ts'
export { drawings } from '../draw/nodes/families/eventstore.ts'
