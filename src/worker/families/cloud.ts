/** All that a run needs of the cloud family, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/cloud.ts'
export { parts } from '../../scenario/wiring/families/cloud.ts'
export { drawings } from '../draw/nodes/families/cloud.ts'
