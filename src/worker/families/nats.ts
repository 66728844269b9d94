/** All that a run needs of the NATS family, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/nats.ts'
export { parts } from '../../scenario/wiring/families/nats.ts'
export { drawings } from '../draw/nodes/families/nats.ts'
