/** All that a run needs of the mqtt family, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/mqtt.ts'
export { parts } from '../../scenario/wiring/families/mqtt.ts'
export { drawings } from '../draw/nodes/families/mqtt.ts'
