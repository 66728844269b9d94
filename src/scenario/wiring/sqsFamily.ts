/** All that a run needs of the SQS family, in one module, so that it can be loaded when a scenario has it. */
export { SqsBroker } from '../../brokers/sqs/broker.ts'
export { PollingConsumer } from '../../clients/pollingConsumer/pollingConsumer.ts'
export { sqsOutlet, wireSqsBroker } from './sqs.ts'
