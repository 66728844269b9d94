/** What few scenarios have of event sourcing, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/sourcing.ts'
export { parts } from '../../scenario/wiring/families/sourcing.ts'
export { drawings } from '../draw/nodes/families/sourcing.ts'
