/** All that a run needs of the sqs family, in one module, so that it can be loaded when a scenario has it. */
export { views } from '../../history/views/families/sqs.ts'
export { parts } from '../../scenario/wiring/families/sqs.ts'
export { drawings } from '../draw/nodes/families/sqs.ts'
